import type { Event, EventOf } from './event.ts'
import { derivedFromEvents } from './growing-events.ts'
import { testHashIn } from './test-hash.ts'

/** The tests that prove finished work, by id: those of the latest GREEN of each file. They have to keep passing. */
export function provenTests(events: readonly Event[]): ReadonlyMap<string, ProvenTest> {
  return provenBy(events).proven
}

const provenBy = derivedFromEvents((events: readonly Event[], before?: Proven): Proven => {
  if (before && !events.some(changesProof)) return before
  const proven = new Map(before?.proven)
  const reds = new Map(before?.reds)
  for (const event of events) {
    if (event.kind === 'red') reds.set(event.task, event)
    else if (event.kind === 'green') renew(proven, event, reds.get(event.task))
    else if (event.kind === 'suite') move(proven, event)
    else if (event.kind === 'done' || event.kind === 'validation') reverify(proven, event)
    else if (event.kind === 'test-retired') proven.delete(event.test)
    else if (event.kind === 'reopened') forget(proven, event.task)
  }
  return { proven, reds }
})

interface Proven {
  proven: ReadonlyMap<string, ProvenTest>
  /** The latest RED of each task. */
  reds: ReadonlyMap<string, EventOf<'red'>>
}

function changesProof(event: Event): boolean {
  if (event.kind === 'suite') return event.moved !== undefined
  return event.kind === 'done' ? event.reverified !== undefined : KINDS.has(event.kind)
}

const KINDS: ReadonlySet<Event['kind']> = new Set([
  'red',
  'green',
  'validation',
  'test-retired',
  'reopened',
])

/** A test at its GREEN: its file and the bytes that passed. */
export interface ProvenTest {
  /** The first task that it proved. */
  task: string
  file: string
  sha256: string
  /** Hash of the tests alone, if the file also holds code. */
  testHash: string
  failToPass?: FailToPass
  /** Its id at its GREEN, if it was moved to another file since. */
  movedFrom?: string
}

/** A test that failed without the code of its task and passed with it. */
export interface FailToPass {
  /** The latest RED in which it failed, and the GREEN after it. */
  red: EventOf<'red'>
  green: EventOf<'green'>
  /** Hash of the tests in its file when this was last verified. */
  testHash: string
}

function renew(
  proven: Map<string, ProvenTest>,
  green: EventOf<'green'>,
  red: EventOf<'red'> | undefined,
): void {
  for (const [from, to] of Object.entries(green.refactoring?.renamed ?? {})) {
    const known = proven.get(from)
    if (!known) continue
    proven.delete(from)
    proven.set(to, { ...known, file: fileOf(to) })
  }
  // A run of selected names says nothing about the other tests of its files.
  if (green.names.length === 0) {
    // This task does not replace the proof of another one, which has to keep passing.
    for (const [id, { file, task }] of proven) {
      if (task === green.task && green.files[file] !== undefined) proven.delete(id)
    }
  }
  const failed = new Set(red?.tests.filter(test => test.outcome === 'failed').map(({ id }) => id))
  // A load failure does not take a test over from the task in which the test failed.
  const unloaded = new Set(red?.loadErrors.map(({ file }) => file))
  for (const { id, file, outcome } of green.tests) {
    if (outcome !== 'passed') continue
    const known = proven.get(id)
    const testHash = testHashIn(green, file) ?? ''
    const isOwn = failed.has(id) && !(known?.failToPass && unloaded.has(file))
    const failToPass = red && isOwn ? { red, green, testHash } : known?.failToPass
    const task = known?.task ?? green.task
    const sha256 = green.files[file] ?? ''
    const { movedFrom } = known ?? {}
    const more = {
      ...(failToPass && { failToPass: failToPass }),
      ...(movedFrom !== undefined && { movedFrom }),
    }
    proven.set(id, { task, file, sha256, testHash, ...more })
  }
}

/** A test that was moved stays the proof of its task. */
function move(proven: Map<string, ProvenTest>, { moved = [] }: EventOf<'suite'>): void {
  for (const { from, to, sha256 } of moved) {
    const known = proven.get(from)
    if (!known) continue
    proven.delete(from)
    if (proven.get(to)?.failToPass) continue
    const { failToPass, movedFrom = from } = known
    const verified = failToPass && { failToPass: { ...failToPass, testHash: sha256 } }
    const place = { file: fileOf(to), sha256, testHash: sha256, movedFrom }
    proven.set(to, { ...known, ...place, ...verified })
  }
}

/** A human opened the task again: its tests prove nothing until it is done again. */
function forget(proven: Map<string, ProvenTest>, task: string): void {
  for (const [id, proof] of proven) if (proof.task === task) proven.delete(id)
}

/** Changed tests that were verified again count with the bytes of that run. */
function reverify(
  proven: Map<string, ProvenTest>,
  event: EventOf<'done'> | EventOf<'validation'>,
): void {
  for (const { red, file, sha256: testHash } of event.reverified ?? []) {
    for (const [id, proof] of proven)
      if (proof.failToPass?.red.hash === red && proof.file === file)
        proven.set(id, { ...proof, failToPass: { ...proof.failToPass, testHash } })
  }
}

/** Test ids begin with their file. */
function fileOf(id: string): string {
  return id.split(' > ')[0] ?? id
}
