import type { Layer } from '../../store/checkout/overlay.ts'
import {
  openCheckout,
  type CheckoutRequest,
  type TemporaryCheckout,
} from '../../store/checkout/checkout.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { runProcess } from '../../runner/run.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { runOptions } from '../testing/run-options.ts'
import { codeBlock } from '../testing/verdict-refusal.ts'
import type { StoredSnapshot } from '../testing/snapshots.ts'

/** Sources of before, with some files as they are now; a run there changes nothing in the workspace. */
export async function inCheckout<T>(
  context: Context,
  kept: StoredSnapshot,
  overlay: (file: string) => Layer,
  work: (checkout: TemporaryCheckout) => Promise<T>,
): Promise<T> {
  const now = await takeTree(context.workspace)
  const checkout = await checkOut(context, { ...kept, now, overlay }, now)
  try {
    await install(context, checkout)
    return await work(checkout)
  } finally {
    await checkout.close()
  }
}

/** As `aside`; `undefined` where that cannot be seen: git does not have those sources, or they cannot be prepared. */
export async function inCheckoutIfAvailable<T>(
  ...terms: Parameters<typeof inCheckout<T>>
): Promise<T | undefined> {
  try {
    return await inCheckout(...terms)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function checkOut(
  context: Context,
  request: CheckoutRequest,
  now: Tree,
): Promise<TemporaryCheckout> {
  const { prepare } = context.settings.commands
  const checkout = await openCheckout(context.workspace, {
    ...request,
    // Other dependencies than those of now have to be installed; a lent folder would be written into.
    linkAllowed: tree => prepare === undefined || sameDependencies(tree, now),
  })
  if (!checkout) throw notThere()
  return checkout
}

const LOCK_FILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|requirements[\w-]*\.txt|Gemfile\.lock|composer\.lock)$/

function sameDependencies(tree: Tree, now: Tree): boolean {
  const files = new Set([...Object.keys(tree.files), ...Object.keys(now.files)])
  return [...files]
    .filter(file => LOCK_FILE.test(file))
    .every(file => tree.files[file] === now.files[file])
}

async function install(context: Context, checkout: TemporaryCheckout): Promise<void> {
  const argv = context.settings.commands.prepare
  if (argv === undefined || checkout.linked) return
  context.call.note(`preparing a checkout: ${argv.join(' ')}`)
  const end = await runProcess({ argv, cwd: checkout.root, ...runOptions(context) })
  if (end.end === 'exited' && end.exitCode === 0) return
  context.call.signal.throwIfAborted()
  throw new Refusal(
    'check_fails',
    `${argv.join(' ')} (commands.prepare) failed in a checkout of the sources of before, so nothing was run there.`,
    'Mend the command, or take it out: installed dependencies are then lent from the workspace.',
    codeBlock(end.reason ?? end.output),
  )
}

function notThere(): Refusal {
  return new Refusal(
    'no_git',
    'Git does not have the sources of before as they were recorded, so nothing was run.',
    "To get what another clone has kept: git fetch origin 'refs/redgreen/*:refs/redgreen/*'.",
  )
}
