import { batchOf, formatIds } from '../../plan/batches.ts'
import type { Kind, Plan, Task } from '../../plan/plan.ts'
import { testGroupInText, testGroupOfFile } from '../../plan/test-group.ts'
import type { Context } from '../context/context.ts'
import { phaseTitle } from './messages.ts'
import { phaseOf } from '../context/phases.ts'
import { scheduleState } from '../context/schedule-state.ts'

/** What is said when the first task of a batch is handed out: which ones may be worked on at the same time. */
export function batchStart(context: Context, task: Task, alsoReady: readonly string[]): string[] {
  const batch = batchOf(context.plan, task.id)
  if (!batch || batch.some(id => context.histories.get(id)?.start)) return []
  const now = batch.filter(id => id === task.id || alsoReady.includes(id))
  if (now.length < 2) return []
  const kind = kindPhrase(now.flatMap(id => context.tasks.get(id) ?? []))
  return [`[Running ${formatIds(context.plan, now)} in parallel${kind === '' ? '' : ` - ${kind}`}]`]
}

/** What is said when a task is done or has failed, and nothing of its batch, or of its phase, is left to do. */
export function batchEnd(context: Context, task: Task): string[] {
  const states = endings(context)
  const batch = batchOf(context.plan, task.id)
  const counted = (batch ?? []).filter(id => states(id) !== 'dropped')
  const over = counted.length > 1 && counted.every(id => states(id) !== 'open')
  return [...(over ? summary(context.plan, counted, states) : []), ...review(context, task, states)]
}

type Ending = 'done' | 'failed' | 'claimed' | 'dropped' | 'open'

function endings(context: Context): (id: string) => Ending {
  const { statusOf: status } = scheduleState(context)
  return id => {
    const { settled, failed, unverified: claimed, other } = status(id)
    if (settled) return 'done'
    if (claimed) return 'claimed'
    if (failed) return 'failed'
    return other ? 'dropped' : 'open'
  }
}

function summary(plan: Plan, batch: readonly string[], ending: (id: string) => Ending): string[] {
  const [done, failed, claimed] = (['done', 'failed', 'claimed'] as const).map(wanted =>
    batch.filter(id => ending(id) === wanted),
  )
  const told = (ids: readonly string[] = [], line: (ids: string) => string) =>
    ids.length > 0 ? [line(formatIds(plan, ids))] : []
  return [
    `Parallel batch complete: ${done?.length}/${batch.length} succeeded, ${failed?.length} failed`,
    ...told(failed, ids => `✗ ${ids} failed (can be fixed and re-run independently)`),
    ...told(claimed, ids => `⚠ ${ids} ticked by hand, and never seen to be done`),
    ...told(done, ids => `✓ ${ids} completed successfully`),
  ]
}

/** Failures that stopped nobody are looked at when the rest of their phase is over. */
function review(context: Context, task: Task, ending: (id: string) => Ending): string[] {
  const phase = phaseOf(context.plan, task)
  const failed = phase?.tasks.filter(id => ending(id) === 'failed') ?? []
  const over = phase?.tasks.every(id => ending(id) !== 'open') ?? false
  const parallel = failed.every(id => context.histories.get(id)?.failed?.effect === 'continues')
  if (!phase || !over || !parallel || failed.length === 0) return []
  return [
    `The rest of ${phaseTitle(phase.name)} is over. To be reviewed before the next phase:`,
    ...failed.slice(0, MOST).map(id => failureLine(context, id)),
    ...(failed.length > MOST ? [`… and ${failed.length - MOST} more`] : []),
  ]
}

/** A failed task with its title and what was reported. */
export function failureLine(context: Context, id: string): string {
  const error = context.histories.get(id)?.failed?.error ?? ''
  return `✗ ${id} ${context.tasks.get(id)?.title ?? ''}: ${error.split('\n', 1)[0]?.slice(0, 200)}`
}

/** What the tasks have in common: the groups of their tests, the folder of their files, or how they are proven. */
function kindPhrase(tasks: readonly Task[]): string {
  const kinds = new Set(tasks.map(({ kind }) => WORDS[kind]))
  const [kind = ''] = kinds
  if (kinds.size > 1) return ''
  if (kind === 'tests') return `${listed(groupsOf(tasks))} tests`.trimStart()
  const folders = new Set(tasks.map(({ files }) => files[0]?.split('/').slice(0, -1).join('/')))
  const [folder = ''] = folders
  const name = folder.split('/').at(-1) ?? ''
  return folders.size > 1 || ['', 'src', 'lib', 'app'].includes(name) ? kind : name
}

function groupsOf(tasks: readonly Task[]): string[] {
  const groups = tasks.map(
    ({ title, files }) => testGroupOfFile(files[0] ?? '') ?? testGroupInText(title) ?? '',
  )
  return groups.includes('') ? [] : [...new Set(groups)]
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last
}

const WORDS: Record<Kind, string> = {
  build: 'implementation',
  test: 'tests',
  cover: 'tests',
  check: 'checks',
  person: 'for a person',
}

const MOST = 5
