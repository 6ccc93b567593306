import { inlineKey } from '../../evidence/test-hash.ts'
import { isCode, isTestSupport } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { frozenBy, hashesOf, isDerivedKey } from '../testing/frozen-files.ts'

/** Hashes that a run recorded: of its test files, and of their snapshots and the configuration. */
export interface RecordedHashes {
  files: Record<string, string>
  frozen: Record<string, string>
}

/** A file that differs from a recorded one. */
export interface ChangedFile {
  file: string
  /** A phrase, such as `a.test.ts was changed`. */
  text: string
}

/** Changes of files that decide what the tests report. */
export interface TestChanges {
  /** Test files and their snapshots. */
  tests: ChangedFile[]
  /** Test files that no longer exist. */
  gone: string[]
  /** The runner's configuration, each as a phrase. */
  configuration: string[]
}

/** Compares test files, snapshots and configuration with the recorded hashes. */
export function testChanges(
  context: Context,
  testRunner: TestRunner,
  recorded: RecordedHashes,
  task?: Task,
): TestChanges {
  const files = Object.keys(recorded.files)
  const snapshots = new Set(files.flatMap(file => testRunner.framework.snapshots(file)))
  // The code of a source file with inline tests may change: the hash of its tests is recorded separately.
  const isWhole = (file: string) => recorded.frozen[inlineKey(file)] === undefined
  const present = hashesOf(context, files)
  const current = { ...only(present, isWhole), ...frozenBy(context, testRunner, files) }
  const earlier: Record<string, string> = { ...only(recorded.files, isWhole), ...recorded.frozen }
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(current)])]
  const changed = names.filter(name => (current[name] ?? 'absent') !== (earlier[name] ?? 'absent'))
  const inline = new Set(files.map(inlineKey))
  const isTest = (name: string) =>
    recorded.files[name] !== undefined || snapshots.has(name) || inline.has(name)
  // A file that the configuration loads may be the very work of the task.
  const isExempt = (name: string) =>
    isDerivedKey(name) &&
    (earlier[name] === undefined || (task?.files.includes(name.replace(/#.*$/, '')) ?? false))
  const describe = (name: string) =>
    `${name.replace(/#loaded$/, '')} ${describeChange(earlier[name], current[name])}`
  return {
    tests: changed.filter(isTest).map(name => ({ file: name, text: describe(name) })),
    gone: files.filter(file => present[file] === 'absent'),
    configuration: changed.filter(name => !isTest(name) && !isExempt(name)).map(describe),
  }
}

function only(
  hashes: Record<string, string>,
  wanted: (file: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(Object.entries(hashes).filter(([file]) => wanted(file)))
}

/**
 * Changes of files that tests share (helpers, fixtures, set-up), by anybody: a test can be weakened there too. Added files
 * count if they are code but no test, because a runner may load them by itself, as pytest does with `conftest.py`. Reports,
 * caches and data that runs themselves write do not count.
 */
export function supportChanges(
  testRunner: TestRunner,
  task: Task,
  { before, now }: { before: Tree; now: Tree },
  isWritten: (file: string) => boolean,
): ChangedFile[] {
  const existed = (file: string) => before.files[file] !== undefined
  return changedPaths(before, now)
    .filter(file => isTestSupport(file) && !isWritten(file) && !task.files.includes(file))
    .filter(file => existed(file) || (isCode(file) && !testRunner.isTest(file)))
    .map(file => ({ file, text: `${file} ${describeChange(before.files[file], now.files[file])}` }))
}

function describeChange(before = 'absent', now = 'absent'): string {
  if (before === 'absent') return 'was added'
  return now === 'absent' ? 'was removed' : 'was changed'
}
