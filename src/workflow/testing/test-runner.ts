import type { Framework } from '../../runner/framework.ts'
import { customFramework } from '../../runner/frameworks/custom.ts'
import { detectFramework, frameworks } from '../../runner/frameworks/index.ts'
import { packageOf, rootPackage, type Package } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** A framework at work in a package. */
export interface TestRunner {
  framework: Framework
  package: Package
  /** What decided the framework, as a phrase. */
  evidence: string
}

/** The framework of a test file, or of the whole workspace; refuses when none is known. */
export function requireTestRunner(context: Context, file?: string): TestRunner {
  const found = findTestRunner(context, file)
  if (found) return found
  const known = frameworks.map(framework => framework.name).join(', ')
  throw new Refusal(
    'no_command',
    `No test runner was found${file === undefined ? '' : ` for ${file}`}: this version knows ${known}.`,
    'Nothing was run. Install one of them in the project, or have a person name it in redgreen.config.json under commands.tests.framework, or a command of its own under commands.tests.',
  )
}

/** What a test runner is found by. */
export type ProjectContext = Pick<Context, 'workspace' | 'settings' | 'reader'> &
  Partial<Pick<Context, 'ledger'>>

/** As `benchFor`, but `undefined` where there is none. Without a file: of the root, else of a test that has been run before. */
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
  place: Package,
  file?: string,
): TestRunner | undefined {
  const { tests } = context.settings.commands
  if (tests !== undefined && 'file' in tests) {
    const root = rootPackage(context.workspace)
    return { framework: customFramework(tests), evidence: SETTINGS_FILE, package: root }
  }
  const content = file === undefined ? undefined : context.reader.read(file)
  const found = detectFramework(place.view, {
    ...(tests !== undefined && { prefer: tests.framework }),
    ...(file !== undefined && { testFile: file }),
    ...(content !== undefined && { testContent: content }),
  })
  return found && { framework: found.framework, evidence: found.because, package: place }
}

/** Test files that this feature's ledger knows and that are still there. */
export function filesRun(context: ProjectContext): string[] {
  const known = (context.ledger?.events ?? []).flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return [...new Set(known)].filter(file => context.reader.exists(file))
}

export function isSame(one: TestRunner, other: TestRunner): boolean {
  return one.framework === other.framework && one.package.folder === other.package.folder
}
