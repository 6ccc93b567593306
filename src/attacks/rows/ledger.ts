import type { Attack } from '../attack.ts'
import { SUCCEEDED } from '../sandbox.ts'
import { forgeLedger } from '../forged-ledger.ts'
import { reachDone, reachGreen, tryDone } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** Manipulation of the recorded evidence. */
export const ledgerAttacks: Attack[] = [
  {
    row: 17,
    title: 'Edit, delete or truncate the ledger',
    variants: [
      {
        how: 'edit a line',
        stoppedBy: 'verify',
        async run(sandbox) {
          await reachDone(sandbox)
          const { file } = sandbox.ledger()
          sandbox.change(file, '"outcome":"failed"', '"outcome":"passed"')
          return sandbox.runVerify([], 'The ledger is broken here')
        },
      },
      {
        how: 'edit a line and continue the task',
        stoppedBy: 'ledger_broken',
        async run(sandbox) {
          await reachGreen(sandbox)
          const { file } = sandbox.ledger()
          sandbox.change(file, '"outcome":"failed"', '"outcome":"passed"')
          return tryDone(sandbox)
        },
      },
      ...(
        [
          ['delete a line in the middle', 'The ledger is broken here', [0, 1, 3, 4]],
          ['delete the first line', 'The ledger is broken here', [1, 2, 3, 4]],
          ['truncate it', 'T001 is ticked', [0, 1, 2]],
          ['empty it', 'T001 is ticked', []],
        ] as const
      ).map(([how, finding, kept]) => ({
        how,
        stoppedBy: 'verify' as const,
        async run(sandbox: Sandbox) {
          await reachDone(sandbox)
          const { file } = sandbox.ledger()
          const lines = sandbox.read(file).trimEnd().split('\n')
          sandbox.write(file, kept.map(at => `${lines[at] ?? ''}\n`).join(''))
          return sandbox.runVerify([], finding)
        },
      })),
      ...(['.redgreen/ledger', '.redgreen'] as const).map(folder => ({
        how: `delete ${folder}`,
        stoppedBy: 'verify' as const,
        async run(sandbox: Sandbox) {
          await reachDone(sandbox)
          await sandbox.restart()
          sandbox.remove(folder)
          return sandbox.runVerify([], 'T001 is ticked')
        },
      })),
    ],
  },
  {
    row: 18,
    title: 'Forge a whole ledger with correct hashes',
    variants: [
      {
        how: 'with snapshots in which the test never fails',
        stoppedBy: 'verify --replay',
        run: sandbox =>
          forged(sandbox, { snapshots: true }, '"tests/size.test.js > size" is passed'),
      },
      {
        how: 'without snapshots, so that nothing can be replayed',
        stoppedBy: 'verify --replay',
        run: sandbox => forged(sandbox, { snapshots: false }, 'no snapshot was stored'),
      },
    ],
  },
]

/** The forgery is good only if `verify` without a replay finds nothing. */
async function forged(
  sandbox: Sandbox,
  options: { snapshots: boolean },
  finding: string,
): Promise<string> {
  await forgeLedger(sandbox, options)
  const withoutReplay = await sandbox.runVerify([])
  return withoutReplay === SUCCEEDED
    ? sandbox.runVerify(['--replay'], finding)
    : `without a replay: ${withoutReplay}`
}
