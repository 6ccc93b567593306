import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { factsAt } from '../../../src/hook/facts.ts'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordRed } from '../../../src/workflow/record-red.ts'
import { connect } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { stackProject, type Project } from '../../kit/project.ts'
import { heldProcesses, runningStandbys } from '../../kit/standby-processes.ts'
import { startSteps, type Steps } from '../../kit/steps.ts'
import { folderWith } from '../../runner/project.ts'
import { keepStandbys, prepareIn } from '../../runner/standby/warm-run.ts'

const TEST = 'test/stack.test.js'
const CODE = 'src/stack.js'
const TASKS = `## Core\n- [ ] T001 Write the size in ${CODE}\n`
const TEST_TASK = `## Core\n- [ ] T001 Write a failing test of the size in ${TEST}\n`
const FILES = {
  'package.json': JSON.stringify({ type: 'module', scripts: { test: 'vitest run' } }),
  '.gitignore': 'node_modules\n',
  [CODE]: 'export const size = () => undefined\n',
}
const FULL = 'export const size = () => 0\n'

/** The path of the report is known when a new process reads its configuration, and later in a process that waits. */
const IS_WARM = `process.env['REDGREEN_REPORT'] === undefined`

function testOf(expectation: string): string {
  return `import { expect, test } from 'vitest'\nimport { size } from '../src/stack.js'\ntest('size', () => ${expectation})\n`
}

const SIZE = testOf('expect(size()).toBe(0)')

function linkModules({ root }: Project): void {
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
}

/** A project whose first task is started, and whose test runner waits. */
async function startWarm(files: Record<string, string> = {}, tasks = TASKS): Promise<Steps> {
  const steps = await startSteps(tasks, { ...FILES, ...files })
  linkModules(steps.project)
  await prepareIn(steps.project.root)
  return steps
}

/** RED and GREEN, with a test runner that waits for each. */
async function turnGreen(steps: Steps, text = SIZE, code = FULL) {
  const { project } = steps
  project.write(TEST, text)
  const red = await steps.red([TEST])
  await prepareIn(project.root)
  project.write(CODE, code)
  return [red.code, (await steps.green()).code]
}

describe('RED and GREEN with Vitest', () => {
  keepStandbys()

  it('run in processes that waited, and the suite runs in a new one', async () => {
    const steps = await startWarm()
    expect(await turnGreen(steps)).toEqual([undefined, undefined])
    expect((await steps.mark()).code).toBeUndefined()
    const [red, green] = [await steps.lastEvent('red'), await steps.lastEvent('green')]
    const suite = await steps.lastEvent('suite')
    expect([red?.run.warm, green?.run?.warm, suite?.run.warm]).toEqual([true, true, undefined])
    expect(red?.run.command.slice(0, 3)).toEqual(['node', 'node_modules/vitest/vitest.mjs', 'run'])
  })

  it('run in new processes if the settings say so', async () => {
    const settings = JSON.stringify({ commands: { warm: false } })
    const steps = await startWarm({ 'redgreen.config.json': settings })
    expect(await turnGreen(steps)).toEqual([undefined, undefined])
    expect((await steps.lastEvent('green'))?.run?.warm).toBeUndefined()
  })

  it('are not refused because of a result that only a process that waited has', async () => {
    const config = `export default { test: { exclude: ${IS_WARM} ? ['**'] : [] } }`
    const steps = await startWarm({ 'vitest.config.js': config })
    expect(await turnGreen(steps)).toEqual([undefined, undefined])
    expect((await steps.lastEvent('red'))?.run.warm).toBeUndefined()
    expect((await steps.lastEvent('green'))?.run?.warm).toBeUndefined()
  })

  it('are not refused because the process that waited died', async () => {
    const steps = await startWarm()
    for (const pid of runningStandbys(steps.project.root)) process.kill(pid, 'SIGKILL')
    expect(await turnGreen(steps)).toEqual([undefined, undefined])
    expect((await steps.lastEvent('red'))?.run.warm).toBeUndefined()
  })

  it('is in a new process for a task that ends with its RED', async () => {
    const steps = await startWarm({}, TEST_TASK)
    steps.project.write(TEST, SIZE)
    expect((await steps.red([TEST])).code).toBeUndefined()
    expect((await steps.lastEvent('red'))?.run.warm).toBeUndefined()
  })

  it('do not finish a task whose tests only pass in a process that waited', async () => {
    const config = `export default { define: { WARM: ${IS_WARM} } }`
    const steps = await startWarm({ 'vitest.config.js': config })
    const code = 'export const size = () => (WARM ? 0 : 1)\n'
    expect(await turnGreen(steps, SIZE, code)).toEqual([undefined, undefined])
    expect((await steps.lastEvent('green'))?.run?.warm).toBe(true)
    expect(await steps.mark()).toMatchObject({ code: 'suite_fails' })
  })

  it('do not finish it either if the suite excuses the failure because of another task', async () => {
    const config = `export default { define: { WARM: ${IS_WARM} } }`
    const tasks = TASKS.replace('T001', 'T001 [P]')
    const other = `- [ ] T002 [P] Write the sum in src/sum.js, with its test in ${TEST}\n`
    const steps = await startWarm({ 'vitest.config.js': config }, tasks + other)
    await nextTask(callAt(steps.project.root), { task: 'T002' })
    await turnGreen(steps, SIZE, 'export const size = () => (WARM ? 0 : 1)\n')
    expect((await steps.lastEvent('green'))?.run?.warm).toBe(true)
    expect(await steps.mark()).toMatchObject({ code: 'green_fails' })
    expect(await steps.mark()).toMatchObject({ code: 'green_fails' })
    expect((await steps.lastEvent('suite'))?.failing).toEqual([])
  })
})

