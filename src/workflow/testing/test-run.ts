import path from 'node:path'
import type { RunRecord, SeenTest } from '../../evidence/event-parts.ts'
import { countTests, type Counts, type Outcome } from '../../evidence/outcome.ts'
import { mergeOutcomes } from '../../runner/merge.ts'
import { runTests } from '../../runner/tests.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { toSlashes } from '../../store/workspace.ts'
import { findBench, isSame, filesRun, type Bench } from './test-runner.ts'
import type { Desk } from '../context/context.ts'
import { frozenBy, hashesOf } from './frozen-files.ts'
import { recordOf } from './run-record.ts'
import { newRunId, termsOf } from './run-options.ts'

/** A run of tests, wherever their sources lie. */
export interface TestRun {
  outcome: Outcome
  run: RunRecord
  counts: Counts
  tests: SeenTest[]
}

/** A run in the workspace, with the bytes that it was seen with. */
export interface WitnessedRun extends TestRun {
  files: Record<string, string>
  frozen: Record<string, string>
  before: Tree
  after: Tree
}

/** Runs test files (relative paths; none: the full suite) and keeps what was seen. */
export async function witness(
  desk: Desk,
  bench: Bench,
  files: readonly string[],
  names: readonly string[],
): Promise<WitnessedRun> {
  const { workspace, call } = desk
  const before = await takeTree(workspace)
  call.note(files.length > 0 ? `running ${files.join(', ')}` : 'running the full suite')
  const seen =
    files.length > 0
      ? await runAt(desk, bench, workspace.root, { files, names })
      : await runSuite(desk, bench)
  return {
    ...seen,
    files: hashesOf(desk, files),
    frozen: frozenBy(desk, bench, files),
    before,
    after: await takeTree(workspace),
  }
}

/** Runs test files (relative paths) in the workspace or in a checkout of it. */
export async function runAt(
  desk: Desk,
  bench: Bench,
  root: string,
  { files, names }: { files: readonly string[]; names: readonly string[] },
): Promise<TestRun> {
  const id = newRunId(desk.call)
  const outcome = await runOn(desk, bench, root, { files, names, id })
  return seenIn(desk, bench, id, outcome)
}

async function runSuite(desk: Desk, bench: Bench): Promise<TestRun> {
  const id = newRunId(desk.call)
  const { root } = desk.workspace
  const first = await runOn(desk, bench, root, { files: [], names: [], id })
  const others = first.end === 'complete' ? await runRest(desk, bench, first) : []
  return seenIn(desk, bench, id, mergeOutcomes(first, ...others))
}

function seenIn({ workspace }: Desk, bench: Bench, id: string, outcome: Outcome): TestRun {
  const folder = toSlashes(path.relative(workspace.root, bench.package.folder))
  const run = recordOf(id, outcome, folder)
  return { outcome, run, counts: countTests(outcome), tests: outcome.tests }
}

interface Selection {
  files: readonly string[]
  names: readonly string[]
  /** Name of the run; its log goes by that. */
  id?: string
}

async function runOn(
  desk: Desk,
  bench: Bench,
  root: string,
  { files, names, id }: Selection,
): Promise<Outcome> {
  const { workspace, call } = desk
  const outcome = await runTests({
    framework: bench.framework,
    cwd: path.join(root, path.relative(workspace.root, bench.package.folder)),
    root,
    files: files.map(file => path.join(root, file)),
    names: [...names],
    ...termsOf(desk, id),
    onTests: call.noteTests,
  })
  call.signal.throwIfAborted()
  return outcome
}

/**
 * A workspace may have several packages, languages and runners. Tests that are known, and of which the suite of the first
 * bench said nothing, belong to another one, whose suite runs too. An exit code names no test: there the files run by name.
 */
async function runRest(desk: Desk, bench: Bench, first: Outcome): Promise<Outcome[]> {
  const { root } = desk.workspace
  const benches = [bench]
  const outcomes = [first]
  for (const file of filesRun(desk)) {
    const told = (outcome: Outcome) =>
      [...outcome.tests, ...outcome.loadErrors].some(seen => seen.file === file)
    if (outcomes.some(told)) continue
    const own = findBench(desk, file)
    if (!own?.framework.isTest(file)) continue
    if (own.framework.namesNoFiles)
      outcomes.push(await runOn(desk, own, root, { files: [file], names: [] }))
    else if (!benches.some(other => isSame(other, own))) {
      benches.push(own)
      outcomes.push(await runOn(desk, own, root, { files: [], names: [] }))
    }
  }
  return outcomes.slice(1)
}
