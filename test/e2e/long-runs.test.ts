import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Client as ClientOfLine1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as TransportOfLine1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { nodeTest, stackProject, type Project } from '../kit/project.ts'
import { ESCAPING, isRunning, slowTest } from '../kit/slow-test.ts'

const PLAN = '## Core\n- [ ] T001 Stack in src/stack.js\n- [ ] T002 pop in src/pop.js\n'
const TEST = 'tests/stack.test.js'
const RED = { task: 'T001', tests: [TEST] }
const FAILS = 'assert.equal(1, 2)'
const PATIENCE = { timeout: 30_000 }
/** Ending what ignores SIGTERM and left its group needs Linux, and sessions need `setsid`. */
const ESCAPES = process.platform === 'linux' && existsSync('/usr/bin/setsid')

/** A project whose server waits a second and no more, unless the test says otherwise. */
function impatient(answerSeconds = 1): Project {
  return stackProject(PLAN, {
    'redgreen.config.json': JSON.stringify({ limits: { answerSeconds } }),
    'src/stack.js': 'export class Stack {}\n',
  })
}

const serverFor = ({ root }: Project) => ({
  command: process.execPath,
  args: ['dist/cli.js', '--root', root],
  stderr: 'pipe' as const,
})

async function started(slow: { text: string }, answerSeconds = 1) {
  const project = impatient(answerSeconds)
  const assistant = await connect(project.root)
  await assistant.call('next_task')
  project.write(TEST, slow.text)
  return { project, ...assistant }
}

