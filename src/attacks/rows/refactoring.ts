import type { Attack } from '../attack.ts'
import { DONE, SIZE, SOURCE, stack, TEST, tryGreen, WEAK_TEST } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const OLD = 'tests/old.test.js'

const files = stack('## Phase 1: Core\n- [ ] T001 Refactor src/stack.js\n', {
  [SOURCE]: DONE,
  [TEST]: SIZE,
  [OLD]: SIZE.replace("'size'", "'old'"),
  'redgreen.config.json': `${JSON.stringify({ verify: { allow: [] } })}\n`,
})

/** Other work that is done under the name of a refactoring. */
export const refactoringAttacks: Attack[] = [
  {
    row: 71,
    title: 'Change what the program does in a task that only refactors',
    variants: [
      refused('weaken the test with the code', 'tests_changed', sandbox => {
        sandbox.change(SOURCE, '0', '1')
        sandbox.remove(OLD)
        sandbox.write(OLD, WEAK_TEST.replace("'size'", "'old'"))
        sandbox.write(TEST, WEAK_TEST)
      }),
      refused('remove the test', 'tests_missing', sandbox => {
        sandbox.change(SOURCE, '0', 'Number(0)')
        sandbox.remove(OLD)
      }),
      refused('change nothing', 'nothing_changed', sandbox =>
        sandbox.write(SOURCE, `// Refactored.\n${DONE}`),
      ),
      {
        how: 'add behaviour without a test',
        stoppedBy: 'verify',
        files,
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.change(SOURCE, '0\n', '0\n  clear() {\n    this.size = 0\n  }\n')
          await sandbox.work('record_green', { task: 'T001' })
          await sandbox.work('mark_complete', { task: 'T001' })
          return sandbox.runVerify([], 'T001', 'new code in a refactoring')
        },
      },
    ],
  },
]

function refused(
  how: string,
  stoppedBy: Attack['variants'][number]['stoppedBy'],
  act: (sandbox: Sandbox) => void,
): Attack['variants'][number] {
  return {
    how,
    stoppedBy,
    files,
    async run(sandbox) {
      await sandbox.work('next_task')
      act(sandbox)
      return tryGreen(sandbox)
    },
  }
}
