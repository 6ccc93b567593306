import type { Outcome } from './outcome.ts'
import { DID_NOT_RUN, judgeSuite, type SuiteExpectations } from './suite.ts'
import type { NoProof } from './no-proof.ts'

/** How the suite ended on the files from before a refactoring: test ids, and files that could not be loaded. */
export interface SuiteBefore {
  passed: readonly string[]
  failing: readonly string[]
}

/** A refactoring that kept what the tests show. */
export interface KeptBehaviour {
  proves: 'green'
  /** Tests with another id: those that moved to another file, or have another name in a changed file. New id by earlier id. */
  renamed: Record<string, string>
  /** What failed before too. */
  failing: string[]
}

/** The ids of the tests that passed, and what failed. */
export function suiteResult({ tests, loadErrors }: Outcome): {
  passed: string[]
  failing: string[]
} {
  const failed = tests.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored')
  return {
    passed: tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id),
    failing: [...failed.map(({ id }) => id), ...loadErrors.map(({ file }) => file)],
  }
}

/** Test files that a refactoring touched. */
export interface TouchedTests {
  /** Those that changed, or are gone: only their tests may have another name. */
  changed: ReadonlySet<string>
  /** Is the file newer than the start of the refactoring? Its tests may be those of another file. */
  isNew: (file: string) => boolean
}

/**
 * Compares the suite after a refactoring with the one before it: what passed has to pass, under the same name, and nothing new
 * may fail.
 */
export function judgeRefactoring(
  outcome: Outcome,
  before: SuiteBefore,
  known: SuiteExpectations,
  touched: TouchedTests,
): KeptBehaviour | NoProof {
  const suite = judgeSuite(outcome, { ...known, baseline: new Set(before.failing) })
  if ('proves' in suite) return suite
  const renamed = renamedTests(outcome, before, touched)
  const failedBefore = new Set(before.failing)
  const broken = suite.failing.filter(id => !id.endsWith(DID_NOT_RUN) && !failedBefore.has(id))
  if (broken.length > 0)
    return nothing(
      'green_fails',
      `${broken.length} failed that did not fail before: ${quote(broken)}.`,
    )
  const passed = new Set(suiteResult(outcome).passed)
  const lost = [
    ...before.passed.filter(id => !passed.has(id)),
    ...suite.failing
      .filter(id => id.endsWith(DID_NOT_RUN))
      .map(id => id.slice(0, -DID_NOT_RUN.length)),
  ].filter(id => renamed[id] === undefined)
  const idle = new Set(
    outcome.tests.flatMap(test => (['skipped', 'todo'].includes(test.outcome) ? test.id : [])),
  )
  const skipped = lost.filter(id => idle.has(id))
  if (skipped.length > 0)
    return nothing('skipped', `These tests passed before and were skipped: ${quote(skipped)}.`)
  if (lost.length > 0)
    return nothing('tests_missing', `These tests passed before and did not run: ${quote(lost)}.`)
  const failing = suiteResult(outcome).failing.filter(id => failedBefore.has(id))
  return { proves: 'green', renamed, failing }
}

/** Finds tests that moved to a new file or, in changed files, have another name: in the order in which they ran. */
function renamedTests(
  outcome: Outcome,
  { passed, failing }: SuiteBefore,
  { changed, isNew }: TouchedTests,
): Record<string, string> {
  // A new test that passes on the earlier files too was not one of theirs.
  const known = new Set([...passed, ...failing].filter(id => !isNew(fileOf(id))))
  const now = new Set(outcome.tests.map(({ id }) => id))
  const added = outcome.tests.filter(test => test.outcome === 'passed' && !known.has(test.id))
  const knownFiles = new Set([...known].map(fileOf))
  const taken = new Set<string>()
  const renamed: Record<string, string> = {}
  const lost = passed.filter(id => !now.has(id) && changed.has(fileOf(id)))
  for (const fits of [isMoved, isRetitled])
    for (const id of lost) {
      if (renamed[id] !== undefined) continue
      const found = added.find(
        test => !taken.has(test.id) && fits(id, test, { knownFiles, renamed }),
      )
      if (!found) continue
      taken.add(found.id)
      renamed[id] = found.id
    }
  return renamed
}

interface Known {
  knownFiles: ReadonlySet<string>
  renamed: Readonly<Record<string, string>>
}

type NewTest = Outcome['tests'][number]

/** The same name in a file that is new. */
function isMoved(id: string, test: NewTest, { knownFiles }: Known): boolean {
  return !knownFiles.has(test.file) && nameOf(id) === nameOf(test.id)
}

/** In the same file, or in one that tests of that file moved to. */
function isRetitled(id: string, test: NewTest, { knownFiles, renamed }: Known): boolean {
  const file = fileOf(id)
  if (test.file === file) return true
  const targets = Object.entries(renamed).flatMap(([from, to]) =>
    fileOf(from) === file ? fileOf(to) : [],
  )
  return !knownFiles.has(test.file) && (targets.length === 0 || targets.includes(test.file))
}

/** Test ids begin with their file. */
function fileOf(id: string): string {
  return id.split(' > ')[0] ?? id
}

function nameOf(id: string): string {
  return id.slice(fileOf(id).length)
}

function quote(ids: readonly string[]): string {
  const [first = '', ...others] = ids
  return `"${first}"${others.length > 0 ? ` and ${others.length} more` : ''}`
}

function nothing(code: NoProof['code'], fact: string): NoProof {
  return { proves: 'nothing', code, fact }
}
