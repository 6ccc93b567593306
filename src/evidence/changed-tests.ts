import type { Event, EventOf } from './event.ts'
import { testHashIn } from './test-hash.ts'

/** Tests of one task that were changed after the code that they test had been written. */
export interface ChangedTests {
  task: string
  files: string[]
  /** Ids of tests whose first version fails with the code that the changed one accepts. */
  failing: string[]
}

/** One entry for each task whose tests were changed after its code, from the whole ledger. */
export function testsChangedAfterCode(events: readonly Event[]): ChangedTests[] {
  const firsts = new Map<string, EventOf<'red'>>()
  const lasts = new Map<string, EventOf<'red'>>()
  const changed = new Map<string, ChangedTests>()
  for (const event of events) {
    if (event.kind === 'start') firsts.delete(event.task)
    else if (event.kind === 'reopened') {
      for (const known of [firsts, lasts, changed]) known.delete(event.task)
    } else if (event.kind === 'red') {
      const { task } = event
      const [first, before] = [firsts.get(task), lasts.get(task)]
      lasts.set(task, event)
      if (!first || !before || !existedBefore(event)) {
        firsts.set(task, event)
        continue
      }
      const files = changedFiles(first, before, event)
      if (files.length === 0) changed.delete(task)
      else changed.set(task, { task, files, failing: [] })
    } else if (event.kind === 'green') {
      const known = changed.get(event.task)
      if (known) known.failing = (event.superseded ?? []).map(({ id }) => id)
    }
  }
  return [...changed.values()]
}

/** Did the code exist when the tests were seen to fail? Then they ran on earlier sources. */
function existedBefore({ checkout }: EventOf<'red'>): boolean {
  return checkout !== undefined
}

/** Test files that differ from the first RED. If the files themselves never changed, a helper or a fixture of theirs did. */
function changedFiles(
  first: EventOf<'red'>,
  before: EventOf<'red'>,
  red: EventOf<'red'>,
): string[] {
  const files = Object.keys(red.files)
  const differs = (other: EventOf<'red'>) =>
    files.filter(file => testHashIn(other, file) !== testHashIn(red, file))
  const own = differs(first)
  return own.length > 0 || differs(before).length > 0 ? own : files
}
