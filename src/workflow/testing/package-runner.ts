import type { Event } from '../../evidence/event.ts'
import { derivedFromEvents } from '../../evidence/growing-events.ts'
import type { Framework } from '../../runner/framework.ts'
import { customFramework } from '../../runner/frameworks/custom.ts'
import { detectFramework } from '../../runner/frameworks/index.ts'
import { rootPackage, type Package } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'

/** A test framework in a package. */
export interface TestRunner {
  framework: Framework
  package: Package
  /** What the framework was recognized by, as a phrase. */
  evidence: string
  /** Is this path (relative to the workspace) a test file, by the framework's patterns or because it was run as one? */
  isTest: (file: string) => boolean
}

/** The parts of a context from which the test runner is found. */
export type ProjectContext = Pick<Context, 'workspace' | 'settings' | 'reader'> &
  Partial<Pick<Context, 'ledger'>>

/** The test runner of a package, or of one of its files. */
export function runnerIn(
  context: ProjectContext,
  own: Package,
  file?: string,
): TestRunner | undefined {
  const { tests } = context.settings.commands
  const known = new Set(filesRun(context))
  if (tests !== undefined && 'file' in tests) {
    const root = rootPackage(context.workspace)
    const framework = customFramework(tests)
    return { framework, evidence: SETTINGS_FILE, package: root, isTest: isTestOf(framework, known) }
  }
  const content = file === undefined ? undefined : context.reader.read(file)
  const found = detectFramework(own.view, {
    ...(tests !== undefined && { prefer: tests.framework }),
    ...(file !== undefined && { testFile: file }),
    ...(content !== undefined && { testContent: content }),
  })
  if (!found) return undefined
  const { framework, because } = found
  return { framework, evidence: because, package: own, isTest: isTestOf(framework, known) }
}

function isTestOf(framework: Framework, known: ReadonlySet<string>): (file: string) => boolean {
  return file => framework.isTest(file) || known.has(file)
}

/** Test files that the feature's ledger knows and that still exist. */
export function filesRun(context: ProjectContext): string[] {
  return [...filesIn(context.ledger?.events ?? [])].filter(file => context.reader.exists(file))
}

/** The test files of all runs, which a step asks for several times. */
const filesIn = derivedFromEvents((events: readonly Event[], before?: ReadonlySet<string>) => {
  const ran = events.flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return before && ran.length === 0 ? before : new Set([...(before ?? []), ...ran])
})

export function isSame(one: TestRunner, other: TestRunner): boolean {
  return one.framework === other.framework && one.package.folder === other.package.folder
}
