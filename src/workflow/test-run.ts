import path from 'node:path'
import { hashOf } from '../evidence/chain.ts'
import type { RunRecord, SeenTest } from '../evidence/event.ts'
import { measuredLines } from '../evidence/measured.ts'
import { countTests, type Counts, type Outcome } from '../evidence/outcome.ts'
import type { Framework } from '../runner/framework.ts'
import { detectFramework, frameworks } from '../runner/frameworks/index.ts'
import { runTests } from '../runner/tests.ts'
import { packageOf, rootPackage, type Package } from '../store/package-view.ts'
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
    'Nothing was run. Install one of them in the project, or have a person name it in redgreen.config.json under commands.tests.framework.',
  )
}

/** As `benchFor`, but `undefined` where there is none. */
export function findBench(desk: Desk, file?: string): Bench | undefined {
  const place = file === undefined ? rootPackage(desk.workspace) : packageOf(desk.workspace, file)
  const prefer = desk.settings.commands.tests?.framework
  const content = file === undefined ? undefined : desk.shelf.read(file)
  const found = detectFramework(place.view, {
    ...(prefer !== undefined && { prefer }),
    ...(content !== undefined && { testContent: content }),
  })
  return found && { framework: found.framework, evidence: found.because, package: place }
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
  const seen = await runAt(desk, bench, workspace.root, { files, names })
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
  const { workspace, call } = desk
  const id = newRunId(call)
  const folder = path.relative(workspace.root, bench.package.folder)
  const outcome = await runTests({
    framework: bench.framework,
    cwd: path.join(root, folder),
    root,
    files: files.map(file => path.join(root, file)),
    names: [...names],
    ...termsOf(desk, id),
    onTests: call.noteTests,
  })
  call.signal.throwIfAborted()
  const run = recordOf(id, outcome, toSlashes(folder))
  return { outcome, run, counts: countTests(outcome), tests: outcome.tests }
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
  return { ...hashesOf(desk, [...snapshots, ...configuration]), ...Object.fromEntries(parts) }
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
  }
}
