import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Client } from '@modelcontextprotocol/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect, connectWithSdk1 } from '../kit/assistant.ts'
import { nodeTest, stackProject, type Project } from '../kit/project.ts'
import { INITIALIZE } from '../kit/initialize.ts'
import { spawnServer } from '../kit/server.ts'
import { ESCAPING, isRunning, slowTest } from '../kit/slow-test.ts'

const PLAN = '## Core\n- [ ] T001 Stack in src/stack.js\n- [ ] T002 pop in src/pop.js\n'
const TEST = 'tests/stack.test.js'
const RED = { task: 'T001', tests: [TEST] }
const FAILS = 'assert.equal(1, 2)'
/** How long a test polls before it fails. */
const DEADLINE = { timeout: 60_000 }
/** Stopping processes that ignore SIGTERM and left their group works on Linux; the test starts them with `setsid`. */
const ESCAPES = process.platform === 'linux' && existsSync('/usr/bin/setsid')

/** A project whose server answers after one second, unless the test says otherwise. No runner waits, because the tests count runs and processes. */
function projectWith(answerSeconds = 1): Project {
  return stackProject(PLAN, {
    'redgreen.config.json': JSON.stringify({
      limits: { answerSeconds },
      commands: { warm: false },
    }),
    'src/stack.js': 'export class Stack {}\n',
  })
}

async function started(slow: { text: string }, answerSeconds = 1) {
  const project = projectWith(answerSeconds)
  const assistant = await connect(project.root)
  await assistant.call('next_task')
  project.write(TEST, slow.text)
  return { project, ...assistant }
}

