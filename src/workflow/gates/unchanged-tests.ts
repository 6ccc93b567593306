import type { Task } from '../../plan/plan.ts'
import type { Desk } from '../desk.ts'
import { Refusal } from '../refusal.ts'
import { frozenBy, hashesOf, type Bench } from '../test-run.ts'

/** What tests were run with: their own bytes, and those of snapshots and configuration. */
export interface Bytes {
  files: Record<string, string>
  frozen: Record<string, string>
}

/** Tests, snapshots and configuration still have the bytes that they were seen with. */
export function refuseChangedTests(desk: Desk, task: Task, bench: Bench, seen: Bytes): void {
  const files = Object.keys(seen.files)
  const now = { ...hashesOf(desk, files), ...frozenBy(desk, bench, files) }
  const then: Record<string, string> = { ...seen.files, ...seen.frozen }
  const names = new Set([...Object.keys(then), ...Object.keys(now)])
  const changes = [...names].filter(name => now[name] !== then[name])
  if (changes.length === 0) return
  const what = changes.map(name => `${name} ${changeOf(then[name], now[name])}`).join(', ')
  throw new Refusal(
    'tests_changed',
    `${what} since the tests of ${task.id} were seen.`,
    'Nothing was run.',
    `Put it back; or, when the test itself was wrong, take the new code away for a moment and ${desk.call.surface.tell('record_red', { task: task.id })} again, so that the changed test is seen to fail.`,
  )
}

function changeOf(then = 'absent', now = 'absent'): string {
  if (then === 'absent') return 'was added'
  return now === 'absent' ? 'was removed' : 'was changed'
}