describe('a run that takes longer than a client waits', () => {
  it('is joined by the same call, and its answer is given once', async () => {
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
      .poll(async () => (await call('record_red', RED)).data['stage'], PATIENCE)
      .toBe('red')
    const red = await call('record_red', RED)
    expect(red.data).toMatchObject({ stage: 'red', evidence: expect.any(String) })
    expect(red.data['log']).toContain(String(runningOf(first.data)['run']))
    expect(slow.runs()).toBe(1)
    const log = await client.readResource({ uri: String(red.data['log']) })
    expect(JSON.stringify(log.contents)).toContain('slow')
  })

  it('goes on when nobody waits, and its end says how old it is', async () => {
    const slow = slowTest('')
    const { call } = await started(slow)
    await call('record_red', RED)
    slow.go()
    // Another step on the task is let in as soon as the first one is over.
    await expect
      .poll(async () => (await call('mark_complete', { task: 'T001' })).code, PATIENCE)
      .not.toBe('conflict')
    const end = await untilEnded(() => call('record_red', RED))
    expect(end.code).toBe('red_passes')
    expect(end.text).toMatch(/This run ended \d+ s ago and speaks of the files of then\.$/)
    expect(slow.runs()).toBe(1)
    expect((await untilEnded(() => call('record_red', RED))).code).toBe('red_passes')
    expect(slow.runs()).toBe(2)
  })

  it('keeps other steps on its task waiting, and those on others not', async () => {
    const slow = slowTest(FAILS)
    const { call } = await started(slow)
    const { data } = await call('record_red', RED)
    const other = await call('record_red', { ...RED, names: ['slow'] })
    expect(other.code).toBe('conflict')
    expect(other.text).toMatch(/record_red of T001 has been running for \d+ s \(running tests/)
    expect((await call('mark_complete', { task: 'T001' })).code).toBe('conflict')
    expect((await call('record_red', { task: 'T002', tests: [TEST] })).code).not.toBe('conflict')
    const again = await call('record_red', { ...RED, feature: '001-stack' })
    expect(runningOf(again.data)['run']).toBe(runningOf(data)['run'])
    expect(slow.runs()).toBe(1)
  })

  it('is joined as a whole step, with everything that a finish takes', async () => {
    const quick = nodeTest('push', 'assert.equal(typeof new Stack().push, "function")')
    const { project, call } = await started({ text: quick })
    await call('record_red', RED)
    project.write('src/stack.js', 'export class Stack {\n  push() {}\n}\n')
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

  it('is told in a form that clients of every line and protocol take', async () => {
    const old = new ClientOfLine1({ name: 'line-1', version: '1' })
    const ofOld = impatient()
    await old.connect(new TransportOfLine1(serverFor(ofOld)))
    onTestFinished(() => old.close())
    // A client that has seen the output schemas holds every answer against them.
    await old.listTools()
    await old.callTool({ name: 'next_task', arguments: {} })
    ofOld.write(TEST, slowTest(FAILS).text)
    expect(await old.callTool({ name: 'record_red', arguments: RED })).toMatchObject({
      structuredContent: { running: {} },
    })
    const modern = new Client(
      { name: 'modern', version: '1' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    )
    const ofModern = impatient()
    await modern.connect(new StdioClientTransport(serverFor(ofModern)))
    onTestFinished(() => modern.close())
    await modern.listTools()
    await modern.callTool({ name: 'next_task', arguments: {} })
    ofModern.write(TEST, slowTest(FAILS).text)
    expect(await modern.callTool({ name: 'record_red', arguments: RED })).toMatchObject({
      structuredContent: { running: {} },
    })
  })
})

describe('while a call waits', () => {
  it('a client that asked is told what runs and how far, at most once a second', async () => {
    const slow = slowTest(FAILS)
    const { client } = await started(slow, 45)
    const told: { message: string; at: number; progress: number }[] = []
    const answer = client.callTool(
      { name: 'record_red', arguments: RED },
      {
        onprogress: ({ message = '', progress }) => {
          told.push({ message, progress, at: performance.now() })
        },
      },
    )
    const far = /^running tests\/stack\.test\.js: 1 tests? so far, \d+ s$/
    await expect.poll(() => told.some(({ message }) => far.test(message)), PATIENCE).toBe(true)
    slow.go()
    await answer
    const count = told.length
    expect(told[0]?.message).toMatch(/^running tests\/stack\.test\.js, 0 s$/)
    expect(told.map(({ progress }) => progress)).toEqual(told.map((_, at) => at + 1))
    const span = (told.at(-1)?.at ?? 0) - (told[0]?.at ?? 0)
    expect(count - 1).toBeLessThanOrEqual(span / 900)
    expect(told).toHaveLength(count)
  })
})

describe('a run that floods', () => {
  it.runIf(process.platform === 'linux')(
    'takes less than 50 MB of the server, and shows its end',
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
      expect(green.text).toContain('the end')
      expect(most - before).toBeLessThan(50)
    },
  )
})

describe('nothing survives', () => {
  it.runIf(ESCAPES)('a call that is taken back, whatever its tests have started', async () => {
    const slow = slowTest(FAILS, ESCAPING)
    const { client, project, call } = await started(slow)
    expect((await call('record_red', RED)).data).toHaveProperty('running')
    await expect.poll(() => slow.pids().length, PATIENCE).toBe(4)
    expect(slow.pids().every(isRunning)).toBe(true)
    const waiting = await waitWith(client, RED)
    waiting.takeBack()
    expect(await waiting.answer).toBe('taken back')
    await expect.poll(() => slow.pids().filter(isRunning), PATIENCE).toEqual([])
    await expect.poll(() => liveRecords(project), PATIENCE).toEqual([])
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001', stage: 'todo' } })
  })

  it.runIf(ESCAPES)('a client that leaves while its run goes on by itself', async () => {
    const slow = slowTest(FAILS, ESCAPING)
    const project = impatient()
    // Without a client library, which would send a signal to a server that does not end by itself.
    const server = spawn(process.execPath, ['dist/cli.js', '--root', project.root])
    onTestFinished(() => void server.kill('SIGKILL'))
    const told: string[] = []
    server.stdout.on('data', (chunk: Buffer) => told.push(chunk.toString()))
    const ask = (id: number, method: string, params: object) =>
      server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    ask(1, 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'raw', version: '1' },
    })
    ask(2, 'tools/call', { name: 'next_task', arguments: {} })
    await expect.poll(() => told.join(''), PATIENCE).toContain('"id":2')
    project.write(TEST, slow.text)
    ask(3, 'tools/call', { name: 'record_red', arguments: RED })
    await expect.poll(() => told.join(''), PATIENCE).toContain('"running"')
    await expect.poll(() => slow.pids().length, PATIENCE).toBe(4)
    server.stdin.end()
    expect(await once(server, 'exit')).toEqual([0, null])
    await expect.poll(() => slow.pids().filter(isRunning), PATIENCE).toEqual([])
  })

  it.runIf(ESCAPES)(
    'a server that was killed in the middle, once the next one starts',
    async () => {
      const slow = slowTest(FAILS, ESCAPING)
      const { project, call, pid } = await started(slow)
      await call('record_red', RED)
      await expect.poll(() => slow.pids().length, PATIENCE).toBe(4)
      process.kill(pid, 'SIGKILL')
      await expect.poll(() => isRunning(pid), PATIENCE).toBe(false)
      expect(slow.pids().every(isRunning)).toBe(true)
      await connect(project.root)
      await expect.poll(() => slow.pids().filter(isRunning), PATIENCE).toEqual([])
      expect(liveRecords(project)).toEqual([])
    },
  )

  it('a run that a second call waits for is ended by the last one that is taken back', async () => {
    const slow = slowTest(FAILS)
    const { client } = await started(slow, 45)
    const [one, two] = [await waitWith(client, RED), await waitWith(client, RED)]
    await expect.poll(() => slow.pids().length, PATIENCE).toBe(1)
    one.takeBack()
    expect(await one.answer).toBe('taken back')
    slow.go()
    expect(await two.answer).toMatchObject({ structuredContent: { stage: 'red' } })
    expect(slow.runs()).toBe(1)
  })

  it('a validation that is taken back costs no attempt', async () => {
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
    waiting.takeBack()
    expect(await waiting.answer).toBe('taken back')
    await expect.poll(() => liveRecords(project), PATIENCE).toEqual([])
    const evidence = await call('read_document', { document: 'evidence' })
    expect(evidence.text).toContain('"done"')
    expect(evidence.text).not.toContain('"validation"')
  })
})

/** A call that waits: it has been heard, and what it does is what `word` says. */
async function waitWith(
  client: Client,
  args: Record<string, unknown>,
  name = 'record_red',
  word = 'running',
) {
  const controller = new AbortController()
  const told: string[] = []
  const request = { name, arguments: args }
  const onprogress = ({ message = '' }) => void told.push(message)
  const answer = client
    .callTool(request, { signal: controller.signal, onprogress })
    .catch(() => 'taken back')
  await expect.poll(() => told.some(message => message.includes(word)), PATIENCE).toBe(true)
  return { answer, takeBack: () => controller.abort() }
}

function runningOf(data: Record<string, unknown>): Record<string, unknown> {
  const { running } = data
  return typeof running === 'object' && running !== null
    ? Object.fromEntries(Object.entries(running))
    : {}
}

/** Calls until the answer is no longer that the run goes on. */
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
