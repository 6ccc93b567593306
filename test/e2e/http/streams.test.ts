import { availableParallelism } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectOverHttp, connectOverHttpWithSdk1, serve, type Serving } from '../../kit/http.ts'
import { finishTask, parallelPlan } from '../../kit/http-assistant.ts'
import { stackProject, type Project } from '../../kit/project.ts'
import { slowTest, type SlowTest } from '../../kit/slow-test.ts'

const CORES = availableParallelism()

/** How long a test polls before it fails. */
const DEADLINE = { timeout: 60_000 }

async function served(): Promise<{ project: Project; serving: Serving }> {
  const project = stackProject(parallelPlan(3))
  return { project, serving: await serve([project.root]) }
}

describe.each([undefined, '2026-07-28'] as const)('a client over HTTP, protocol %s', protocol => {
  it('that asked for progress learns what runs and how far it is', async () => {
    const { project, serving } = await served()
    const { client, call } = await connectOverHttp(serving, { ...(protocol && { protocol }) })
    await call('next_task')
    const slow = slowTest("throw new Error('not written')")
    project.write('tests/T001.test.js', slow.text)
    const messages: string[] = []
    const answer = client.callTool(
      { name: 'record_red', arguments: { task: 'T001', tests: ['tests/T001.test.js'] } },
      { onprogress: ({ message = '' }) => void messages.push(message) },
    )
    const counted = /^running tests\/T001\.test\.js: 1 test so far, \d+ s$/
    await expect.poll(() => messages.some(message => counted.test(message)), DEADLINE).toBe(true)
    slow.go()
    expect((await answer).structuredContent).toMatchObject({ stage: 'red' })
  })

  it('that cancels its call ends the run', async () => {
    const { project, serving } = await served()
    const { client, call } = await connectOverHttp(serving, { ...(protocol && { protocol }) })
    await call('next_task')
    const slow = slowTest("throw new Error('not written')")
    project.write('tests/T001.test.js', slow.text)
    const controller = new AbortController()
    const answer = client
      .callTool(
        { name: 'record_red', arguments: { task: 'T001', tests: ['tests/T001.test.js'] } },
        { signal: controller.signal },
      )
      .catch(() => 'cancelled')
    await expect.poll(() => slow.pids().length, DEADLINE).toBe(1)
    controller.abort()
    expect(await answer).toBe('cancelled')
    const [pid = 0] = slow.pids()
    await expect.poll(() => isAlive(pid), DEADLINE).toBe(false)
  })

  it('is notified of what another client has finished', async () => {
    const { project, serving } = await served()
    const { client } = await connectOverHttp(serving, { ...(protocol && { protocol }) })
    const updated = new Set<string>()
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      updated.add(params.uri)
    })
    const uri = 'redgreen://001-stack/progress'
    if (protocol) {
      const subscription = await client.listen({ resourceSubscriptions: [uri] })
      onTestFinished(() => subscription.close())
    } else await client.subscribeResource({ uri })
    const { call } = await connectOverHttpWithSdk1(serving)
    await call('next_task')
    await finishTask(project, call, 'T001')
    await expect.poll(() => [...updated], DEADLINE).toEqual([uri])
    const { contents } = await client.readResource({ uri })
    expect(JSON.stringify(contents)).toContain('done\\": 1')
  })
})

describe('test runs of several clients', () => {
  it.runIf(CORES <= 8)('wait for each other if all cores are in use, and say so', async () => {
    const project = stackProject(parallelPlan(CORES + 1))
    const serving = await serve([project.root])
    const slow = Array.from({ length: CORES + 1 }, () => slowTest("throw new Error('no code')"))
    const options = { protocol: '2026-07-28', name: 'editor' } as const
    const clients = await Promise.all(slow.map(() => connectOverHttp(serving, options)))
    for (const { call } of clients) await call('next_task')
    const tests = slow.map((_, at) => `tests/T00${at + 1}.test.js`)
    for (const [at, test] of tests.entries()) project.write(test, slow[at]?.text ?? '')
    const messages: string[] = []
    const answers = []
    for (const [at, { client }] of clients.entries()) {
      // The last one finds all cores in use.
      await expect.poll(() => started(slow), DEADLINE).toBe(at)
      answers.push(
        client.callTool(
          { name: 'record_red', arguments: { task: `T00${at + 1}`, tests: [tests[at]] } },
          { onprogress: ({ message = '' }) => void messages.push(message) },
        ),
      )
    }
    const waits = new RegExp(`^waiting for ${CORES} runs?; running for \\d+ s \\(1 test so far\\)`)
    await expect.poll(() => messages.some(message => waits.test(message)), DEADLINE).toBe(true)
    expect(slow[CORES]?.runs()).toBe(0)
    for (const one of slow) one.go()
    for (const { structuredContent } of await Promise.all(answers))
      expect(structuredContent).toMatchObject({ stage: 'red' })
  })
})

function started(tests: readonly SlowTest[]): number {
  return tests.filter(test => test.runs() > 0).length
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
