import type { Work } from '../../dialects/dialect.ts'
import type { Task } from '../../plan/plan.ts'
import type { Desk } from '../context/context.ts'
import { many } from '../response/messages.ts'
import { standingsOf } from '../context/task-state.ts'
import { filesIn, workOf } from '../context/finished-work.ts'

/** A finished task with what was witnessed of it. */
export interface FinishedWork {
  task: Task
  work: Work
  /** It was a person who looked. */
  byPerson: boolean
}

/** What was witnessed of every task that is done. Reads two trees of each, so ask once. */
export function worksOf(desk: Desk): FinishedWork[] {
  const standings = standingsOf(desk)
  return desk.plan.tasks.flatMap(task => {
    const { stage, history } = standings.get(task.id) ?? {}
    if (stage !== 'done') return []
    const byPerson = history?.done?.confirmedBy !== undefined
    return [{ task, work: workOf(desk, task), byPerson }]
  })
}

/** What was seen to be built, a line for each finished task: its files, its tests, or the check that it passed. */
export function implemented(works: readonly FinishedWork[]): string[] {
  return works.map(({ task, work, byPerson }) => {
    const parts = [...seen(work), ...(byPerson ? ['a person has looked'] : [])]
    return `- ${task.id} ${task.title}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`
  })
}

/** The same in one sentence. */
export function implementedPhrase(works: readonly FinishedWork[]): string {
  const tests = works.flatMap(({ work }) => work.tests.map(({ file, name }) => `${file} ${name}`))
  const parts = [many(filesIn(works).length, 'file'), many(new Set(tests).size, 'test')].filter(
    part => !part.startsWith('0'),
  )
  return `Implemented: ${[many(works.length, 'task'), ...parts].join(', ')}; the report lists them.`
}

function seen({ created, modified, tests, check }: Work): string[] {
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
