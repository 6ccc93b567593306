import type { Attack } from '../attack.ts'
import { THROUGH } from '../sandbox.ts'
import { atDone, SIZE, SOURCE, stack, TASKS } from '../projects/stack.ts'

const limits = (value: object) => ({ 'redgreen.config.json': JSON.stringify({ limits: value }) })

/** More runs than a person allows. */
export const limitAttacks: Attack[] = [
  {
    row: 23,
    title: 'Run the whole suite, or the validation, once more than is allowed',
    variants: [
      {
        how: 'a full run, with a new server that could have forgotten the others',
        caughtBy: 'counted',
        files: stack(TASKS, limits({ fullRuns: 2 })),
        async run(sandbox) {
          await atDone(sandbox)
          await sandbox.restart()
          await sandbox.does('next_task')
          const test = 'tests/push.test.js'
          sandbox.write(test, SIZE.replace('.size, 0', '.push, 0').replace("'size'", "'push'"))
          await sandbox.does('record_red', { task: 'T002', tests: [test] })
          sandbox.change(SOURCE, 'size = 0', 'size = 0\n  push = 0')
          await sandbox.does('record_green', { task: 'T002' })
          await sandbox.does('mark_complete', { task: 'T002' })
          const runs = sandbox.ledger().lines.filter(({ ran }) => ran === 'full')
          return runs.length === 1 ? 'counted' : THROUGH
        },
      },
      {
        how: 'a validation, with a new server',
        caughtBy: 'attempts_used_up',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n', limits({ validationAttempts: 1 })),
        async run(sandbox) {
          await sandbox.does('next_task')
          sandbox.write('notes.txt', 'A stack.\n')
          await sandbox.does('record_green', { task: 'T001' })
          await sandbox.does('mark_complete', { task: 'T001' })
          await sandbox.does('run_validation')
          await sandbox.restart()
          return sandbox.tries('run_validation')
        },
      },
    ],
  },
]
