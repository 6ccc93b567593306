import type { EventOf } from '../evidence/event.ts'
import type { SeenAgain } from '../evidence/event-parts.ts'
import { provenTests, type Proof } from '../evidence/proven.ts'
import { judgeEnd } from '../evidence/verdict.ts'
import type { Outcome } from '../evidence/outcome.ts'
import { aside } from './aside.ts'
import { findBench } from './bench.ts'
import type { Desk } from './desk.ts'
import { isOfTests, overlayOf, testHash } from './inline-tests.ts'
import { keptFiles, keptText } from './keep-files.ts'
import { Refusal } from './refusal.ts'
import { runAt } from './test-run.ts'

/** What changed tests of earlier tasks came to on the sources that those tasks were red with. */
export interface EarlierProofs {
  seen: SeenAgain[]
  /** Tests that do not fail there any more, each with the task that it proved. */
  easy: { task: string; id: string; file: string }[]
}

/** Which changes are looked at: all, or those alone that took lines of the test file away. */
export type Depth = 'all' | 'rewritten'

/** Proofs of one RED whose files were changed since. */
interface Group {
  red: EventOf<'red'>
  proofs: [id: string, proof: Proof][]
}

/**
 * Tests that proved other tasks, and that were changed since: each has to fail still without the code of its task, or it
 * was weakened. One that cannot be loaded on those sources says nothing, which is recorded.
 */
export async function seeEarlierProofs(
  desk: Desk,
  depth: Depth,
  task?: string,
): Promise<EarlierProofs> {
  const all: EarlierProofs = { seen: [], easy: [] }
  for (const group of await changedProofs(desk, depth, task)) {
    const { seen, easy } = await seeGroup(desk, group)
    all.seen.push(...seen)
    all.easy.push(...easy)
  }
  return all
}

async function changedProofs(desk: Desk, depth: Depth, task?: string): Promise<Group[]> {
  const groups = new Map<string, Group>()
  for (const [id, proof] of provenTests(desk.ledger.events)) {
    const { event: red, sha256 } = proof.red ?? {}
    if (!red || red.task === task || desk.histories.get(red.task)?.waived) continue
    const now = hashNow(desk, proof.file)
    if (now === undefined || now === sha256) continue
    if (depth === 'rewritten' && (await onlyGrew(desk, red, proof.file))) continue
    const group = groups.get(red.hash) ?? { red, proofs: [] }
    group.proofs.push([id, proof])
    groups.set(red.hash, group)
  }
  return [...groups.values()]
}

function hashNow(desk: Desk, file: string): string | undefined {
  return testHash(desk, findBench(desk, file), file)
}

/** Every line that the file had at RED is still there, in that order: tests were added to it. */
async function onlyGrew(desk: Desk, red: EventOf<'red'>, file: string): Promise<boolean> {
  const then = await keptText(desk, red, file)
  const now = desk.shelf.read(file)
  if (then === undefined || now === undefined) return false
  return isWithin(then.split('\n'), now.split('\n'))
}

function isWithin(lines: readonly string[], others: readonly string[]): boolean {
  let met = 0
  for (const other of others) if (other === lines[met]) met += 1
  return met === lines.length
}

async function seeGroup(desk: Desk, { red, proofs }: Group): Promise<EarlierProofs> {
  const files = [...new Set(proofs.map(([, { file }]) => file))]
  const outcome = await runThere(desk, red, files)
  const now = new Map(outcome?.tests.map(test => [test.id, test.outcome]))
  const fails = (id: string) => ['failed', 'errored'].includes(now.get(id) ?? '')
  const easy = proofs
    .filter(([id]) => now.has(id) && !fails(id))
    .map(([id, { file }]) => ({ task: red.task, id, file }))
  // What was weakened stays to be looked at.
  const rest = files.filter(file => !easy.some(test => test.file === file))
  const seen = rest.map(file => {
    const own = proofs.filter(([, proof]) => proof.file === file)
    const how = own.every(([id]) => fails(id)) ? ('fails' as const) : ('unseen' as const)
    return { red: red.hash, file, sha256: hashNow(desk, file) ?? 'absent', how }
  })
  return { seen, easy }
}

/** The tests of now on the sources of a RED; `undefined` where that cannot be seen. */
async function runThere(
  desk: Desk,
  red: EventOf<'red'>,
  files: readonly string[],
): Promise<Outcome | undefined> {
  const kept = keptFiles(red)
  const bench = findBench(desk, files[0])
  if (!kept || !bench) return undefined
  desk.call.note(`running the changed tests of ${red.task} on the sources of before`)
  try {
    return await aside(
      desk,
      kept,
      overlayOf(bench, file => isOfTests(bench, file)),
      async ({ root }) => {
        const { outcome } = await runAt(desk, bench, root, { files, names: red.names })
        return judgeEnd(outcome) ? undefined : outcome
      },
    )
  } catch (error) {
    // Another clone may have recorded that RED, and git not have brought its files here.
    if (error instanceof Refusal && error.code === 'no_git') return undefined
    throw error
  }
}
