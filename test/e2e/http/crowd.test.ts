import { describe, expect, it } from 'vitest'
import { connectOverHttp, connectOverHttpWithSdk1, serve } from '../../kit/http.ts'
import {
  claimIn,
  finishTask,
  parallelPlan,
  taskIn,
  type CallTool,
} from '../../kit/http-assistant.ts'
import { stackProject, TASKS, type Project } from '../../kit/project.ts'
import { runsSlowTests } from '../../kit/slow.ts'

/** The whole crowd takes many minutes. */
const [CLIENTS, TASKS_EACH] = runsSlowTests ? [8, 25] : [4, 1]

/** A small test runner, because Node's starts a process for each of the many test files of a suite. */
const RUNNER = `import { readdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
const [report, ...named] = process.argv.slice(2)
const files = named.length > 0 ? named : readdirSync('tests').map(name => 'tests/' + name)
const results = []
for (const file of files) {
  const attempt = (name, body) => {
    try {
      body()
      results.push({ file, name })
    } catch (error) {
      results.push({ file, name, message: 'it failed' })
    }
  }
  globalThis.test = attempt
  await import(pathToFileURL(file).href).catch(() => results.push({ file, name: 'load', message: 'not loaded' }))
}
const cases = results.map(({ file, name, message }) =>
  '<testcase file="' + file + '" name="' + name + '">' + (message ? '<failure message="' + message + '"/>' : '') + '</testcase>')
writeFileSync(report, '<testsuites><testsuite name="all">' + cases.join('') + '</testsuite></testsuites>')
process.exitCode = results.some(({ message }) => message) ? 1 : 0
`

const SETTINGS = {
  bite: false,
  commands: {
    tests: {
      file: ['node', 'tools/run.mjs', '{report}', '{files}'],
      all: ['node', 'tools/run.mjs', '{report}'],
      report: 'junit',
    },
  },
}

describe('many clients of one server', () => {
  it(`${CLIENTS} clients finish ${CLIENTS * TASKS_EACH} tasks, none twice, none lost, and nobody waits for ever`, async () => {
    const project = stackProject(parallelPlan(CLIENTS * TASKS_EACH), {
      'redgreen.config.json': JSON.stringify(SETTINGS),
      'tools/run.mjs': RUNNER,
    })
    const serving = await serve([project.root])
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, at) =>
        at % 2 === 0
          ? connectOverHttp(serving, { name: 'editor', protocol: '2026-07-28' })
          : connectOverHttpWithSdk1(serving, { name: 'editor' }),
      ),
    )
    const finished = await Promise.all(clients.map(({ call }) => workThrough(project, call)))
    const all = finished.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(CLIENTS * TASKS_EACH)
    expect(project.read(TASKS).match(/- \[X\]/g)).toHaveLength(CLIENTS * TASKS_EACH)
    const counts = finished.map(tasks => tasks.length)
    process.stdout.write(`tasks by client: ${counts.join(' ')}\n`)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.floor(TASKS_EACH / 2))
  }, 3_600_000)
})

describe.runIf(runsSlowTests)('a server with a thousand idle streams', () => {
  it('answers, announces a change to each of them, and goes on when they are gone', async () => {
    const project = stackProject(parallelPlan(2))
    const serving = await serve([project.root])
    const client = () => connectOverHttp(serving, { protocol: '2026-07-28' })
    const [watching, working] = [await client(), await client()]
    let updates = 0
    watching.client.setNotificationHandler('notifications/resources/updated', () => {
      updates += 1
    })
    const filter = { resourceSubscriptions: ['redgreen://active/progress'] }
    const streams = []
    while (streams.length < 1000) streams.push(await watching.client.listen(filter))
    expect(taskIn(await working.call('next_task'))).toBe('T001')
    await expect.poll(() => updates, { timeout: 60_000 }).toBeGreaterThanOrEqual(1000)
    await watching.close()
    expect(taskIn(await working.call('next_task'))).toBe('T002')
  }, 600_000)
})

/** Takes and finishes tasks until none is left for this client. Returns their ids. */
async function workThrough(project: Project, call: CallTool): Promise<string[]> {
  const finished: string[] = []
  let more: Record<string, unknown> = {}
  for (;;) {
    const next = await call('next_task', more)
    // Every other task is being worked on.
    if (next.code === 'claimed' || next.data['task'] === null) return finished
    const task = taskIn(next)
    more = { claim: claimIn(next) }
    await finishTask(project, call, task, more, testOf)
    finished.push(task)
  }
}

function testOf(task: string): string {
  return `test('${task}', () => {\n  if (value() !== 1) throw new Error('not written')\n})\n`
}
