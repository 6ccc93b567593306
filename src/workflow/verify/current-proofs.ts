import { testHashIn } from '../../evidence/test-hash.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import {
  changedProofs,
  supersededOf,
  type ChangedProof,
  type SupersededTest,
} from '../checkout/superseded-tests.ts'
import { testHash } from '../testing/inline-tests.ts'
import type { Classified } from './evidence-group.ts'
import { finding, type Finding } from './finding.ts'

export interface CurrentProofs {
  findings: Finding[]
  /** Sentences about tests that cannot be judged here. They are not findings. */
  notes: string[]
  classified: Classified[]
}

/**
 * Runs tests that changed after they proved a task on the current code, in the form in which they proved it. Without this, code and
 * test could be emptied together in a later commit.
 *
 * @param differing hashes of the runs that do not show here what was recorded: their tests would fail for another reason
 */
export async function checkCurrentProofs(
  context: Context,
  differing: ReadonlySet<string>,
): Promise<CurrentProofs> {
  const all: CurrentProofs[] = []
  for (const changed of await changedProofs(context)) {
    const { hash, task } = changed.proof.green
    if (!differing.has(hash)) all.push(await checkCurrentProof(context, changed, task))
  }
  return {
    findings: all.flatMap(({ findings }) => findings),
    notes: all.flatMap(({ notes }) => notes),
    classified: all.flatMap(({ classified }) => classified),
  }
}

async function checkCurrentProof(
  context: Context,
  { proof, changed }: ChangedProof,
  task: string,
): Promise<CurrentProofs> {
  const { green, testRunner } = proof
  // Tests that were only added to are included, because an added early return can disable a test.
  const tests = Object.keys(green.files).filter(
    file => testHash(context, testRunner, file) !== testHashIn(green, file),
  )
  const run = () => supersededOf(context, proof, { ...changed, tests })
  const first = await run()
  const open = (first ?? []).filter(({ isReplaced }) => !isReplaced)
  // A test that depends on time, order or chance is not reported.
  const again = new Set(open.length > 0 ? (await run())?.map(({ id }) => id) : [])
  const failing = open.filter(({ id }) => again.has(id))
  const unclear = failing.filter(({ isBroken }) => !isBroken)
  return {
    findings: failing
      .filter(({ isBroken }) => isBroken)
      .map(test => finding(context, task, `was proven by "${test.id}", ${describeBroken(test)}`)),
    notes: [
      ...(first
        ? []
        : [
            `${task}: its tests changed since its GREEN, and their earlier version cannot be run on the current code here.`,
          ]),
      ...(unclear.length > 0
        ? [
            `${task}: the version of ${listed(unclear)} that proved it does not run to its expectation on the current code. Review how it was changed or removed.`,
          ]
        : []),
    ],
    classified: unclear.map(({ id }) => ({ class: 'superseded', task, name: `${task} (${id})` })),
  }
}

function describeBroken({ files }: SupersededTest): string {
  return `which fails on the current code in its earlier form (changed since: ${formatList(files, MAX_LISTED)}). Restore the behaviour, prove the change with a task, or let a human confirm it with \`redgreen approve\` or retire the test with \`redgreen waive --test NAME\``
}

function listed(tests: readonly SupersededTest[]): string {
  return formatList(
    tests.map(({ id }) => `"${id}"`),
    MAX_LISTED,
  )
}

const MAX_LISTED = 3