describe('a run that takes longer than a client waits', () => {
  it('is joined by repeating the call, and runs only once', async () => {
    const slow = slowTest(FAILS)
    const { call, client } = await started(slow)
    const first = await call('record_red', RED)
    expect(first.data).toMatchObject({
      task: 'T001',
      running: { run: expect.stringMatching(/^[0-9a-f]{12}$/), elapsedMs: expect.any(Number) },
      next: { tool: 'record_red', arguments: RED },
    })
    expect(first.text).toContain('Call record_red again with the same arguments')
    expect(Number(runningOf(first.data)['elapsedMs'])).toBeGreaterThanOrEqual(1000)
    const second = await call('record_red', RED)
    expect(runningOf(second.data)['run']).toBe(runningOf(first.data)['run'])
    slow.go()
    await expect
      .poll(async () => (await call('record_red', RED)).data['stage'], DEADLINE)
      .toBe('red')
    const red = await call('record_red', RED)
    expect(red.data).toMatchObject({ stage: 'red', evidence: expect.any(String) })
    expect(red.data['log']).toContain(String(runningOf(first.data)['run']))
    expect(slow.runs()).toBe(1)
    const log = await client.readResource({ uri: String(red.data['log']) })
    expect(JSON.stringify(log.contents)).toContain('slow')
  })

  it('continues when no call waits, and the answer says how old the result is', async () => {
    const slow = slowTest('')
    const { call } = await started(slow)
    await call('record_red', RED)
    slow.go()
    // Another step on the task is possible as soon as the first one has ended.
    await expect
      .poll(async () => (await call('mark_complete', { task: 'T001' })).code, DEADLINE)
      .not.toBe('conflict')
    const end = await untilEnded(() => call('record_red', RED))
    expect(end.code).toBe('red_passes')
    expect(end.text).toMatch(
      /This run ended \d+ s ago\. It used the files as they were at that time\.$/,
    )
    expect(slow.runs()).toBe(1)
    expect((await untilEnded(() => call('record_red', RED))).code).toBe('red_passes')
    expect(slow.runs()).toBe(2)
  })

  it('blocks other steps on its task, but not steps on other tasks', async () => {
    const slow = slowTest(FAILS)
    const { call } = await started(slow)
    const { data } = await call('record_red', RED)
    const other = await call('record_red', { ...RED, names: ['slow'] })
    expect(other.code).toBe('conflict')
    expect(other.text).toMatch(/record_red for T001 has been running for \d+ s \(running tests/)
    expect((await call('mark_complete', { task: 'T001' })).code).toBe('conflict')
    expect((await call('record_red', { task: 'T002', tests: [TEST] })).code).not.toBe('conflict')
    const again = await call('record_red', { ...RED, feature: '001-stack' })
    expect(runningOf(again.data)['run']).toBe(runningOf(data)['run'])
    expect(slow.runs()).toBe(1)
  })

  it('is joined as a whole step, including the full suite', async () => {
    const quick = nodeTest('push', 'assert.equal(new Stack().push(), 1)')
    const { project, call } = await started({ text: quick })
    await untilEnded(() => call('record_red', RED))
    project.write('src/stack.js', 'export class Stack {\n  push() {\n    return 1\n  }\n}\n')
    const slow = slowTest('')
    project.write('tests/other.test.js', slow.text)
    expect((await untilEnded(() => call('record_green', { task: 'T001' }))).data).toMatchObject({
      stage: 'green',
    })
    expect((await call('mark_complete', { task: 'T001' })).data).toHaveProperty('running')
    slow.go()
    const marked = await untilEnded(() => call('mark_complete', { task: 'T001' }))
    expect(marked.data).toMatchObject({ stage: 'done', suite: { ran: 'full' } })
    expect(slow.runs()).toBe(1)
  })

  it('is reported in a form that clients of each SDK version and protocol accept', async () => {
    const [one, two] = [projectWith(), projectWith()]
    const sdk1 = await connectWithSdk1(one.root)
    const sdk2 = await connect(two.root, { protocol: '2026-07-28' })
    for (const [project, { client, call }] of [[one, sdk1] as const, [two, sdk2] as const]) {
      // A client that has seen the output schemas validates each answer against them.
      await client.listTools()
      await call('next_task')
      project.write(TEST, slowTest(FAILS).text)
      expect((await call('record_red', RED)).data).toHaveProperty('running')
    }
  })
})

describe('while a call waits', () => {
  it('a client that asked for progress learns what runs and how far it is, at most once a second', async () => {
    const slow = slowTest(FAILS)
    const { client } = await started(slow, 45)
    const notes: { message: string; progress: number }[] = []
    const answer = client.callTool(
      { name: 'record_red', arguments: RED },
      {
        onprogress: ({ message = '', progress }) => {
          notes.push({ message, progress })
        },
      },
    )
    const counted = /^running tests\/stack\.test\.js: 1 tests? so far, \d+ s$/
    await expect.poll(() => notes.some(({ message }) => counted.test(message)), DEADLINE).toBe(true)
    slow.go()
    await answer
    expect(notes[0]?.message).toMatch(/^running tests\/stack\.test\.js, \d+ s$/)
    expect(notes.map(({ progress }) => progress)).toEqual(notes.map((_, at) => at + 1))
    // By the server's own clock, whatever the load of this machine.
    const seconds = Number(/(\d+) s$/.exec(notes.at(-1)?.message ?? '')?.[1])
    expect(notes.length - 1).toBeLessThanOrEqual(seconds)
  })
})

describe('a run with a lot of output', () => {
  it.runIf(process.platform === 'linux')(
    'uses less than 50 MB of server memory, and the answer shows its end',
    async () => {
      const print = `const block = Buffer.alloc(65536, 'y'.repeat(80) + '\\n'); let left = 300 * 16
        const go = () => { while (left-- > 0) if (!process.stdout.write(block)) return process.stdout.once('drain', go); console.log('the end') }
        console.log('the beginning'); go()`
      const project = stackProject('## Core\n- [ ] T001 Create notes.txt\n', {
        'redgreen.config.json': JSON.stringify({
          checks: { flood: [process.execPath, '-e', print] },
          limits: { outputMegabytes: 1000 },
        }),
      })
      const { call, pid } = await connect(project.root)
      await call('next_task')
      project.write('notes.txt', 'notes\n')
      await call('record_green', { task: 'T001' })
      const before = memoryOf(pid)
      let most = before
      const timer = setInterval(() => (most = Math.max(most, memoryOf(pid))), 20)
      onTestFinished(() => clearInterval(timer))
      const flood = { task: 'T001', check: 'flood' }
      const green = await untilEnded(() => call('record_green', flood))
      expect(green.data).toMatchObject({ stage: 'green', exitCode: 0 })
      expect(green.data['output']).toMatch(/the end$/)
      expect(most - before).toBeLessThan(50)
    },
  )
})

describe('no process survives', () => {
  it.runIf(ESCAPES)('a cancelled call, whatever its tests have started', async () => {
    const slow = slowTest(FAILS, ESCAPING)
    const { client, project, call } = await started(slow)
    expect((await call('record_red', RED)).data).toHaveProperty('running')
    await expect.poll(() => slow.pids().length, DEADLINE).toBe(4)
    expect(slow.pids().every(isRunning)).toBe(true)
    const waiting = await waitWith(client, RED)
    waiting.cancel()
    expect(await waiting.answer).toBe('cancelled')
    await expect.poll(() => slow.pids().filter(isRunning), DEADLINE).toEqual([])
    await expect.poll(() => liveRecords(project), DEADLINE).toEqual([])
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001', stage: 'todo' } })
  })

  it.runIf(ESCAPES)('a client that disconnects while its run continues', async () => {
    const slow = slowTest(FAILS, ESCAPING)
    const project = projectWith()
    // A client library would send a signal to a server that does not exit by itself.
    const server = spawnServer(project.root)
    onTestFinished(() => void server.process.kill('SIGKILL'))
    const callTool = (id: number, name: string, input: object) =>
      server.send({ id, method: 'tools/call', params: { name, arguments: input } })
    server.send(INITIALIZE)
    callTool(2, 'next_task', {})
    await expect.poll(server.output, DEADLINE).toContain('"id":2')
    project.write(TEST, slow.text)
    callTool(3, 'record_red', RED)
    await expect.poll(server.output, DEADLINE).toContain('"running"')
    await expect.poll(() => slow.pids().length, DEADLINE).toBe(4)
    server.process.stdin.end()
    expect(await once(server.process, 'exit')).toEqual([0, null])
    await expect.poll(() => slow.pids().filter(isRunning), DEADLINE).toEqual([])
  })

  it.runIf(ESCAPES)(
    'a server that was killed during a run, once the next server starts',
    async () => {
      const slow = slowTest(FAILS, ESCAPING)
      const { project, call, pid } = await started(slow)
      await call('record_red', RED)
      await expect.poll(() => slow.pids().length, DEADLINE).toBe(4)
      process.kill(pid, 'SIGKILL')
      await expect.poll(() => isRunning(pid), DEADLINE).toBe(false)
      expect(slow.pids().every(isRunning)).toBe(true)
      await connect(project.root)
      await expect.poll(() => slow.pids().filter(isRunning), DEADLINE).toEqual([])
      expect(liveRecords(project)).toEqual([])
    },
  )

  it('a run with two waiting calls continues when only one is cancelled', async () => {
    const slow = slowTest(FAILS)
    const { client } = await started(slow, 45)
    const [one, two] = [await waitWith(client, RED), await waitWith(client, RED)]
    await expect.poll(() => slow.pids().length, DEADLINE).toBe(1)
    one.cancel()
    expect(await one.answer).toBe('cancelled')
    slow.go()
    expect(await two.answer).toMatchObject({ structuredContent: { stage: 'red' } })
    expect(slow.runs()).toBe(1)
  })

  it('a cancelled validation uses no attempt', async () => {
    const wait = 'setInterval(() => {}, 1000)'
    const project = stackProject('## Core\n- [ ] T001 Create notes.txt\n', {
      'tests/ok.test.js': nodeTest('ok', 'assert.ok(true)'),
      'redgreen.config.json': JSON.stringify({
        commands: { types: [process.execPath, '-e', wait] },
        limits: { answerSeconds: 45 },
      }),
    })
    const { call, client } = await connect(project.root)
    await call('next_task')
    project.write('notes.txt', 'notes\n')
    await call('record_green', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
    const waiting = await waitWith(client, {}, 'run_validation', wait)
    waiting.cancel()
    expect(await waiting.answer).toBe('cancelled')
    await expect.poll(() => liveRecords(project), DEADLINE).toEqual([])
    const evidence = await call('read_document', { document: 'raw-evidence' })
    expect(evidence.text).toContain('"done"')
    expect(evidence.text).not.toContain('"validation"')
  })
})

/** Makes a call and waits for a progress message that contains `word`. */
async function waitWith(
  client: Client,
  args: Record<string, unknown>,
  name = 'record_red',
  word = 'running',
) {
  const controller = new AbortController()
  const messages: string[] = []
  const request = { name, arguments: args }
  const onprogress = ({ message = '' }) => void messages.push(message)
  const answer = client
    .callTool(request, { signal: controller.signal, onprogress })
    .catch(() => 'cancelled')
  await expect.poll(() => messages.some(message => message.includes(word)), DEADLINE).toBe(true)
  return { answer, cancel: () => controller.abort() }
}

function runningOf(data: Record<string, unknown>): Record<string, unknown> {
  const { running } = data
  return typeof running === 'object' && running !== null
    ? Object.fromEntries(Object.entries(running))
    : {}
}

/** Repeats a call until its run has ended. */
async function untilEnded<T extends { data: Record<string, unknown> }>(
  call: () => Promise<T>,
): Promise<T> {
  const answer = await call()
  return 'running' in answer.data ? untilEnded(call) : answer
}

/** Resident memory in megabytes. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

function liveRecords({ root }: Project): string[] {
  return readdirSync(path.join(root, '.redgreen/local/live'))
}
