import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { connectOverHttp, connectOverHttpWithSdk1, serve, type Serving } from '../../kit/http.ts'
import {
  claimIn,
  finishTask,
  nextArguments,
  parallelPlan,
  proveRed,
  taskIn,
} from '../../kit/http-assistant.ts'
import { runCommand } from '../../kit/program.ts'
import { stackProject, type Project } from '../../kit/project.ts'
import { slowTest } from '../../kit/slow-test.ts'

const MODERN = { name: 'editor', protocol: '2026-07-28' } as const

/** A project in which nothing can be done at the same time. */
const SEQUENCE = `# Tasks

## Phase 1: Core

- [ ] T001 Write T001 in src/T001.js
- [ ] T002 Write T002 in src/T002.js
`

async function served(plan: string): Promise<{ project: Project; serving: Serving }> {
  const project = stackProject(plan)
  return { project, serving: await serve([project.root]) }
}

describe('a claim', () => {
  it('is given by next_task, named in the next call, and continues the same task', async () => {
    const { project, serving } = await served(parallelPlan(3))
    const { call } = await connectOverHttp(serving, MODERN)
    const first = await call('next_task')
    const claim = claimIn(first)
    expect(claim).toMatch(/^[0-9a-f]{24}$/)
    expect(first.text).toContain(`Pass claim: "${claim}" in every call`)
    expect(nextArguments(first)).toMatchObject({ task: 'T001', claim })
    const again = await call('next_task', { claim })
    expect(taskIn(again)).toBe('T001')
    expect(claimIn(again)).toBe(claim)
    expect(again.text).not.toContain('Pass claim')
    const red = await proveRed(project, call, 'T001', { claim })
    expect(nextArguments(red)).toMatchObject({ claim })
  })

  it('belongs to a session too, and works outside of it', async () => {
    const { serving } = await served(parallelPlan(2))
    const session = await connectOverHttpWithSdk1(serving)
    const first = await session.call('next_task')
    expect(taskIn(await session.call('next_task'))).toBe(taskIn(first))
    const other = await connectOverHttp(serving, MODERN)
    const same = await other.call('next_task', { claim: claimIn(first) })
    expect(taskIn(same)).toBe(taskIn(first))
  })

  it('keeps its task when its session ends, if it is passed elsewhere', async () => {
    const { serving } = await served(SEQUENCE)
    const session = await connectOverHttpWithSdk1(serving)
    const claim = claimIn(await session.call('next_task'))
    const elsewhere = await connectOverHttpWithSdk1(serving)
    expect(taskIn(await elsewhere.call('next_task', { claim }))).toBe('T001')
    await session.endSession()
    const other = await connectOverHttpWithSdk1(serving)
    expect((await other.call('next_task')).code).toBe('claimed')
    expect(taskIn(await elsewhere.call('next_task', { claim }))).toBe('T001')
  })

  it('of a session that ended can take its task again, and leaves it to others', async () => {
    const { serving } = await served(SEQUENCE)
    const session = await connectOverHttpWithSdk1(serving)
    const claim = claimIn(await session.call('next_task'))
    await session.endSession()
    const again = await connectOverHttp(serving, MODERN)
    expect(taskIn(await again.call('next_task', { claim }))).toBe('T001')
    const next = await connectOverHttpWithSdk1(serving)
    expect((await next.call('next_task')).code).toBe('claimed')
  })

  it('is not needed to continue what a session that ended has left', async () => {
    const { serving } = await served(SEQUENCE)
    const session = await connectOverHttpWithSdk1(serving)
    expect(taskIn(await session.call('next_task'))).toBe('T001')
    await session.endSession()
    const other = await connectOverHttpWithSdk1(serving)
    expect(taskIn(await other.call('next_task'))).toBe('T001')
  })

  it('is accepted by every tool over stdio, where no tool lists it', async () => {
    const { project, serving } = await served(parallelPlan(2))
    const stdio = await connect(project.root)
    const listed = JSON.stringify((await stdio.client.listTools()).tools)
    expect(listed).not.toContain('claim')
    const over = await connectOverHttp(serving, MODERN)
    const overHttp = (await over.client.listTools()).tools
    expect(overHttp.every(tool => 'claim' in (tool.inputSchema.properties ?? {}))).toBe(true)
    const own = taskIn(await stdio.call('next_task', { claim: null }))
    expect(taskIn(await stdio.call('next_task', { claim: '' }))).toBe(own)
    const first = await over.call('next_task')
    expect(taskIn(await stdio.call('next_task', { claim: claimIn(first) }))).toBe(taskIn(first))
    for (const { name } of overHttp) {
      const refused = await stdio.call(name, { claim: 'mine' })
      expect(refused.code).toBe('bad_arguments')
      expect(refused.text).toContain('The `claim` is not one that next_task has given.')
    }
  })

  it('that somebody else has does not give their task to a caller with another one', async () => {
    const { project, serving } = await served(parallelPlan(2))
    const { call } = await connectOverHttp(serving, MODERN)
    const [mine, theirs] = [await call('next_task'), await call('next_task')]
    const slow = slowTest("throw new Error('not written')")
    project.write('tests/T001.test.js', slow.text)
    const input = { task: taskIn(mine), tests: ['tests/T001.test.js'] }
    const running = call('record_red', { ...input, claim: claimIn(mine) })
    await expect.poll(() => slow.runs(), { timeout: 60_000 }).toBe(1)
    // The same arguments, but the step of another holder: it is judged for itself, not joined.
    const refused = await call('record_red', { ...input, claim: claimIn(theirs) })
    expect(refused.code).toBe('claimed')
    expect(refused.text).toMatch(
      /ends at \S+ or with the server\..*If T001 is yours, pass the `claim`/,
    )
    slow.go()
    expect((await running).data).toMatchObject({ stage: 'red' })
    expect(slow.runs()).toBe(1)
  })

  it('is no advice for a human at a terminal, who cannot pass it', async () => {
    const { project, serving } = await served(parallelPlan(2))
    const { call } = await connectOverHttp(serving, MODERN)
    expect(taskIn(await call('next_task'))).toBe('T001')
    const { status, stderr } = runCommand(project, ['next-task', 'T001'])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^\[claimed\] .* or with the server\./)
    expect(stderr).not.toContain('`claim`')
  })

  it('continues its task after the server was killed, and no other caller gets it first', async () => {
    const { project, serving } = await served(parallelPlan(3))
    const { call } = await connectOverHttp(serving, MODERN)
    const [mine, theirs] = [await call('next_task'), await call('next_task')]
    await proveRed(project, call, 'T001', { claim: claimIn(mine) })
    await serving.stop('SIGKILL')
    const { port } = new URL(serving.url)
    const again = await serve([project.root], {
      port: Number(port),
      tokenFile: serving.tokenFile,
    })
    const later = await connectOverHttp(again, MODERN)
    expect(taskIn(await later.call('next_task'))).toBe('T003')
    expect(taskIn(await later.call('next_task', { claim: claimIn(theirs) }))).toBe('T002')
    project.write('src/T001.js', 'export const value = () => 1\n')
    // The earlier client did not notice.
    const green = await call('record_green', { task: 'T001', claim: claimIn(mine) })
    expect(green.data).toMatchObject({ stage: 'green' })
  })
})

