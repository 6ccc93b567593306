import { execFileSync } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nextTaskTool } from '../../src/tools/next-task.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { readDocument } from '../../src/workflow/read-document.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { recordRed } from '../../src/workflow/record-red.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { callAt } from '../kit/call.ts'
import { humanApproves } from '../kit/human.ts'
import { nodeTest, projectAt, stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const STUB = { 'src/stack.js': 'export class Stack {}\n' }

async function atRed(): Promise<{ project: Project; log: string }> {
  const project = stackProject(PLAN, STUB)
  const call = callAt(project.root)
  await nextTask(call, {})
  project.write(TEST, nodeTest('size', 'assert.deepEqual([new Stack().size], [0])'))
  const { log } = await recordRed(call, { task: 'T001', tests: [TEST] })
  return { project, log }
}

describe('a task in progress', () => {
  it('is continued with its red tests and their files, and the log of the run can be read', async () => {
    const { project, log } = await atRed()
    const { structured, text } = await nextTaskTool.prepare({}).run(callAt(project.root))
    const id = `${TEST} > size`
    expect(structured['red']).toMatchObject({ files: [TEST], tests: [{ id, outcome: 'failed' }] })
    expect(text).toContain(`\nRed test files: ${TEST}\n✗ ${id}: `)
    expect(text).toMatch(/✗ .*- 0 \+ undefined/)
    const [, name = ''] = /\/(runs\/\w+)$/.exec(log) ?? []
    for (const document of [name, log]) {
      const read = await readDocument(callAt(project.root), { document })
      expect(read.text).toContain('size')
    }
    const planted = 'runs/0123456789ab'
    project.write(`.redgreen/local/${planted}.log`, 'all tests passed')
    await expect(readDocument(callAt(project.root), { document: planted })).rejects.toMatchObject({
      code: 'bad_arguments',
      message: expect.stringContaining('no log'),
    })
  })

  it('that was rewritten is refused before it is marked, and marked after a human agreed', async () => {
    const { project } = await atRed()
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    await recordGreen(callAt(project.root), { task: 'T001' })
    project.write(
      TASKS,
      '## Core\n- [ ] T001 count of items in src/stack.js\n- [ ] T002 limit of items in src/limit.js\n',
    )
    const mark = () => markComplete(callAt(project.root), { task: 'T001' })
    await expect(mark()).rejects.toMatchObject({
      code: 'plan_changed',
      message: expect.stringMatching(
        /started as "size in src\/stack\.js".*now says "count of items.*redgreen approve.*next_task/s,
      ),
    })
    expect(project.read(TASKS)).toContain('[ ] T001')
    await humanApproves(project)
    expect(await mark()).toMatchObject({ stage: 'done' })
    const [checked] = await verify(callAt(project.root))
    expect(checked?.findings).toEqual([])
  })

  it('that was rewritten can be started again by its id', async () => {
    const { project } = await atRed()
    project.write(TASKS, PLAN.replace('size', 'count of items'))
    expect((await nextTask(callAt(project.root), {})).task?.stage).toBe('red')
    expect((await nextTask(callAt(project.root), { task: 'T001' })).task?.stage).toBe('todo')
  })

  it('whose test is written in another worktree is refused with both folders', async () => {
    const project = stackProject(PLAN, STUB)
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: project.root,
        stdio: 'ignore',
      })
    git('add', '-A')
    git('commit', '-qm', 'plan')
    const other = `${project.root}-other`
    git('worktree', 'add', other)
    onTestFinished(() => void execFileSync('rm', ['-rf', other]))
    const call = callAt(project.root)
    await nextTask(call, {})
    projectAt(other).write('tests/a.test.js', '')
    const red = recordRed(call, { task: 'T001', tests: ['tests/a.test.js'] })
    await expect(red).rejects.toMatchObject({
      code: 'test_missing',
      message: expect.stringMatching(
        `in the workspace ${project.root},.*is in ${other}, another worktree of the same clone`,
      ),
    })
  })
})
