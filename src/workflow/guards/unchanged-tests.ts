import { inlineKey } from '../../evidence/test-bytes.ts'
import { isCode, isTestSupport } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from '../testing/test-runner.ts'
import { frozenBy, hashesOf } from '../testing/frozen-files.ts'

/** What tests were run with: their own bytes, and those of snapshots and configuration. */
export interface Bytes {
  files: Record<string, string>
  frozen: Record<string, string>
}

/** What changed of all that decides what tests say, each as a phrase. */
export interface TestChanges {
  /** Test files, their snapshots, and what tests share. */
  tests: string[]
  /** Test files that are gone. */
  gone: string[]
  /** How the runner is configured. */
  configuration: string[]
}

/** Compares test files, snapshots and configuration with the bytes that they were seen with. */
export function testChanges(context: Context, testRunner: TestRunner, seen: Bytes): TestChanges {
  const files = Object.keys(seen.files)
  const snapshots = new Set(files.flatMap(file => testRunner.framework.snapshots(file)))
  // A source changes for its code; of its tests their own hash tells.
  const whole = (file: string) => seen.frozen[inlineKey(file)] === undefined
  const there = hashesOf(context, files)
  const now = { ...only(there, whole), ...frozenBy(context, testRunner, files) }
  const then: Record<string, string> = { ...only(seen.files, whole), ...seen.frozen }
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])]
  const changed = names.filter(name => (now[name] ?? 'absent') !== (then[name] ?? 'absent'))
  const inline = new Set(files.map(inlineKey))
  const isTest = (name: string) =>
    seen.files[name] !== undefined || snapshots.has(name) || inline.has(name)
  const told = (name: string) => `${name} ${changeOf(then[name], now[name])}`
  return {
    tests: changed.filter(isTest).map(told),
    gone: files.filter(file => there[file] === 'absent'),
    configuration: changed.filter(name => !isTest(name)).map(told),
  }
}

function only(hashes: Record<string, string>, wanted: (file: string) => boolean): typeof hashes {
  return Object.fromEntries(Object.entries(hashes).filter(([file]) => wanted(file)))
}

/**
 * What the tests share (helpers, fixtures, set-up) and changed from one tree to another, whoever changed it: a test is
 * weakened there as easily as in its own file. Of what was added since, code can have become part of them, as a
 * `conftest.py` does; another test cannot.
 */
export function supportChanges(
  testRunner: TestRunner,
  task: Task,
  { before, now }: { before: Tree; now: Tree },
): string[] {
  const wasThere = (file: string) => before.files[file] !== undefined
  return changedPaths(before, now)
    .filter(file => isTestSupport(file) && !task.files.includes(file))
    .filter(file => wasThere(file) || (isCode(file) && !testRunner.framework.isTest(file)))
    .map(file => `${file} ${changeOf(before.files[file], now.files[file])}`)
}

function changeOf(then = 'absent', now = 'absent'): string {
  if (then === 'absent') return 'was added'
  return now === 'absent' ? 'was removed' : 'was changed'
}
