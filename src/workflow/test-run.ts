import path from 'node:path'
import { hashOf, sha256 } from '../evidence/chain.ts'
import type { RunRecord, SeenTest } from '../evidence/event.ts'
import { measuredLines } from '../evidence/measured.ts'
import { countTests, type Counts, type Outcome } from '../evidence/outcome.ts'
import type { Framework } from '../runner/framework.ts'
import { customFramework } from '../runner/frameworks/custom.ts'
import { detectFramework, frameworks } from '../runner/frameworks/index.ts'
import { mergeOutcomes } from '../runner/merge.ts'
import { decisivePart } from '../runner/decisive.ts'
import { runTests } from '../runner/tests.ts'
import { readBytes } from '../store/files.ts'
import { packageOf, rootPackage, type Package } from '../store/package-view.ts'
import { SETTINGS_FILE } from '../store/settings.ts'
import { hashOfFile, takeTree, type Tree } from '../store/tree.ts'
import { absolute, toSlashes } from '../store/workspace.ts'
import type { Desk } from './desk.ts'
import { Refusal } from './refusal.ts'
import { newRunId, termsOf } from './run-terms.ts'

/** A framework at work in a package. */
export interface Bench {
  framework: Framework
  package: Package
  /** What decided the framework, as a phrase. */
  evidence: string
}

/** A run of tests as the server saw it, with the bytes that it saw it with. */
export interface Witnessed {
  outcome: Outcome
  run: RunRecord
  counts: Counts
  tests: SeenTest[]
  files: Record<string, string>
  frozen: Record<string, string>
  before: Tree
  after: Tree
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
    const [known] = atRoot ? [] : knownTests(desk)
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
function knownTests(desk: Surroundings): string[] {
  const known = (desk.ledger?.events ?? []).flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return [...new Set(known)].filter(file => desk.shelf.exists(file))
}

/** Runs test files (relative paths; none: the full suite) and keeps what was seen. */
export async function witness(
  desk: Desk,
  bench: Bench,
  files: readonly string[],
  names: readonly string[],
): Promise<Witnessed> {
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

/** A run of tests, wherever their sources lie. */
export type Seen = Pick<Witnessed, 'outcome' | 'run' | 'counts' | 'tests'>

/** Runs test files (relative paths) in the workspace or in a checkout of it. */
export async function runAt(
  desk: Desk,
  bench: Bench,
  root: string,
  { files, names }: { files: readonly string[]; names: readonly string[] },
): Promise<Seen> {
  const id = newRunId(desk.call)
  const outcome = await runOn(desk, bench, root, { files, names, id })
  return seenIn(desk, bench, id, outcome)
}

async function runSuite(desk: Desk, bench: Bench): Promise<Seen> {
  const id = newRunId(desk.call)
  const { root } = desk.workspace
  const first = await runOn(desk, bench, root, { files: [], names: [], id })
  const others = first.end === 'complete' ? await runRest(desk, bench, first) : []
  return seenIn(desk, bench, id, mergeOutcomes(first, ...others))
}

function seenIn({ workspace }: Desk, bench: Bench, id: string, outcome: Outcome): Seen {
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
  for (const file of knownTests(desk)) {
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

function isSame(one: Bench, other: Bench): boolean {
  return one.framework === other.framework && one.package.folder === other.package.folder
}

/** sha256 of files by relative path, `absent` for those that are not there. */
export function hashesOf(desk: Desk, files: readonly string[]): Record<string, string> {
  const hash = (file: string) => hashOfFile(absolute(desk.workspace, file)) ?? 'absent'
  return Object.fromEntries(files.map(file => [file, hash(file)]))
}

/** Hashes of what besides the tests decides what they say: snapshots and the framework's configuration. */
export function frozenBy(
  desk: Desk,
  bench: Bench,
  files: readonly string[],
): Record<string, string> {
  const { framework, package: place } = bench
  const folder = toSlashes(path.relative(desk.workspace.root, place.folder))
  const within = (file: string) => (folder === '' ? file : `${folder}/${file}`)
  const snapshots = files.flatMap(file => framework.snapshots(file))
  const configuration = framework.configuration(place.view).map(within)
  const parts = framework.manifestKeys.map(key => [
    `${within('package.json')}#${key}`,
    partHash(place.view.manifest, key),
  ])
  return {
    ...hashesOf(desk, snapshots),
    ...Object.fromEntries(configuration.map(file => [file, decisiveHash(desk, file)])),
    ...Object.fromEntries(parts),
  }
}

/** Hash of what in a configuration file decides what tests say; of the whole file where that is all of it. */
function decisiveHash({ workspace }: Desk, file: string): string {
  const bytes = readBytes(absolute(workspace, file))
  if (!bytes) return 'absent'
  const text = bytes.toString('utf8')
  const part = decisivePart(file, text)
  return part === text ? sha256(bytes) : hashOf(part)
}

/** Hash of a part of package.json, addressed by keys with dots between them. */
function partHash(manifest: Record<string, unknown> | undefined, key: string): string {
  let part: unknown = manifest
  for (const name of key.split('.')) {
    const entries = new Map(typeof part === 'object' && part !== null ? Object.entries(part) : [])
    part = entries.get(name)
  }
  return part === undefined ? 'absent' : hashOf(part)
}

/** The last lines that say something: the frames of stacks and what there is none of are in the log. */
function lastWords(output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !SILENT.test(line))
  return lines.slice(-LAST).join('\n')
}

const SILENT = /^\s+at |^ℹ (suites|duration_ms|(cancelled|skipped|todo) 0$)/

const LAST = 12

function recordOf(id: string, outcome: Outcome, cwd: string): RunRecord {
  const { command, exitCode, durationMs, framework, outputSha256 } = outcome
  const output = lastWords(outcome.output)
  const measured = measuredLines(outcome.output)
  return {
    id,
    command,
    cwd,
    exitCode,
    durationMs,
    framework,
    output,
    outputSha256,
    ...(measured.length > 0 && { measured }),
    ...(outcome.exitCodeOnly && { exitCodeOnly: true }),
  }
}
