import type { Framework } from '../../runner/framework.ts'
import { customFramework } from '../../runner/frameworks/custom.ts'
import { detectFramework, frameworks } from '../../runner/frameworks/index.ts'
import { packageOf, rootPackage, type Package } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** A test framework in a package. */
export interface TestRunner {
  framework: Framework
  package: Package
  /** What the framework was recognized by, as a phrase. */
  evidence: string
}

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

/** What a test runner is found by. */
export type ProjectContext = Pick<Context, 'workspace' | 'settings' | 'reader'> &
  Partial<Pick<Context, 'ledger'>>

/**
 * The test runner of a file. Without a file: the one of the root package or, if it has none, of a test file in the ledger.
 * `undefined` if none is found.
 */
export function findTestRunner(context: ProjectContext, file?: string): TestRunner | undefined {
  if (file === undefined) {
    const atRoot = testRunnerIn(context, rootPackage(context.workspace))
    const [known] = atRoot ? [] : filesRun(context)
    return known === undefined ? atRoot : findTestRunner(context, known)
  }
  return testRunnerIn(context, packageOf(context.workspace, file), file)
}

function testRunnerIn(
  context: ProjectContext,
  own: Package,
  file?: string,
): TestRunner | undefined {
  const { tests } = context.settings.commands
  if (tests !== undefined && 'file' in tests) {
    const root = rootPackage(context.workspace)
    return { framework: customFramework(tests), evidence: SETTINGS_FILE, package: root }
  }
  const content = file === undefined ? undefined : context.reader.read(file)
  const found = detectFramework(own.view, {
    ...(tests !== undefined && { prefer: tests.framework }),
    ...(file !== undefined && { testFile: file }),
    ...(content !== undefined && { testContent: content }),
  })
  return found && { framework: found.framework, evidence: found.because, package: own }
}

/** Test files that the feature's ledger knows and that still exist. */
export function filesRun(context: ProjectContext): string[] {
  const known = (context.ledger?.events ?? []).flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return [...new Set(known)].filter(file => context.reader.exists(file))
}

export function isSame(one: TestRunner, other: TestRunner): boolean {
  return one.framework === other.framework && one.package.folder === other.package.folder
}
