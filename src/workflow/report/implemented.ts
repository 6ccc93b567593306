import type { FinishedTaskWork } from '../../dialects/dialect.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { changedFiles, workOf } from '../context/finished-work.ts'
import { taskStates } from '../context/task-state.ts'

/** A done task with the evidence of its work. */
export interface FinishedWork {
  task: Task
  work: FinishedTaskWork
  /** A human confirmed it. */
  humanDecision: boolean
}

/** The evidence of every done task. It reads two trees for each, so call it once. */
export function finishedWorks(context: Context): FinishedWork[] {
  const states = taskStates(context)
  return context.plan.tasks.flatMap(task => {
    const { stage, history } = states.get(task.id) ?? {}
    if (stage !== 'done') return []
    const humanDecision = history?.done?.confirmedBy !== undefined
    return [{ task, work: workOf(context, task), humanDecision }]
  })
}

/** A line for each done task, with its files, its tests, or the check that it passed. */
export function implemented(works: readonly FinishedWork[]): string[] {
  return works.map(({ task, work, humanDecision }) => {
    const parts = [...describeWork(work), ...(humanDecision ? ['confirmed by a human'] : [])]
    return `- ${task.id} ${task.title}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`
  })
}

/** The numbers of done tasks, files and tests in one sentence. */
export function implementedPhrase(works: readonly FinishedWork[]): string {
  const tests = works.flatMap(({ work }) => work.tests.map(({ file, name }) => `${file} ${name}`))
  const parts = [
    countOf(changedFiles(works).length, 'file'),
    countOf(new Set(tests).size, 'test'),
  ].filter(part => !part.startsWith('0'))
  return `Implemented: ${[countOf(works.length, 'task'), ...parts].join(', ')}; the report lists them.`
}

function describeWork({ created, modified, tests, check }: FinishedTaskWork): string[] {
  return [
    ...(created.length > 0 ? [`created ${formatList(created, MAX_FILES)}`] : []),
    ...(modified.length > 0 ? [`changed ${formatList(modified, MAX_FILES)}`] : []),
    ...(tests.length > 0 ? [countOf(tests.length, 'test')] : []),
    ...(check === undefined || check === '' ? [] : [check]),
  ]
}

const MAX_FILES = 6