describe('a client of the 2026 protocol without claims', () => {
  it('gets another task for each window, and learns which tasks it has left', async () => {
    const { project, serving } = await served(parallelPlan(3))
    const windows = [1, 2, 3].map(() => connectOverHttp(serving, MODERN))
    const answers = []
    for (const window of await Promise.all(windows)) answers.push(await window.call('next_task'))
    expect(answers.map(taskIn)).toEqual(['T001', 'T002', 'T003'])
    expect(answers[2]?.text).toContain(
      'editor has started T001 and T002 and not finished it. To continue it instead, call next_task with task T001.',
    )
    const other = await connectOverHttp(serving, { ...MODERN, name: 'other' })
    expect((await other.call('next_task', { task: 'T002' })).code).toBe('claimed')
    const { call } = await connectOverHttp(serving, MODERN)
    await finishTask(project, call, 'T002')
    expect(taskIn(await call('next_task', { task: 'T001' }))).toBe('T001')
  })

  it('is refused with the way to its own task if no other one can start', async () => {
    const { project, serving } = await served(SEQUENCE)
    const { call } = await connectOverHttp(serving, MODERN)
    expect(taskIn(await call('next_task'))).toBe('T001')
    const refused = await call('next_task')
    expect(refused.code).toBe('claimed')
    expect(refused.text).toContain('call next_task with task T001')
    expect(taskIn(await call('next_task', { task: 'T001' }))).toBe('T001')
    await finishTask(project, call, 'T001')
    const next = await call('next_task')
    expect(taskIn(next)).toBe('T002')
    expect(next.text).not.toContain('has started')
  })

  it('finishes its task after the server was killed', async () => {
    const { project, serving } = await served(SEQUENCE)
    const { call } = await connectOverHttp(serving, MODERN)
    await call('next_task')
    await proveRed(project, call, 'T001')
    await serving.stop('SIGKILL')
    await serve([project.root], {
      port: Number(new URL(serving.url).port),
      tokenFile: serving.tokenFile,
    })
    expect((await finishTask(project, call, 'T001')).data).toMatchObject({ stage: 'done' })
  })
})
