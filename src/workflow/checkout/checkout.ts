import { runProcess } from '../../runner/run.ts'
import {
  openCheckout,
  type CheckoutRequest,
  type TemporaryCheckout,
} from '../../store/checkout/checkout.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { referencesToWorkspace } from '../../store/checkout/workspace-references.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { Unverifiable } from '../testing/own-sources.ts'
import { runOptions } from '../testing/project-command.ts'
import type { StoredSnapshot } from '../testing/snapshots.ts'
import { outputBlock } from '../testing/verdict-refusal.ts'

/**
 * Restores a snapshot into a temporary checkout, overlays it with current files, and does `work` there. The workspace is not touched.
 * Refuses if git does not have the snapshot or its dependencies cannot be installed. `isPrepared`: run the command `prepare` of the
 * settings there, even if linking the installed dependencies would be enough.
 */
export async function inCheckout<T>(
  context: Context,
  snapshot: StoredSnapshot,
  overlay: (file: string) => Layer,
  work: (checkout: TemporaryCheckout) => Promise<T>,
  { isPrepared = false } = {},
): Promise<T> {
  const now = await takeTree(context.workspace)
  const request = { ...snapshot, now, overlay }
  const checkout = await restore(context, request, now, isPrepared)
  try {
    await installDependencies(context, checkout)
    refuseWorkspaceSources(context, checkout)
    return await work(checkout)
  } finally {
    await checkout.close()
  }
}

/** Same as `inCheckout`, but returns `undefined` instead of a refusal. */
export async function inCheckoutIfAvailable<T>(
  ...args: Parameters<typeof inCheckout<T>>
): Promise<T | undefined> {
  try {
    return await inCheckout(...args)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function restore(
  context: Context,
  request: CheckoutRequest,
  now: Tree,
  isPrepared: boolean,
): Promise<TemporaryCheckout> {
  const { prepare } = context.settings.commands
  const checkout = await openCheckout(context.workspace, {
    ...request,
    // Other dependencies must be installed, and the install command would write through links into the workspace.
    linkAllowed: tree => prepare === undefined || (!isPrepared && hasSameLockFiles(tree, now)),
  })
  if (!checkout) throw snapshotMissing()
  return checkout
}

const LOCK_FILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|requirements[\w-]*\.txt|Gemfile\.lock|composer\.lock)$/

function hasSameLockFiles(tree: Tree, now: Tree): boolean {
  const files = new Set([...Object.keys(tree.files), ...Object.keys(now.files)])
  return [...files]
    .filter(file => LOCK_FILE.test(file))
    .every(file => tree.files[file] === now.files[file])
}

async function installDependencies(context: Context, checkout: TemporaryCheckout): Promise<void> {
  const argv = context.settings.commands.prepare
  if (argv === undefined || checkout.linked) return
  context.call.note(`preparing a checkout: ${argv.join(' ')}`)
  const end = await runProcess({ argv, cwd: checkout.root, ...runOptions(context) })
  if (end.end === 'exited' && end.exitCode === 0) return
  context.call.signal.throwIfAborted()
  throw new Refusal(
    'check_fails',
    `${argv.join(' ')} (commands.prepare) failed in a checkout of earlier sources, so nothing was run there.`,
    'Fix the command, or ask a human to remove it from the settings: the installed dependencies of the workspace are then used.',
    outputBlock(end.reason ?? end.output),
  )
}

function refuseWorkspaceSources({ workspace }: Context, { root, tree }: TemporaryCheckout): void {
  const [first] = referencesToWorkspace(workspace, root, tree)
  if (first === undefined) return
  throw new Unverifiable(
    `In a checkout of earlier sources, tests would run with the current sources of the workspace: ${first}.`,
    'Use a path that is relative to the project there.',
  )
}

function snapshotMissing(): Refusal {
  return new Refusal(
    'no_git',
    'Git does not have the recorded earlier sources, so nothing was run.',
    "To get the snapshots that another clone pushed: git fetch origin 'refs/redgreen/*:refs/redgreen/*'.",
  )
}
