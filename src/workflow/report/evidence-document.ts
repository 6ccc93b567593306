import type { Event, EventOf } from '../../evidence/event.ts'
import type { History } from '../../evidence/history.ts'
import { nameOfTest } from '../../evidence/recorded-tests.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import { joinAsLines } from '../../runner/safe-text.ts'
import type { Context } from '../context/context.ts'
import { taskStates } from '../context/task-state.ts'
import type { TaskState } from '../context/evidence-state.ts'
import { detailOf } from './event-lines.ts'

/**
 * What the ledger says, in words: two lines for each task, what a human decided, and the validations. The raw events are other documents.
 */
export function evidenceDocument(context: Context): string {
  const { plan, ledger } = context
  const states = taskStates(context)
  const sessionOf = sessions(ledger.events)
  const tasks = plan.tasks.flatMap(({ id, title }) => {
    const history = context.histories.get(id)
    if (!history?.start && !history?.waived) return []
    const doubt = doubtOf(history, states.get(id))
    return [[`${id} ${title}: ${stateOf(history, sessionOf)}${doubt}`, ...proofLine(history)]]
  })
  const rest = plan.tasks.length - tasks.length
  const decisions = ledger.events.filter(event => !('task' in event) && !SILENT.has(event.kind))
  return joinAsLines([
    ...tasks.flat(),
    ...decisions.map(event => `${whenOf(event)} ${event.kind}: ${detailOf(event)}`),
    ...(rest > 0 ? [`Without evidence: ${rest} of ${countOf(plan.tasks.length, 'task')}.`] : []),
    'Times are UTC. The raw events, one JSON object a line, are in the documents evidence/TASK (one task) and raw-evidence (all).',
    '',
  ])
}

/** The state of a task, when it was reached, and by whom. */
function stateOf(history: History, sessionOf: SessionOf): string {
  const { stage, start, red, green, done, waived, failed } = history
  if (waived) return `waived ${whenOf(waived)} ${detailOf(waived)}`
  if (failed) return `failed ${whenOf(failed)} by ${sessionOf(failed)}: ${failed.error}`
  const last = { todo: start, red, green, done }[stage] ?? start
  const name = stage === 'todo' ? 'started' : stage
  if (!last) return name
  const by = done?.confirmedBy === undefined ? sessionOf(last) : `${done.confirmedBy} (a human)`
  return `${name} ${whenOf(last)} by ${by}${start ? `, proven as ${start.provenAs}` : ''}`
}

/** Why a proof does not count any more. */
function doubtOf({ stage }: History, state: TaskState | undefined): string {
  if (stage !== 'done' || !state || state.stage === 'done' || state.waived) return ''
  const why = state.changed === undefined ? 'its mark was removed' : 'the task was rewritten'
  return ` (no longer counts: ${why})`
}

/** What failed, what passed, and the suite. */
function proofLine({ red, green, mutation, suite }: History): string[] {
  const failed = (red?.tests ?? []).filter(({ outcome }) => outcome !== 'passed')
  const names = failed.map(test => `"${nameOfTest(test)}"`)
  const hasTests = (green?.tests.length ?? 0) > 0
  const parts = [
    ...(red ? [`RED ${detailOf(red)}${inBrackets(formatList(names, MAX_NAMES))}`] : []),
    ...(green ? [`${hasTests ? 'GREEN' : 'Checked'} ${detailOf(green)}`] : []),
    ...(mutation ? [`Mutation check ${detailOf(mutation)}`] : []),
    ...(suite ? [`Suite ${detailOf(suite)}${areExpected(suite) ? ' as expected' : ''}`] : []),
  ]
  return parts.length > 0 ? [`  ${parts.join('. ')}.`] : []
}

const MAX_NAMES = 2

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`
}

/** True if the code of every failed test is not written yet. */
function areExpected({ counts, failing }: EventOf<'suite'>): boolean {
  return counts.failed + counts.errored > 0 && failing.length === 0
}

/** Events of the feature that only the server needs. */
const SILENT: ReadonlySet<Event['kind']> = new Set(['ids', 'baseline', 'findings'])

type SessionOf = (event: Pick<Event, 'by'>) => string

/** Names the callers by number, because the ledger has only tags that say nothing. */
function sessions(events: readonly Event[]): SessionOf {
  const tags = [...new Set(events.map(({ by }) => by))]
  return ({ by }) => `session ${tags.indexOf(by) + 1}`
}

function whenOf({ at }: Pick<Event, 'at'>): string {
  return at.slice(0, 16).replace('T', ' ')
}
