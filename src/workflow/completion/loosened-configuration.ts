import type { Event } from '../../evidence/event.ts'
import {
  changedKeys,
  isApprovedByHuman,
  checkConfigurationAt,
  olderTestOf,
  type CheckConfiguration,
} from '../../evidence/check-configuration.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { ConfigurationKind } from '../../runner/configuration-kind.ts'
import { kindsOfKey, withCheckConfigurationOf } from '../../runner/check-configuration.ts'
import { withoutSuppressions } from '../../runner/suppressions.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { takeTree } from '../../store/tree.ts'
import { channelHint } from '../approval/remote-channels.ts'
import { inCheckoutIfAvailable } from '../checkout/checkout.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { HumanNeeded } from '../context/refusal.ts'
import { withTransaction } from '../context/transaction.ts'
import {
  currentCheckConfiguration,
  isSuppression,
  checkConfigurationField,
} from '../testing/check-configuration.ts'
import { runCommand } from '../testing/project-command.ts'
import { storedSnapshot, type StoredSnapshot } from '../testing/snapshots.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { type CheckRefusal, CHECK_PREFIX, refusalsOfTask, failedGates } from './check-refusals.ts'

/** Records that a check refused the task, so that a later change of its configuration is noticed. */
export async function recordCheckRefusal(
  { call, workspace }: Context,
  task: Task,
  judge: string,
  command: string[],
): Promise<void> {
  const tree = await takeTree(workspace)
  await withTransaction(
    call,
    async context =>
      await record(context, {
        kind: 'refused',
        task: task.id,
        judge,
        command,
        settings: context.settings.hash,
        ...checkConfigurationField(context, await currentCheckConfiguration(context, tree)),
      }),
  )
}

/**
 * Refuses work that a linter, type checker or check accepts only because its configuration was changed after it had refused.
 * A change after which the earlier configuration would accept the work too, such as a stricter rule, needs no human.
 */
export async function refuseLoosenedConfiguration(context: Context, task?: Task): Promise<void> {
  const { events } = context.ledger
  const refusals = task ? refusalsOfTask(events, task) : failedGates(events)
  if (refusals.length === 0) return
  const now = await currentCheckConfiguration(context, await takeTree(context.workspace))
  for (const refusal of refusals) {
    if (isGone(context, refusal)) throw loosened(context, task, refusal, [])
    const changed = changedAfter(events, refusal, now)
    if (changed.length === 0 || (await acceptsAsBefore(context, refusal, changed))) continue
    throw loosened(context, task, refusal, changed)
  }
}

/** The linter or type checker refused, and the project no longer has one. */
function isGone(context: Context, { judge, event }: CheckRefusal): boolean {
  if (judge !== 'lint' && judge !== 'types') return false
  const { events } = context.ledger
  const isApproved = events.slice(events.indexOf(event)).some(later => later.kind === 'approved')
  return toolchainOf(context)[judge] === null && !isApproved
}

/** Keys of the check's configuration that changed after it refused, without those that a human has approved. */
function changedAfter(
  events: readonly Event[],
  { judge, event }: CheckRefusal,
  now: CheckConfiguration,
): string[] {
  const before = checkConfigurationAt(events, event)
  if (!before) return []
  return changedKeys(before, now).filter(
    key => decidesFor(judge, key) && !isApprovedByHuman(events, key, now[key], event),
  )
}

const KINDS: Record<string, readonly ConfigurationKind[]> = {
  lint: ['lint', 'format', 'script'],
  types: ['types', 'script'],
}

/** A named check may run any tool. Tests that changed are named elsewhere. */
function decidesFor(judge: string, key: string): boolean {
  if (olderTestOf(key) !== undefined) return false
  const kinds = KINDS[judge]
  return !kinds || kindsOfKey(key).some(kind => kinds.includes(kind))
}

/** Does the check accept the current files with its earlier configuration? It runs in a checkout. */
async function acceptsAsBefore(
  context: Context,
  { judge, command, event }: CheckRefusal,
  changed: readonly string[],
): Promise<boolean> {
  const snapshot = latestSnapshot(context.ledger.events, event)
  if (!snapshot) return false
  const suppressed = filesOf(changed.filter(isSuppression))
  const files = filesOf(changed.filter(key => !isSuppression(key)))
  const layerOf = (file: string): Layer => {
    if (suppressed.has(file)) return (_then, now) => withoutSuppressions(now)
    if (!files.has(file)) return true
    return file.endsWith('package.json')
      ? (then, now) => withCheckConfigurationOf(now, then)
      : false
  }
  const result = await inCheckoutIfAvailable(context, snapshot, layerOf, ({ root }) =>
    runCommand(context, judge.replace(CHECK_PREFIX, ''), command, root),
  )
  return result?.passed ?? false
}

function filesOf(keys: readonly string[]): Set<string> {
  return new Set(keys.map(key => key.replace(/#.*$/, '')))
}

/** The latest files before the check refused, if git has stored them. */
function latestSnapshot(events: readonly Event[], event: Event): StoredSnapshot | undefined {
  return events
    .slice(0, events.indexOf(event))
    .map(earlier =>
      'tree' in earlier && 'snapshot' in earlier ? storedSnapshot(earlier) : undefined,
    )
    .findLast(snapshot => snapshot !== undefined)
}

function loosened(
  context: Context,
  task: Task | undefined,
  { judge }: CheckRefusal,
  changed: readonly string[],
): HumanNeeded {
  const name = NAMES[judge] ?? `the ${judge}`
  const what = task ? task.id : 'the feature'
  return new HumanNeeded(
    { step: 'approve' },
    'settings_changed',
    changed.length > 0
      ? `${formatList(changed, MAX_LISTED)} changed after ${name} refused ${what}, and with the earlier version it still refuses.`
      : `The project has no ${judge === 'lint' ? 'linter' : 'type checker'} any more, after ${name} refused ${what}.`,
    task ? `${task.id} was not marked or recorded.` : 'Nothing was validated.',
    'Restore it and fix the code, or ask a human to confirm the change with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}

const MAX_LISTED = 5

const NAMES: Record<string, string> = { lint: 'the linter', types: 'the type checker' }
