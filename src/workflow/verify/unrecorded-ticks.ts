import type { Event } from '../../evidence/event.ts'
import { historiesOf } from '../../evidence/history.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { isShallow } from '../../store/branch-stamp.ts'
import { commitBeforeUse } from '../../store/commit-before-use.ts'
import { textInCommit } from '../../store/commit-text.ts'
import { git } from '../../store/git.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import type { Workspace } from '../../store/workspace.ts'
import { featureNamesIn } from '../context/choose-feature.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { loadFiles } from '../context/load-context.ts'
import { Refusal } from '../context/refusal.ts'
import { unprovenRemedy, unprovenTicks } from '../context/unproven-ticks.ts'

/**
 * Boxes of plans on which nothing was recorded. Those that were ticked before the project used this server need no evidence; a plan
 * that was ticked later went past it.
 */

/** The features without a ledger that have boxes which were ticked later. */
export async function featuresTickedUnrecorded(
  call: Call,
  recorded: readonly string[],
): Promise<string[]> {
  const active = await contextOf({ ...call, feature: undefined })
  const names = new Set([...(await featureNamesIn(call.root)), ...(active ? [active.key] : [])])
  const ticked: string[] = []
  for (const feature of names) {
    if (recorded.includes(feature)) continue
    const context = await contextOf({ ...call, feature })
    if (context && (await unrecordedTicks(context)).later.length > 0) ticked.push(feature)
  }
  return ticked
}

/** `undefined` if the plan cannot be read, or if there is none. */
async function contextOf(call: Call): Promise<Context | undefined> {
  try {
    return await loadFiles(call)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The ticked boxes of a plan on which nothing was recorded, by the ids of their tasks. */
export interface UnrecordedTicks {
  all: string[]
  /** Those that were ticked since the project uses this server. A task that the plan proved under another name is none. */
  later: string[]
}

export async function unrecordedTicks(context: Context): Promise<UnrecordedTicks> {
  const all = unprovenTicks(context)
  const commit = all.length > 0 ? await commitBeforeUse(context.workspace) : undefined
  if (commit === undefined) return { all, later: [] }
  const known = new Set([
    ...(await tickedIn(context, commit)),
    ...(await provenUnderOtherNames(context)),
  ])
  const later = all.filter(id => {
    const task = context.tasks.get(id)
    return task !== undefined && !known.has(nameOf(task))
  })
  return { all, later }
}

/** The tasks that were done in a commit, by the files of the plan as they were then. */
async function tickedIn(context: Context, commit: string): Promise<string[]> {
  const { workspace, reader, dialect, candidate } = context
  const files = new Set([candidate.tasks, ...context.planTexts.keys()])
  const texts = new Map<string, string | undefined>()
  for (const file of files) texts.set(file, await textInCommit(workspace, commit, file))
  const earlier = {
    ...reader,
    read: (file: string) => (texts.has(file) ? texts.get(file) : reader.read(file)),
    exists: (file: string) =>
      texts.has(file) ? texts.get(file) !== undefined : reader.exists(file),
  }
  if (texts.get(candidate.tasks) === undefined) return []
  try {
    const { tasks } = dialect.read(earlier, candidate)
    return tasks.filter(({ markers }) => markers[0]?.state === 'done').map(nameOf)
  } catch {
    // The plan could not be read at that commit. Without proof, no finding is reported.
    return [...context.tasks.values()].map(nameOf)
  }
}

/** Tasks that are done in a ledger whose plan is gone: it may have been renamed. */
async function provenUnderOtherNames({ state, key, call, reader }: Context): Promise<string[]> {
  const present = new Set([key, ...(await featureNamesIn(call.root))])
  return featuresRecorded(state)
    .filter(feature => !present.has(feature) && !reader.exists(feature))
    .flatMap(feature => provenIn(readLedger(state, feature).events))
}

function provenIn(events: readonly Event[]): string[] {
  return [...historiesOf(events)].flatMap(([id, { start, done }]) =>
    start && done ? [nameOf({ id, title: start.title })] : [],
  )
}

/** Includes the title, because the next feature may use the same id. */
function nameOf({ id, title }: Pick<Task, 'id' | 'title'>): string {
  return `${id}\n${title}`
}

/** What a reader should know about such a plan. */
export async function unrecordedNotes(
  context: Context,
  { all, later }: UnrecordedTicks,
): Promise<string[]> {
  const { workspace } = context
  const [first] = later
  return [
    ...(all.length > 0 && (await isIgnored(workspace))
      ? [
          'Git ignores .redgreen/ledger, so no evidence is committed. Remove it from .gitignore, and commit the folder.',
        ]
      : []),
    ...(first === undefined ? [] : [unprovenRemedy(context, first)]),
    ...(later.length < all.length && isShallow(workspace.root)
      ? [
          `This shallow clone does not show whether ${formatList(all, 5)} were ticked before the project used redgreen (use fetch-depth: 0).`,
        ]
      : []),
  ]
}

async function isIgnored(workspace: Workspace): Promise<boolean> {
  const place = '.redgreen/ledger/feature/file.jsonl'
  return (
    (await git(workspace, ['check-ignore', '--quiet', '--no-index', '--', place])) !== undefined
  )
}
