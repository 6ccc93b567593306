import { describe, expect, it } from 'vitest'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { record } from '../../../src/workflow/context/record.ts'
import { withTransaction } from '../../../src/workflow/context/transaction.ts'
import { taskStates } from '../../../src/workflow/context/task-state.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const PLAN = '## Setup\n- [ ] Create one.txt\n- [ ] Create two.txt\n- [ ] Create three.txt\n'
const SETTINGS = JSON.stringify({
  plan: 'PLAN.md',
  kinds: [{ tasks: '1-create-one-txt', kind: 'check' }],
})

function newProject(): Project {
  const files = { 'PLAN.md': PLAN, 'redgreen.config.json': SETTINGS, 'package.json': '{}' }
  return makeProject(files, { git: false })
}

/** A project with a checklist whose first task was proven. */
async function begun(): Promise<Project> {
  const project = newProject()
  await finish(project, '1-create-one-txt', 'one.txt')
  return project
}

async function finish(project: Project, task: string, file: string): Promise<void> {
  const call = callAt(project.root)
  await nextTask(call, { task })
  project.write(file, 'content')
  await recordGreen(call, { task })
  await markComplete(call, { task })
}

/** Id, stage and whether the tick is unproven, by the line of the task. */
async function statesOf(project: Project): Promise<[number, string, string, boolean][]> {
  const context = await loadContext(callAt(project.root))
  const states = taskStates(context)
  return context.plan.tasks.map(({ id, location }) => {
    const { stage = 'todo', unverified = false } = states.get(id) ?? {}
    return [location.line, id, stage, unverified]
  })
}

describe('the proof of a task of a checklist', () => {
  it('stays with it if lines are inserted, moved and corrected', async () => {
    const project = await begun()
    const inserted = project
      .read('PLAN.md')
      .replace('## Setup\n', '## Setup\n- [ ] Create zero.txt\n')
      .replace('Create two.txt', 'Craete two.txt')
    project.write('PLAN.md', inserted)
    expect(await statesOf(project)).toEqual([
      [2, '1-create-zero-txt', 'todo', false],
      [3, '1-create-one-txt', 'done', false],
      [4, '2-create-two-txt', 'todo', false],
      [5, '3-create-three-txt', 'todo', false],
    ])
    await finish(project, '1-create-zero-txt', 'zero.txt')
    await finish(project, '2-create-two-txt', 'two.txt')
    const moved = '## Setup\n- [x] Create two.txt\n- [ ] Create three.txt\n## Later\n'
    project.write('PLAN.md', `${moved}- [x] Create zero.txt\n- [x] Create teh one.txt\n`)
    expect(await statesOf(project)).toEqual([
      [2, '2-create-two-txt', 'done', false],
      [3, '3-create-three-txt', 'todo', false],
      [5, '1-create-zero-txt', 'done', false],
      [6, '1-create-one-txt', 'done', false],
    ])
  })

  it('does not go over to a task that gets its place or its box', async () => {
    const project = await begun()
    project.write('PLAN.md', PLAN.replace('[ ] Create one.txt', '[x] Create other.txt'))
    const [first] = await statesOf(project)
    expect(first?.slice(2)).toEqual(['todo', true])
  })

  it('is the answer of the step that records it, also if the list comes before it', async () => {
    const project = newProject()
    const call = callAt(project.root)
    const task = '1-create-one-txt'
    await nextTask(call, { task })
    project.write('PLAN.md', `${PLAN}- [ ] Create four.txt\n`)
    project.write('one.txt', 'content')
    const { evidence } = await recordGreen(call, { task })
    const { ledger } = await loadContext(call)
    expect(ledger.events.slice(-2).map(({ kind }) => kind)).toEqual(['ids', 'green'])
    expect(ledger.events.at(-1)?.hash.slice(0, evidence.length)).toBe(evidence)
  })

  it('may be named by its number alone, unless that fits several', async () => {
    const project = newProject()
    const call = callAt(project.root)
    for (const named of ['1', 'Task 1', '1-CREATE-one-txt']) {
      const { task } = await nextTask(call, { task: named })
      expect(task?.id).toBe('1-create-one-txt')
    }
    project.write('PLAN.md', PLAN.replace('## Setup\n', '## Setup\n- [ ] Create zero.txt\n'))
    await expect(nextTask(call, { task: '1' })).rejects.toThrow(
      /The name 1 fits several tasks.*1-create-zero-txt and 1-create-one-txt/,
    )
  })

  it('is kept by an event when the plan is first used and when it changes, and by no other', async () => {
    const project = newProject()
    const call = callAt(project.root)
    const lists = async () => {
      const { ledger } = await loadContext(call)
      const all = ledger.events.flatMap(event => (event.kind === 'ids' ? [event.given] : []))
      return all.map(given => given.map(({ id }) => id))
    }
    /** Records something twice in one transaction. */
    const recordTwice = () =>
      withTransaction(call, async context => {
        const task = '2-create-two-txt'
        const waived = { kind: 'waived', task, reason: 'no', person: 'A' } as const
        await record(context, waived)
        await record(context, waived)
      })
    await recordTwice()
    await recordTwice()
    const [one, two, three] = ['1-create-one-txt', '2-create-two-txt', '3-create-three-txt']
    expect(await lists()).toEqual([[one, two, three]])
    project.write('PLAN.md', `- [ ] Create zero.txt\n${PLAN}`)
    expect(await lists()).toHaveLength(1)
    await recordTwice()
    expect(await lists()).toEqual([
      [one, two, three],
      ['1-create-zero-txt', one, two, three],
    ])
  })
})
