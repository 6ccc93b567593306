import type { FinishedTaskWork } from '../../dialects/dialect.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { many } from '../response/messages.ts'
import { taskStates } from '../context/task-state.ts'
import { changedFiles, workOf } from '../context/finished-work.ts'

/** A finished task with what was witnessed of it. */
export interface FinishedWork {
  task: Task
  work: FinishedTaskWork
  /** It was a person who looked. */
  humanDecision: boolean
}

/** What was witnessed of every task that is done. Reads two trees of each, so ask once. */
export function finishedWorks(context: Context): FinishedWork[] {
  const states = taskStates(context)
  return context.plan.tasks.flatMap(task => {
    const { stage, history } = states.get(task.id) ?? {}
    if (stage !== 'done') return []
    const humanDecision = history?.done?.confirmedBy !== undefined
    return [{ task, work: workOf(context, task), humanDecision }]
  })
}

/** What was seen to be built, a line for each finished task: its files, its tests, or the check that it passed. */
export function implemented(works: readonly FinishedWork[]): string[] {
  return works.map(({ task, work, humanDecision }) => {
    const parts = [...seen(work), ...(humanDecision ? ['a person has looked'] : [])]
    return `- ${task.id} ${task.title}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`
  })
}

/** The same in one sentence. */
export function implementedPhrase(works: readonly FinishedWork[]): string {
  const tests = works.flatMap(({ work }) => work.tests.map(({ file, name }) => `${file} ${name}`))
  const parts = [
    many(changedFiles(works).length, 'file'),
    many(new Set(tests).size, 'test'),
  ].filter(part => !part.startsWith('0'))
  return `Implemented: ${[many(works.length, 'task'), ...parts].join(', ')}; the report lists them.`
}

function seen({ created, modified, tests, check }: FinishedTaskWork): string[] {
  return [
    ...(created.length > 0 ? [`created ${named(created)}`] : []),
    ...(modified.length > 0 ? [`changed ${named(modified)}`] : []),
    ...(tests.length > 0 ? [many(tests.length, 'test')] : []),
    ...(check === undefined || check === '' ? [] : [check]),
  ]
}

function named(files: readonly string[]): string {
  const rest = files.length - MOST
  return files.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

const MOST = 6
