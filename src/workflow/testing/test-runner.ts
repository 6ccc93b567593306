import type { Framework } from '../../runner/framework.ts'
import { customFramework } from '../../runner/frameworks/custom.ts'
import { detectFramework, frameworks } from '../../runner/frameworks/index.ts'
import { packageOf, rootPackage, type Package } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../store/settings.ts'
import type { Desk } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** A framework at work in a package. */
export interface Bench {
  framework: Framework
  package: Package
  /** What decided the framework, as a phrase. */
  evidence: string
}

/** The framework of a test file, or of the whole workspace; refuses when none is known. */
export function benchFor(desk: Desk, file?: string): Bench {
  const found = findBench(desk, file)
  if (found) return found
  const known = frameworks.map(framework => framework.name).join(', ')
  throw new Refusal(
    'no_command',
    `No test runner was found${file === undefined ? '' : ` for ${file}`}: this version knows ${known}.`,
    'Nothing was run. Install one of them in the project, or have a person name it in redgreen.config.json under commands.tests.framework, or a command of its own under commands.tests.',
  )
}

/** What a test runner is found by. */
export type Surroundings = Pick<Desk, 'workspace' | 'settings' | 'shelf'> &
  Partial<Pick<Desk, 'ledger'>>

/** As `benchFor`, but `undefined` where there is none. Without a file: of the root, else of a test that has been run before. */
export function findBench(desk: Surroundings, file?: string): Bench | undefined {
  if (file === undefined) {
    const atRoot = benchIn(desk, rootPackage(desk.workspace))
    const [known] = atRoot ? [] : filesRun(desk)
    return known === undefined ? atRoot : findBench(desk, known)
  }
  return benchIn(desk, packageOf(desk.workspace, file), file)
}

function benchIn(desk: Surroundings, place: Package, file?: string): Bench | undefined {
  const { tests } = desk.settings.commands
  if (tests !== undefined && 'file' in tests) {
    const root = rootPackage(desk.workspace)
    return { framework: customFramework(tests), evidence: SETTINGS_FILE, package: root }
  }
  const content = file === undefined ? undefined : desk.shelf.read(file)
  const found = detectFramework(place.view, {
    ...(tests !== undefined && { prefer: tests.framework }),
    ...(file !== undefined && { testFile: file }),
    ...(content !== undefined && { testContent: content }),
  })
  return found && { framework: found.framework, evidence: found.because, package: place }
}

/** Test files that this feature's ledger knows and that are still there. */
export function filesRun(desk: Surroundings): string[] {
  const known = (desk.ledger?.events ?? []).flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return [...new Set(known)].filter(file => desk.shelf.exists(file))
}

export function isSame(one: Bench, other: Bench): boolean {
  return one.framework === other.framework && one.package.folder === other.package.folder
}
