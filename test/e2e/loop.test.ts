import { once } from 'node:events'

import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { runCommand } from '../kit/program.ts'
import { nodeTest, stackProject, TASKS } from '../kit/project.ts'
import { INITIALIZE } from '../kit/initialize.ts'
import { spawnServer } from '../kit/server.ts'
import { isRunning, slowTest } from '../kit/slow-test.ts'

/** How long a test polls before it fails. */
const DEADLINE = { timeout: 60_000 }

const PLAN = `# Tasks: Stack

## Phase 1: Tests
- [ ] T001 [P] Contract test for push in tests/push.test.js

## Phase 2: Core
- [ ] T002 Stack with push in src/stack.js
- [ ] T003 pop in src/stack.js (depends on T002)
`

const STUB = 'export class Stack {\n  push() {}\n  get size() {\n    return 0\n  }\n}\n'
const PUSH = `export class Stack {
  items = []
  push(item) {
    this.items.push(item)
  }
  get size() {
    return this.items.length
  }
}
`
const POP = PUSH.replace('  get size', '  pop() {\n    return this.items.pop()\n  }\n  get size')
const PUSH_TEST = nodeTest('push', 'const s = new Stack(); s.push(1); assert.equal(s.size, 1)')
const POP_TEST = nodeTest('pop', 'const s = new Stack(); s.push(1); assert.equal(s.pop(), 1)')

describe('an assistant that works test first', () => {
  it('finishes a feature, and only the marks in the plan change', async () => {
    const project = stackProject(PLAN)
    const { call } = await connect(project.root)
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001', kind: 'test' } })
    project.write('tests/push.test.js', PUSH_TEST)
    project.write('src/stack.js', STUB)
    const red = await call('record_red', { task: 'T001', tests: ['tests/push.test.js'] })
    expect(red.data).toMatchObject({ stage: 'red', counts: { failed: 1, passed: 0 } })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({
      stage: 'done',
      marked: [{ path: TASKS, line: 4, from: '[ ]', to: '[X]' }],
      suite: { ran: 'none' },
      progress: { done: 1, total: 3, owed: 1 },
    })

    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T002', kind: 'build' } })
    await call('record_red', { task: 'T002', tests: ['tests/push.test.js'] })
    project.write('src/stack.js', PUSH)
    const green = await call('record_green', { task: 'T002' })
    expect(green.data).toMatchObject({
      stage: 'green',
      exitCode: 0,
      tests: [{ id: 'tests/push.test.js > push', outcome: 'passed' }],
    })
    const marked = await call('mark_complete', { task: 'T002', refactor: 'nothing to clean up' })
    expect(marked.data).toMatchObject({ suite: { ran: 'full' }, progress: { done: 2, owed: 0 } })

    await call('next_task')
    project.write('tests/pop.test.js', POP_TEST)
    await call('record_red', { task: 'T003', tests: ['tests/pop.test.js'] })
    project.write('src/stack.js', POP)
    await call('record_green', { task: 'T003' })
    const last = await call('mark_complete', { task: 'T003' })
    expect(last.data).toMatchObject({
      progress: { done: 3, percent: 100 },
      phase: { finished: true },
      next: { tool: 'run_validation' },
    })
    expect((await call('next_task')).data).toMatchObject({ task: null })
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })

    expect(project.read(TASKS)).toBe(PLAN.replaceAll('- [ ]', '- [X]'))
    expect(runCommand(project, ['verify']).stdout).toContain('3 tasks proven')
  })

  it('sees the same progress at a second server, and gets a different task from it', async () => {
    const project = stackProject(
      '## Core\n- [ ] T001 [P] one in src/a.js\n- [ ] T002 [P] two in src/b.js\n- [ ] T003 three in src/c.js\n',
    )
    const one = await connect(project.root)
    const two = await connect(project.root)
    expect((await one.call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
    expect((await two.call('next_task')).data).toMatchObject({ task: { id: 'T002' } })
    // Time goes on between the two calls.
    const progressOf = async ({ call }: typeof one) =>
      (await call('read_document', { document: 'progress' })).text.replaceAll(
        /"idleSeconds": ?\d+/g,
        '',
      )
    expect(await progressOf(one)).toBe(await progressOf(two))
    const taken = await two.call('next_task', { task: 'T001' })
    expect(taken.code).toBe('claimed')
    expect(taken.text).toMatch(/test \(process \d+\) has worked on T001 since \d{4}-/)
  })

  it('resumes a task at the next server after its own server was killed', async () => {
    const project = stackProject(PLAN)
    const first = await connect(project.root)
    await first.call('next_task')
    project.write('tests/push.test.js', PUSH_TEST)
    project.write('src/stack.js', STUB)
    await first.call('record_red', { task: 'T001', tests: ['tests/push.test.js'] })
    process.kill(first.pid, 'SIGKILL')
    const second = await connect(project.root)
    expect((await second.call('next_task')).data).toMatchObject({
      task: { id: 'T001', stage: 'red' },
    })
    expect((await second.call('mark_complete', { task: 'T001' })).data).toMatchObject({
      stage: 'done',
    })
  })

  it('gets the recorded answer when it repeats a call', async () => {
    const project = stackProject(PLAN)
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('tests/push.test.js', PUSH_TEST)
    project.write('src/stack.js', STUB)
    const request = { task: 'T001', tests: ['tests/push.test.js'] }
    const red = await call('record_red', request)
    const { data } = await call('record_red', request)
    expect(data).toEqual({ ...red.data, repeated: true, notes: [expect.any(String)] })
    const done = await call('mark_complete', { task: 'T001' })
    const again = await call('mark_complete', { task: 'T001' })
    expect(again.data['marked']).toEqual(done.data['marked'])
    expect(project.read(TASKS).match(/\[X\]/g)).toHaveLength(1)
  })
})

