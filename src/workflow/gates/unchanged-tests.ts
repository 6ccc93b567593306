import { isTestSupport } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import type { Tree } from '../../store/tree.ts'
import type { Desk } from '../desk.ts'
import { frozenBy, hashesOf, type Bench } from '../test-run.ts'
import { ownChanges } from './moved.ts'

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
export function testChanges(desk: Desk, bench: Bench, seen: Bytes): TestChanges {
  const files = Object.keys(seen.files)
  const snapshots = new Set(files.flatMap(file => bench.framework.snapshots(file)))
  const now = { ...hashesOf(desk, files), ...frozenBy(desk, bench, files) }
  const then: Record<string, string> = { ...seen.files, ...seen.frozen }
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])]
  const changed = names.filter(name => (now[name] ?? 'absent') !== (then[name] ?? 'absent'))
  const isTest = (name: string) => seen.files[name] !== undefined || snapshots.has(name)
  const told = (name: string) => `${name} ${changeOf(then[name], now[name])}`
  return {
    tests: changed.filter(isTest).map(told),
    gone: changed.filter(name => seen.files[name] !== undefined && now[name] === 'absent'),
    configuration: changed.filter(name => !isTest(name)).map(told),
  }
}

/**
 * What the tests share (helpers, fixtures, set-up) and changed from one tree to another: a test is weakened there as
 * easily as in its own file. What was added since cannot have been part of them.
 */
export function supportChanges(desk: Desk, task: Task, then: Tree, now: Tree): string[] {
  return ownChanges(desk, task, then, now)
    .filter(
      file => then.files[file] !== undefined && isTestSupport(file) && !task.files.includes(file),
    )
    .map(file => `${file} ${changeOf(then.files[file], now.files[file])}`)
}

function changeOf(then = 'absent', now = 'absent'): string {
  if (then === 'absent') return 'was added'
  return now === 'absent' ? 'was removed' : 'was changed'
}
