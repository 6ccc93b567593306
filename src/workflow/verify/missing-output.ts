import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EventOf } from '../../evidence/event.ts'
import type { LoadError, Outcome } from '../../evidence/outcome.ts'
import { git } from '../../store/git.ts'
import { plainPath } from '../../store/literal-path.ts'
import { toSlashes } from '../../store/workspace.ts'
import { inCheckout } from '../checkout/checkout.ts'
import type { Context } from '../context/context.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'

/**
 * Why tests could not be loaded in a checkout for a reason that says nothing about its sources, as a clause: they need a file
 * that git ignores, such as the output of a build, or do not load with the current sources in a checkout either, although they
 * do in the workspace.
 */
export async function missingOutput(
  context: Context,
  testRunner: TestRunner,
  event: EventOf<'red'> | EventOf<'green'>,
  { outcome, root }: { outcome: Outcome; root: string },
): Promise<string | undefined> {
  if (outcome.loadErrors.length === 0) return undefined
  const ignored = await ignoredFile(context, outcome.loadErrors, root)
  if (ignored !== undefined)
    return `its tests need ${ignored}, which git ignores, so that no snapshot has it; ${REMEDY}`
  if (!(await needsTheWorkspace(context, testRunner, event))) return undefined
  return `its tests load in the workspace, but not in a checkout, with the current sources either; ${REMEDY}`
}

const REMEDY =
  'a human can set commands.prepare in the settings to a command that installs and builds what tests need'

async function ignoredFile(
  { workspace }: Context,
  loadErrors: readonly LoadError[],
  root: string,
): Promise<string | undefined> {
  for (const { file, missing, missingFrom } of loadErrors) {
    const place = placeOf(missingFrom ?? missing ?? '', path.join(root, file))
    const relative = place === undefined ? '' : toSlashes(path.relative(root, place))
    if (relative === '' || relative.startsWith('..') || DEPENDENCY.test(relative)) continue
    if (
      (await git(workspace, ['check-ignore', '--quiet', '--', plainPath(relative)])) !== undefined
    )
      return relative
  }
  return undefined
}

/** A missing dependency is not build output. */
const DEPENDENCY = /(^|\/)(node_modules|\.?venv|vendor)\//

/** The absolute path that a module is missing at; `undefined` for the name of a package. */
function placeOf(missing: string, from: string): string | undefined {
  if (missing.startsWith('file:')) return URL.canParse(missing) ? localPath(missing) : undefined
  if (path.isAbsolute(missing)) return missing
  return missing.startsWith('.') ? path.resolve(path.dirname(from), missing) : undefined
}

function localPath(url: string): string | undefined {
  return new URL(url).host === '' ? fileURLToPath(url) : undefined
}

async function needsTheWorkspace(
  context: Context,
  testRunner: TestRunner,
  event: EventOf<'red'> | EventOf<'green'>,
): Promise<boolean> {
  const snapshot = storedSnapshot(event)
  const files = Object.keys(event.files).filter(file => context.reader.exists(file))
  if (!snapshot || files.length === 0) return false
  const request = { files, names: [] }
  const here = await runTestsAt(context, testRunner, context.workspace.root, request)
  if (here.outcome.loadErrors.length > 0 || here.outcome.end !== 'complete') return false
  return inCheckout(
    context,
    snapshot,
    () => true,
    async ({ root }) => {
      const { outcome } = await runTestsAt(context, testRunner, root, request)
      return outcome.loadErrors.length > 0
    },
  )
}
