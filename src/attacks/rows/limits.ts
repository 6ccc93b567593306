import type { Cheat } from '../attack.ts'
import { THROUGH } from '../sandbox.ts'
import { atDone, SIZE, SOURCE, stack, TASKS } from '../projects/stack.ts'

const limits = (value: object) => ({ 'redgreen.config.json': JSON.stringify({ limits: value }) })

/** More runs than a person allows. */
export const limitCheats: Cheat[] = [
  {
    row: 23,
    cheat: 'Run the whole suite, or the validation, once more than is allowed',
    ways: [
      {
        how: 'a full run, with a new server that could have forgotten the others',
        caughtBy: 'counted',
        files: stack(TASKS, limits({ fullRuns: 2 })),
        async play(stage) {
          await atDone(stage)
          await stage.restart()
          await stage.does('next_task')
          const test = 'tests/push.test.js'
          stage.write(test, SIZE.replace('.size, 0', '.push, 0').replace("'size'", "'push'"))
          await stage.does('record_red', { task: 'T002', tests: [test] })
          stage.change(SOURCE, 'size = 0', 'size = 0\n  push = 0')
          await stage.does('record_green', { task: 'T002' })
          await stage.does('mark_complete', { task: 'T002' })
          const runs = stage.ledger().lines.filter(({ ran }) => ran === 'full')
          return runs.length === 1 ? 'counted' : THROUGH
        },
      },
      {
        how: 'a validation, with a new server',
        caughtBy: 'attempts_used_up',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n', limits({ validationAttempts: 1 })),
        async play(stage) {
          await stage.does('next_task')
          stage.write('notes.txt', 'A stack.\n')
          await stage.does('record_green', { task: 'T001' })
          await stage.does('mark_complete', { task: 'T001' })
          await stage.does('run_validation')
          await stage.restart()
          return stage.tries('run_validation')
        },
      },
    ],
  },
]