describe('the server', () => {
  it('answers after invalid input, and exits when its input ends', async () => {
    const project = stackProject(PLAN)
    const server = spawnServer(project.root)
    server.process.stdin.write('}{ not json\n\u0000\u0001\n{"jsonrpc":"2.0"}\n[1,2]\n')
    server.send(INITIALIZE)
    await expect.poll(server.output, DEADLINE).toContain('"redgreen"')
    server.process.stdin.end()
    expect(await once(server.process, 'exit')).toEqual([0, null])
  })

  it('stops its running tests when the client disconnects', async () => {
    const slow = slowTest('')
    const project = stackProject(PLAN)
    const { call, client } = await connect(project.root)
    await call('next_task')
    project.write('tests/push.test.js', slow.text)
    const run = call('record_red', { task: 'T001', tests: ['tests/push.test.js'] })
    const answer = run.catch(() => 'disconnected')
    await expect.poll(() => slow.pids().length, DEADLINE).toBe(1)
    await client.close()
    expect(await answer).toBe('disconnected')
    await expect.poll(() => slow.pids().filter(isRunning), DEADLINE).toEqual([])
  })

  it('stops a run and all its processes when the call is cancelled', async () => {
    const slow = slowTest('')
    const project = stackProject(PLAN)
    const { call, client } = await connect(project.root)
    await call('next_task')
    project.write('tests/push.test.js', slow.text)
    const controller = new AbortController()
    const request = { task: 'T001', tests: ['tests/push.test.js'] }
    const cancelled = client
      .callTool({ name: 'record_red', arguments: request }, { signal: controller.signal })
      .catch(() => 'cancelled')
    await expect.poll(() => slow.pids().length, DEADLINE).toBe(1)
    controller.abort()
    expect(await cancelled).toBe('cancelled')
    await expect.poll(() => slow.pids().filter(isRunning), DEADLINE).toEqual([])
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001', stage: 'todo' } })
  })
})
