import { frameworks } from '../../runner/frameworks/index.ts'
import { languageOf } from '../../runner/languages.ts'
import { withCachedListings } from '../../runner/folder-listings.ts'
import { scriptWith } from '../../runner/test-script/package-script.ts'
import { cachedForTurn } from '../../store/turn-cache.ts'
import { packagesAround, rootPackage } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { filesRun, runnerIn, type ProjectContext, type TestRunner } from './package-runner.ts'
import { projectSuite } from './suite-runners.ts'

/** The test runner of a file, or of the whole workspace. Refuses if none is found. */
export function requireTestRunner(context: Context, file?: string): TestRunner {
  const found = findTestRunner(context, file)
  if (found) return found
  const known = frameworks.map(framework => framework.name).join(', ')
  throw new Refusal(
    'no_command',
    `No test runner was found${file === undefined ? '' : ` for ${file}`}. Supported are ${known}.`,
    `Nothing was run. Install one of them in the project, or ask a human to set commands.tests.framework, or another command under commands.tests, in ${SETTINGS_FILE}.`,
  )
}

/**
 * The test runner of a file. Without a file: the one of the root package or, if it has none, of a test file in the ledger.
 * `undefined` if none is found.
 */
export function findTestRunner(context: ProjectContext, file?: string): TestRunner | undefined {
  return file === undefined
    ? projectRunner(context)
    : withCachedListings(() => findRunner(context, file))
}

const projectRunner = cachedForTurn((context: ProjectContext) =>
  withCachedListings(() => findRunner(context)),
)

function findRunner(context: ProjectContext, file?: string): TestRunner | undefined {
  if (file === undefined) {
    const atRoot =
      projectSuite(context).testRunners[0] ?? runnerIn(context, rootPackage(context.workspace))
    const [known] = atRoot ? [] : filesRun(context)
    return known === undefined ? atRoot : findRunner(context, known)
  }
  const around = packagesAround(context.workspace, file)
  const [nearest = rootPackage(context.workspace)] = around
  const found = runnerIn(context, nearest, file)
  // A package without tests of its own is tested by the one around it.
  if (!found) return first(around, own => runnerIn(context, own, file))
  const { framework } = found
  const owner = around.find(
    ({ view }) => framework.detect(view) ?? scriptWith(view.manifest, framework.name),
  )
  return owner && languageOf(file) === 'javascript' ? { ...found, package: owner } : found
}

function first<T, R>(all: readonly T[], look: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = look(one)
    if (found !== undefined) return found
  }
  return undefined
}

/** The runner of a recorded run. */
export function testRunnerOf(context: Context, run: { files: Record<string, string> }): TestRunner {
  return requireTestRunner(context, Object.keys(run.files)[0])
}
