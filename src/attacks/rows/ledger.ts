import type { Attack } from '../attack.ts'
import { THROUGH } from '../sandbox.ts'
import { forgeLedger } from '../forged-ledger.ts'
import { atDone, atGreen, tryDone } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** What the server has written down. */
export const ledgerAttacks: Attack[] = [
  {
    row: 17,
    title: 'Edit, delete or truncate the ledger',
    variants: [
      {
        how: 'edit a line',
        caughtBy: 'verify',
        async run(sandbox) {
          await atDone(sandbox)
          const { file } = sandbox.ledger()
          sandbox.change(file, '"outcome":"failed"', '"outcome":"passed"')
          return sandbox.verifies([], 'The ledger is broken here')
        },
      },
      {
        how: 'edit a line, and go on',
        caughtBy: 'ledger_broken',
        async run(sandbox) {
          await atGreen(sandbox)
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
      ).map(([how, told, left]) => ({
        how,
        caughtBy: 'verify' as const,
        async run(sandbox: Sandbox) {
          await atDone(sandbox)
          const { file } = sandbox.ledger()
          const lines = sandbox.read(file).trimEnd().split('\n')
          sandbox.write(file, left.map(at => `${lines[at] ?? ''}\n`).join(''))
          return sandbox.verifies([], told)
        },
      })),
      ...(['.redgreen/ledger', '.redgreen'] as const).map(folder => ({
        how: `delete ${folder}`,
        caughtBy: 'verify' as const,
        async run(sandbox: Sandbox) {
          await atDone(sandbox)
          await sandbox.restart()
          sandbox.remove(folder)
          return sandbox.verifies([], 'T001 is ticked')
        },
      })),
    ],
  },
  {
    row: 18,
    title: 'Forge a whole ledger, with right hashes',
    variants: [
      {
        how: 'of code that never was without its test, files and all',
        caughtBy: 'verify --replay',
        run: sandbox => forged(sandbox, { keep: true }, '"tests/size.test.js > size" is passed'),
      },
      {
        how: 'with no files that could be run again',
        caughtBy: 'verify --replay',
        run: sandbox => forged(sandbox, { keep: false }, 'no files were kept'),
      },
    ],
  },
]

/** It is only a good forgery when the ledger alone does not tell. */
async function forged(sandbox: Sandbox, how: { keep: boolean }, told: string): Promise<string> {
  await forgeLedger(sandbox, how)
  const alone = await sandbox.verifies([])
  return alone === THROUGH ? sandbox.verifies(['--replay'], told) : `without a replay: ${alone}`
}
