import type { Layer } from '../../store/checkout/overlay.ts'
import { openScratch, type Checkout, type Scratch } from '../../store/checkout/checkout.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { runProcess } from '../../runner/run.ts'
import type { Desk } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { termsOf } from '../testing/run-options.ts'
import { fenced } from '../testing/verdict-refusal.ts'
import type { Kept } from '../testing/snapshots.ts'

/** Sources of before, with some files as they are now; a run there changes nothing in the workspace. */
export async function aside<T>(
  desk: Desk,
  kept: Kept,
  overlay: (file: string) => Layer,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const now = await takeTree(desk.workspace)
  const scratch = await checkOut(desk, { ...kept, now, overlay }, now)
  try {
    await install(desk, scratch)
    return await work(scratch)
  } finally {
    await scratch.close()
  }
}

/** As `aside`; `undefined` where that cannot be seen: git does not have those sources, or they cannot be prepared. */
export async function asideIfKept<T>(
  ...terms: Parameters<typeof aside<T>>
): Promise<T | undefined> {
  try {
    return await aside(...terms)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function checkOut(desk: Desk, checkout: Checkout, now: Tree): Promise<Scratch> {
  const { prepare } = desk.settings.commands
  const scratch = await openScratch(desk.workspace, {
    ...checkout,
    // Other dependencies than those of now have to be installed; a lent folder would be written into.
    lend: tree => prepare === undefined || sameDependencies(tree, now),
  })
  if (!scratch) throw notThere()
  return scratch
}

const LOCK_FILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|requirements[\w-]*\.txt|Gemfile\.lock|composer\.lock)$/

function sameDependencies(tree: Tree, now: Tree): boolean {
  const files = new Set([...Object.keys(tree.files), ...Object.keys(now.files)])
  return [...files]
    .filter(file => LOCK_FILE.test(file))
    .every(file => tree.files[file] === now.files[file])
}

async function install(desk: Desk, scratch: Scratch): Promise<void> {
  const argv = desk.settings.commands.prepare
  if (argv === undefined || scratch.lent) return
  desk.call.note(`preparing a checkout: ${argv.join(' ')}`)
  const end = await runProcess({ argv, cwd: scratch.root, ...termsOf(desk) })
  if (end.end === 'exited' && end.exitCode === 0) return
  desk.call.signal.throwIfAborted()
  throw new Refusal(
    'check_fails',
    `${argv.join(' ')} (commands.prepare) failed in a checkout of the sources of before, so nothing was run there.`,
    'Mend the command, or take it out: installed dependencies are then lent from the workspace.',
    fenced(end.reason ?? end.output),
  )
}

function notThere(): Refusal {
  return new Refusal(
    'no_git',
    'Git does not have the sources of before as they were recorded, so nothing was run.',
    "To get what another clone has kept: git fetch origin 'refs/redgreen/*:refs/redgreen/*'.",
  )
}
