import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { connectOverHttp, connectOverHttpWithSdk1, serve } from '../../kit/http.ts'
import { nodeTest, stackProject, TASKS } from '../../kit/project.ts'
import type { Answer } from '../../kit/server.ts'

type Call = (tool: string, input?: Record<string, unknown>) => Promise<Answer>

const PLAN = `# Tasks

## Phase 1: Core

- [ ] T001 [P] Write a in src/a.js
- [ ] T002 [P] Write b in src/b.js
- [ ] T003 [P] Write c in src/c.js
`

describe('clients over HTTP and stdio on one project', () => {
  it('each get a task of their own, finish it, and see what the others have finished', async () => {
    const project = stackProject(PLAN)
    const serving = await serve([project.root])
    const modern = await connectOverHttp(serving, { name: 'inspector', protocol: '2026-07-28' })
    const session = await connectOverHttpWithSdk1(serving, { name: 'cursor' })
    const stdio = await connect(project.root, { name: 'claude-code' })
    const calls: Call[] = [modern.call, session.call, stdio.call]
    const tasks = await Promise.all(calls.map(async call => taskIn(await call('next_task'))))
    expect(tasks.toSorted()).toEqual(['T001', 'T002', 'T003'])
    await Promise.all(calls.map((call, at) => finish(project, call, tasks[at] ?? '')))
    expect(project.read(TASKS).match(/- \[X\]/gi)).toHaveLength(3)
    for (const call of calls)
      expect((await call('read_document', { document: 'progress' })).text).toContain('"done": 3')
  })
})

function taskIn({ data, text }: Answer): string {
  const { task } = data
  if (typeof task === 'object' && task !== null && 'id' in task && typeof task.id === 'string')
    return task.id
  throw new Error(`No task: ${text}`)
}

/** Works a task through without passing its claim. */
async function finish(
  project: ReturnType<typeof stackProject>,
  call: Call,
  task: string,
): Promise<void> {
  const name = { T001: 'a', T002: 'b', T003: 'c' }[task] ?? ''
  project.write(`src/${name}.js`, 'export const value = () => 0\n')
  project.write(
    `tests/${name}.test.js`,
    `import { value } from '../src/${name}.js'\n${nodeTest(name, 'assert.equal(value(), 1)')}`,
  )
  const tests = [`tests/${name}.test.js`]
  expect((await settled(call, 'record_red', { task, tests })).text).toContain(`${task} is red`)
  project.write(`src/${name}.js`, 'export const value = () => 1\n')
  expect((await settled(call, 'record_green', { task })).text).toContain(`${task} is green`)
  const done = await settled(call, 'mark_complete', { task, refactor: 'Nothing to clean up.' })
  expect(done.text).toContain(`${task} is done`)
}

/** Calls again when somebody else has saved a file meanwhile. */
async function settled(call: Call, tool: string, input: Record<string, unknown>): Promise<Answer> {
  const answer = await call(tool, input)
  return answer.code === 'moved' ? settled(call, tool, input) : answer
}
