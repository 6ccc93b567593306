import type { Work } from '../dialects/dialect.ts'
import type { Task } from '../plan/plan.ts'
import type { Desk } from './desk.ts'
import { many } from './messages.ts'
import { standingsOf } from './standing.ts'
import { workOf } from './work.ts'

/** What was seen to be built, a line for each finished task: its files, its tests, or the check that it passed. */
export function implemented(desk: Desk): string[] {
  return finished(desk).map(task => line(desk, task))
}

/** The same in one sentence. */
export function implementedPhrase(desk: Desk): string {
  const work = finished(desk).map(task => workOf(desk, task))
  const tests = new Set(work.flatMap(({ tests }) => tests.map(({ file, name }) => file + name)))
  const parts = [
    many(work.length, 'task'),
    ...[many(filesOf(desk).length, 'file'), many(tests.size, 'test')].filter(
      part => !part.startsWith('0'),
    ),
  ]
  return `Implemented: ${parts.join(', ')}; the report lists them.`
}

/** Every file that finished tasks created or changed. */
export function filesOf(desk: Desk): string[] {
  const files = finished(desk).flatMap(task => {
    const { created, modified } = workOf(desk, task)
    return [...created, ...modified]
  })
  return [...new Set(files)].toSorted()
}

function finished(desk: Desk): Task[] {
  const standings = standingsOf(desk)
  return desk.plan.tasks.filter(({ id }) => standings.get(id)?.stage === 'done')
}

function line(desk: Desk, task: Task): string {
  const { confirmedBy } = desk.histories.get(task.id)?.done ?? {}
  const parts = [
    ...seen(workOf(desk, task)),
    ...(confirmedBy === undefined ? [] : ['a person has looked']),
  ]
  return `- ${task.id} ${task.title}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`
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
