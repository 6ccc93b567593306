import type { Attack } from '../attack.ts'
import { SUCCEEDED } from '../sandbox.ts'
import { reachDone, SIZE, SOURCE, stack, TASKS } from '../projects/stack.ts'

const limits = (value: object) => ({ 'redgreen.config.json': JSON.stringify({ limits: value }) })

/** More runs than the limits allow. */
export const limitAttacks: Attack[] = [
  {
    row: 23,
    title: 'Run the full suite or the validation more often than allowed',
    variants: [
      {
        how: 'a full run, after a restart of the server',
        stoppedBy: 'counted',
        files: stack(TASKS, limits({ fullRuns: 2 })),
        async run(sandbox) {
          await reachDone(sandbox)
          await sandbox.restart()
          await sandbox.work('next_task')
          const test = 'tests/push.test.js'
          sandbox.write(test, SIZE.replace('.size, 0', '.push, 0').replace("'size'", "'push'"))
          await sandbox.work('record_red', { task: 'T002', tests: [test] })
          sandbox.change(SOURCE, 'size = 0', 'size = 0\n  push = 0')
          await sandbox.work('record_green', { task: 'T002' })
          await sandbox.work('mark_complete', { task: 'T002' })
          const runs = sandbox.ledger().lines.filter(({ ran }) => ran === 'full')
          return runs.length === 1 ? 'counted' : SUCCEEDED
        },
      },
      {
        how: 'a validation, after a restart of the server',
        stoppedBy: 'attempts_used_up',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n', limits({ validationAttempts: 1 })),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('notes.txt', 'A stack.\n')
          await sandbox.work('record_green', { task: 'T001' })
          await sandbox.work('mark_complete', { task: 'T001' })
          await sandbox.work('run_validation')
          await sandbox.restart()
          return sandbox.attempt('run_validation')
        },
      },
    ],
  },
]
