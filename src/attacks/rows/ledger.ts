import type { Cheat } from '../attack.ts'
import { THROUGH } from '../sandbox.ts'
import { forgeLedger } from '../forged-ledger.ts'
import { atDone, atGreen, tryDone } from '../projects/stack.ts'
import type { Stage } from '../sandbox.ts'

/** What the server has written down. */
export const ledgerCheats: Cheat[] = [
  {
    row: 17,
    cheat: 'Edit, delete or truncate the ledger',
    ways: [
      {
        how: 'edit a line',
        caughtBy: 'verify',
        async play(stage) {
          await atDone(stage)
          const { file } = stage.ledger()
          stage.change(file, '"outcome":"failed"', '"outcome":"passed"')
          return stage.verifies([], 'The ledger is broken here')
        },
      },
      {
        how: 'edit a line, and go on',
        caughtBy: 'ledger_broken',
        async play(stage) {
          await atGreen(stage)
          const { file } = stage.ledger()
          stage.change(file, '"outcome":"failed"', '"outcome":"passed"')
          return tryDone(stage)
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
        async play(stage: Stage) {
          await atDone(stage)
          const { file } = stage.ledger()
          const lines = stage.read(file).trimEnd().split('\n')
          stage.write(file, left.map(at => `${lines[at] ?? ''}\n`).join(''))
          return stage.verifies([], told)
        },
      })),
      ...(['.redgreen/ledger', '.redgreen'] as const).map(folder => ({
        how: `delete ${folder}`,
        caughtBy: 'verify' as const,
        async play(stage: Stage) {
          await atDone(stage)
          await stage.restart()
          stage.remove(folder)
          return stage.verifies([], 'T001 is ticked')
        },
      })),
    ],
  },
  {
    row: 18,
    cheat: 'Forge a whole ledger, with right hashes',
    ways: [
      {
        how: 'of code that never was without its test, files and all',
        caughtBy: 'verify --replay',
        play: stage => forged(stage, { keep: true }, '"tests/size.test.js > size" is passed'),
      },
      {
        how: 'with no files that could be run again',
        caughtBy: 'verify --replay',
        play: stage => forged(stage, { keep: false }, 'no files were kept'),
      },
    ],
  },
]

/** It is only a good forgery when the ledger alone does not tell. */
async function forged(stage: Stage, how: { keep: boolean }, told: string): Promise<string> {
  await forgeLedger(stage, how)
  const alone = await stage.verifies([])
  return alone === THROUGH ? stage.verifies(['--replay'], told) : `without a replay: ${alone}`
}
