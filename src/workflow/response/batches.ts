import { batchOf, formatIds } from '../../plan/batches.ts'
import { formatList, limitLines } from '../../plan/format-list.ts'
import { oneLine } from '../../runner/safe-text.ts'
import type { Kind, Plan, Task } from '../../plan/plan.ts'
import { testGroupInText, testGroupOfFile } from '../../plan/test-group.ts'
import type { Context } from '../context/context.ts'
import { phaseTitle } from './messages.ts'
import { phaseOf } from '../context/phases.ts'
import { scheduleState } from '../context/schedule-state.ts'

/** The message with the first task of a parallel batch: which tasks may be worked on at the same time. */
export function batchStart(context: Context, task: Task, alsoReady: readonly string[]): string[] {
  const batch = batchOf(context.plan, task.id)
  if (!batch || batch.some(id => context.histories.get(id)?.start)) return []
  const startable = batch.filter(id => id === task.id || alsoReady.includes(id))
  if (startable.length < 2) return []
  const kind = kindPhrase(startable.flatMap(id => context.tasks.get(id) ?? []))
  const ids = formatIds(context.plan, startable).replace(/, (?=[^,]*$)/, ' and ')
  return [`[${ids} can be done in parallel${kind === '' ? '' : ` - ${kind}`}]`]
}

/** The messages after the last task of a batch or a phase, if that task is done or has failed. */
export function batchEnd(context: Context, task: Task): string[] {
  const endings = endingsOf(context)
  const batch = batchOf(context.plan, task.id)
  const counted = (batch ?? []).filter(id => endings(id) !== 'dropped')
  const isOver = counted.length > 1 && counted.every(id => endings(id) !== 'open')
  return [
    ...(isOver ? batchSummary(context.plan, counted, endings) : []),
    ...failuresToReview(context, task, endings),
  ]
}

type Ending = 'done' | 'failed' | 'unverified' | 'dropped' | 'open'

function endingsOf(context: Context): (id: string) => Ending {
  const { statusOf } = scheduleState(context)
  return id => {
    const { settled, failed, unverified, other } = statusOf(id)
    if (settled) return 'done'
    if (unverified) return 'unverified'
    if (failed) return 'failed'
    return other ? 'dropped' : 'open'
  }
}

function batchSummary(
  plan: Plan,
  batch: readonly string[],
  endings: (id: string) => Ending,
): string[] {
  const withEnding = (ending: Ending) => batch.filter(id => endings(id) === ending)
  const [done, failed, unverified] = [
    withEnding('done'),
    withEnding('failed'),
    withEnding('unverified'),
  ]
  const lineFor = (ids: readonly string[], line: (ids: string) => string) =>
    ids.length > 0 ? [line(formatIds(plan, ids))] : []
  return [
    `Parallel batch complete: ${done.length}/${batch.length} succeeded, ${failed.length} failed`,
    ...lineFor(failed, ids => `✗ ${ids} failed (can be fixed and re-run independently)`),
    ...lineFor(unverified, ids => `⚠ ${ids} ticked by hand, not proven`),
    ...lineFor(done, ids => `✓ ${ids} completed successfully`),
  ]
}

/** Failures that did not halt the feature. A human reviews them when the other tasks of the phase are finished. */
function failuresToReview(context: Context, task: Task, endings: (id: string) => Ending): string[] {
  const phase = phaseOf(context.plan, task)
  if (!phase || phase.tasks.findLast(id => endings(id) === 'open') !== undefined) return []
  const failed = phase.tasks.filter(id => endings(id) === 'failed')
  const parallel = failed.every(id => context.histories.get(id)?.failed?.effect === 'continues')
  if (!parallel || failed.length === 0) return []
  return [
    `The other tasks of ${phaseTitle(phase.name)} are finished. Review these failures before the next phase:`,
    ...limitLines(
      failed.map(id => failureLine(context, id)),
      MAX_FAILURES,
    ),
  ]
}

const MAX_FAILURES = 5

/** A failed task with its title and the first line of the reported error. */
export function failureLine(context: Context, id: string): string {
  const error = context.histories.get(id)?.failed?.error ?? ''
  return oneLine(`✗ ${id} ${context.tasks.get(id)?.title ?? ''}: ${error.slice(0, 200)}`)
}

/** What the tasks have in common: the groups of their tests, the folder of their files, or their kind. */
function kindPhrase(tasks: readonly Task[]): string {
  const phrases = new Set(tasks.map(({ kind }) => KIND_PHRASES[kind]))
  const [phrase = ''] = phrases
  if (phrases.size > 1) return ''
  if (phrase === 'tests') return `${formatList(groupsOf(tasks))} tests`.trimStart()
  const folders = new Set(tasks.map(({ files }) => files[0]?.split('/').slice(0, -1).join('/')))
  const [folder = ''] = folders
  const name = folder.split('/').at(-1) ?? ''
  return folders.size > 1 || ['', 'src', 'lib', 'app'].includes(name) ? phrase : name
}

function groupsOf(tasks: readonly Task[]): string[] {
  const groups = tasks.map(
    ({ title, files }) => testGroupOfFile(files[0] ?? '') ?? testGroupInText(title) ?? '',
  )
  return groups.includes('') ? [] : [...new Set(groups)]
}

const KIND_PHRASES: Record<Kind, string> = {
  build: 'implementation',
  test: 'tests',
  cover: 'tests',
  refactor: 'refactoring',
  check: 'checks',
  person: 'for a human',
}
