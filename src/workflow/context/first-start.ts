import type { EventOf } from '../../evidence/event.ts'
import { placedOfTask } from '../../evidence/event-index.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from './context.ts'

/**
 * The start at which the current work on a task began. If the text of a task is clarified, the task is started again, although its tests
 * and code belong to the earlier start. A proof, a human's decision, or a text that asks for something else begins new work.
 */
export function firstStart(
  { ledger }: Pick<Context, 'ledger'>,
  { task, start }: { task: Task; start: EventOf<'start'> },
): EventOf<'start'> {
  let first = start
  const events = placedOfTask(ledger.events, task.id).map(({ event }) => event)
  const end = events.findIndex(({ hash }) => hash === start.hash)
  for (const event of events.slice(0, end).toReversed()) {
    if (event.kind === 'done' || event.kind === 'reopened' || event.kind === 'waived') break
    if (event.kind !== 'start') continue
    if (!isClarified(event, start)) break
    first = event
  }
  return first
}

/** Whether the new text names at least the same files and shares at least half of its words with the old one. */
function isClarified(before: EventOf<'start'>, now: EventOf<'start'>): boolean {
  const names = now.names ?? []
  const [words, kept] = [wordsOf(before.title), new Set(wordsOf(now.title))]
  return (
    before.provenAs === now.provenAs &&
    (before.names ?? []).every(file => names.includes(file)) &&
    words.length > 0 &&
    words.filter(word => kept.has(word)).length * 2 >= words.length
  )
}

/** Without paths, which are compared as files, and without the shortest words. */
function wordsOf(title: string): string[] {
  const words = title.toLowerCase().match(/[\p{L}\p{N}_./-]+/gu) ?? []
  return words.filter(word => word.length > 2 && !/[./]/.test(word))
}
