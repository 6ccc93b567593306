import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { decidesValidation } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import { git } from '../../store/git.ts'
import { literalPath } from '../../store/literal-path.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import { loadTree } from '../../store/saved-trees.ts'
import type { Context } from '../context/context.ts'
import type { Finding } from './finding.ts'

/**
 * Whether the validated files are still the current ones. A change in a later commit is normal and gets a note. Before the validation is
 * committed or other work has started, a change is part of the same work: a finding, which another validation resolves.
 */
export async function changedSinceValidation(
  context: Context,
): Promise<{ findings: Finding[]; notes: string[] }> {
  const validation = lastEvent(context.ledger.events, 'validation')
  const none = { findings: [], notes: [] }
  if (!validation?.passed) return none
  const now = await takeTree(context.workspace)
  if (treesOf(validation).includes(now.hash)) return none
  const files = await changedFiles(context, validation, now)
  const [first] = files
  if (first === undefined) return none
  const text = `The validated files are not these: ${formatList(files, MAX_LISTED)} changed after the validation of ${validation.at}. run_validation checks the current files.`
  return (await isLatestWork(context, validation))
    ? { findings: [{ path: first, line: 1, text }], notes: [] }
    : { findings: [], notes: [text] }
}

function treesOf({ tree, after, finished }: EventOf<'validation'>): (string | undefined)[] {
  return [tree, after, finished?.tree]
}

/** Code, tests and configuration that changed since: by the clone that validated, or else by the commits of the branch. */
async function changedFiles(
  { workspace, state, key }: Context,
  validation: EventOf<'validation'>,
  now: Tree,
): Promise<string[]> {
  const trees = treesOf(validation).flatMap(hash => (hash && loadTree(state, hash)) || [])
  const validated = trees.at(-1)
  if (validated) return changedPaths(validated, now).filter(decidesValidation)
  const folder = literalPath(`.redgreen/ledger/${key}`)
  const found = await git(workspace, ['log', '--format=%H', `-S${validation.hash}`, '--', folder])
  const commit = found?.trim().split('\n').at(-1)
  if (!commit) return []
  const changed = await git(workspace, ['diff', '--name-only', '--relative', '-z', commit])
  return (changed ?? '').split('\0').filter(file => file !== '' && decidesValidation(file))
}

/** True while the validation is not committed and nothing was recorded after it, for any feature. */
async function isLatestWork(
  { workspace, state, key, ledger }: Context,
  { at, hash }: EventOf<'validation'>,
): Promise<boolean> {
  if (ledger.events.at(-1)?.hash !== hash) return false
  const others = featuresRecorded(state).filter(feature => feature !== key)
  if (others.some(feature => (readLedger(state, feature).events.at(-1)?.at ?? '') > at))
    return false
  const status = ['status', '--porcelain', '--untracked-files=all']
  const changed = await git(workspace, [...status, '--', literalPath(`.redgreen/ledger/${key}`)])
  return Boolean(changed)
}

const MAX_LISTED = 5