const NODE_FILES = {
  'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
}
const NODE_SIZE = `import test from 'node:test'
import assert from 'node:assert'
import { size } from '../src/stack.js'
test('size', () => assert.equal(size(), 0))
`
/** Passes only if the process that started the one of this file has waited. */
const ONLY_WARM = `import { readFileSync } from 'node:fs'
const isWarm = readFileSync('/proc/' + process.ppid + '/cmdline', 'latin1').includes('standby')
export const size = () => (isWarm ? 0 : 1)
`

describe.runIf(process.platform === 'linux' && /^2[02]\./.test(process.versions.node))(
  'RED and GREEN with `node --test`',
  () => {
    keepStandbys()

    async function turnNodeGreen(steps: Steps, code = FULL, text = NODE_SIZE) {
      const { project } = steps
      await prepareIn(project.root, project.root, nodeTest)
      project.write(TEST, text)
      const red = await steps.red([TEST])
      await prepareIn(project.root, project.root, nodeTest)
      project.write(CODE, code)
      return [red.code, (await steps.green()).code]
    }

    it('run in processes that waited, and the suite runs in a new one', async () => {
      const steps = await startSteps(TASKS, { ...FILES, ...NODE_FILES })
      expect(await turnNodeGreen(steps)).toEqual([undefined, undefined])
      expect((await steps.mark()).code).toBeUndefined()
      const [red, green] = [await steps.lastEvent('red'), await steps.lastEvent('green')]
      const suite = await steps.lastEvent('suite')
      expect([red?.run.warm, green?.run?.warm, suite?.run.warm]).toEqual([true, true, undefined])
      expect(red?.run.command.slice(0, 2)).toEqual(['node', '--test'])
    })

    it('are not repeated if the suite excused only tests of other files', async () => {
      const tasks = `${TASKS.replace('T001', 'T001 [P]')}- [ ] T002 [P] Write the sum in src/sum.js\n`
      const more = {
        'src/sum.js': 'export const sum = () => 1\n',
        'redgreen.config.json': JSON.stringify({ bite: false }),
      }
      const steps = await startSteps(tasks, { ...FILES, ...NODE_FILES, ...more })
      const { project } = steps
      await nextTask(callAt(project.root), { task: 'T002' })
      const log = path.join(folderWith({}), 'runs')
      project.write('test/sum.test.js', NODE_SIZE.replaceAll('size', 'sum').replace('stack', 'sum'))
      await recordRed(callAt(project.root), { task: 'T002', tests: ['test/sum.test.js'] })
      const text = `import { appendFileSync } from 'node:fs'\nappendFileSync(${JSON.stringify(log)}, '.')\n${NODE_SIZE}`
      expect(await turnNodeGreen(steps, FULL, text)).toEqual([undefined, undefined])
      expect((await steps.lastEvent('green'))?.run?.warm).toBe(true)
      expect((await steps.mark()).code).toBeUndefined()
      const suite = await steps.lastEvent('suite')
      expect(suite?.counts).toMatchObject({ passed: 1, failed: 1 })
      expect(readFileSync(log, 'utf8')).toBe('...')
    })

    it('are answered before the next process is started', async () => {
      const steps = await startSteps(TASKS, { ...FILES, ...NODE_FILES })
      const { root } = steps.project
      await prepareIn(root, root, nodeTest)
      steps.project.write(TEST, NODE_SIZE)
      vi.useFakeTimers({ toFake: ['setTimeout'] })
      onTestFinished(() => void vi.useRealTimers())
      expect((await steps.red([TEST])).code).toBeUndefined()
      expect(runningStandbys(root)).toEqual([])
      vi.advanceTimersByTime(50)
      vi.useRealTimers()
      await expect.poll(() => runningStandbys(root).length, { timeout: 60_000 }).toBe(1)
    })

    it('run in new processes if the settings say so', async () => {
      const settings = { 'redgreen.config.json': JSON.stringify({ commands: { warm: false } }) }
      const steps = await startSteps(TASKS, { ...FILES, ...NODE_FILES, ...settings })
      expect(await turnNodeGreen(steps)).toEqual([undefined, undefined])
      expect((await steps.lastEvent('green'))?.run?.warm).toBeUndefined()
    })

    it('is in a new process for a task that ends with its RED', async () => {
      const steps = await startSteps(TEST_TASK, { ...FILES, ...NODE_FILES })
      const { project } = steps
      await prepareIn(project.root, project.root, nodeTest)
      project.write(CODE, ONLY_WARM.replace('0 : 1', '1 : 0'))
      project.write(TEST, NODE_SIZE)
      expect((await steps.red([TEST])).code).toBe('red_passes')
      project.write(CODE, FILES[CODE])
      expect((await steps.red([TEST])).code).toBeUndefined()
      expect((await steps.lastEvent('red'))?.run.warm).toBeUndefined()
    })

    it('do not finish a task whose tests only pass in a process that waited', async () => {
      const steps = await startSteps(TASKS, { ...FILES, ...NODE_FILES })
      expect(await turnNodeGreen(steps, ONLY_WARM)).toEqual([undefined, undefined])
      expect((await steps.lastEvent('green'))?.run?.warm).toBe(true)
      expect(await steps.mark()).toMatchObject({ code: 'suite_fails' })
    })

    it('are a RED, and a GREEN for which the process of the test file waited too', async () => {
      const settings = { 'redgreen.config.json': JSON.stringify({ bite: false }) }
      const steps = await startSteps(TASKS, { ...FILES, ...NODE_FILES, ...settings })
      const { project } = steps
      project.write(TEST, NODE_SIZE)
      expect((await steps.red([TEST])).code).toBeUndefined()
      await expect.poll(() => heldProcesses(project.root).length, { timeout: 60_000 }).toBe(1)
      const [held] = heldProcesses(project.root)
      const found = path.join(folderWith({}), 'pid')
      const saysPid = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(found)}, String(process.pid))\n`
      project.write(CODE, `${saysPid}${FULL}`)
      expect((await steps.green()).code).toBeUndefined()
      expect((await steps.lastEvent('green'))?.run?.warm).toBe(true)
      expect(readFileSync(found, 'utf8')).toBe(String(held))
    })

    it('do not finish a task whose test only passes in a process that waited itself', async () => {
      const steps = await startSteps(TASKS, { ...FILES, ...NODE_FILES })
      const { project } = steps
      project.write(TEST, NODE_SIZE)
      expect((await steps.red([TEST])).code).toBeUndefined()
      await expect.poll(() => heldProcesses(project.root).length, { timeout: 60_000 }).toBe(1)
      project.write(
        CODE,
        ONLY_WARM.replace(`' + process.ppid + '`, 'self').replace('standby', 'gate'),
      )
      expect((await steps.green()).code).toBeUndefined()
      expect(await steps.mark()).toMatchObject({ code: 'suite_fails' })
    })
  },
)

function liveRunsIn(root: string): string[] {
  return readdirSync(path.join(root, '.redgreen/local/live'))
}

describe.skipIf(process.platform !== 'linux')('a server', () => {
  const waiting = (root: string) => () => runningStandbys(root).length

  async function startTask() {
    const project = stackProject(TASKS, FILES)
    linkModules(project)
    const assistant = await connect(project.root)
    await assistant.call('next_task')
    await expect.poll(waiting(project.root), { timeout: 60_000 }).toBe(1)
    return { ...assistant, project, root: project.root }
  }

  it('starts the test runner with the task, and ends it when the client disconnects', async () => {
    const { root, close } = await startTask()
    await close()
    await expect.poll(waiting(root), { timeout: 60_000 }).toBe(0)
    expect(liveRunsIn(root)).toEqual([])
  })

  it('has no run in progress while its test runner waits', async () => {
    const { root } = await startTask()
    expect(liveRunsIn(root)).toEqual([expect.stringMatching(/\.waiting$/)])
    expect(factsAt(root)?.isRunning()).toBe(false)
  })

  it('starts the next test runner after RED', async () => {
    const { root, project, call } = await startTask()
    const [first] = runningStandbys(root)
    project.write(TEST, SIZE)
    expect((await call('record_red', { task: 'T001', tests: [TEST] })).code).toBeUndefined()
    await expect.poll(waiting(root), { timeout: 60_000 }).toBe(1)
    expect(runningStandbys(root)).not.toEqual([first])
    expect(liveRunsIn(root)).toHaveLength(1)
  })

  it('leaves no test runner behind if it is killed', async () => {
    const { root, pid } = await startTask()
    process.kill(pid, 'SIGKILL')
    await expect.poll(waiting(root), { timeout: 60_000 }).toBe(0)
  })

  it('leaves none behind either if its configuration never ends, as soon as the next server works', async () => {
    const project = stackProject(TASKS, { ...FILES, 'vitest.config.js': 'for (;;) {}' })
    linkModules(project)
    const { root } = project
    const { call, pid } = await connect(root)
    await call('next_task')
    await expect.poll(waiting(root), { timeout: 60_000 }).toBe(1)
    process.kill(pid, 'SIGKILL')
    await (await connect(root)).call('get_status')
    await expect.poll(waiting(root), { timeout: 20_000 }).toBe(0)
  })
})
