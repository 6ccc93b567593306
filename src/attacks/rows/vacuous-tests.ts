import type { Attack, Variant } from '../attack.ts'
import { SOURCE, stack, STUB, TEST, tryDone } from '../projects/stack.ts'
import { VACUOUS_TESTS } from './vacuous-cases.ts'

/** Tests that assert nothing about what the code does. */
export const vacuousTestAttacks: Attack[] = [
  {
    row: 73,
    title: 'Write a test that fails without the code and passes with any code',
    variants: VACUOUS_TESTS.map(
      ({ how, test, code, at = SOURCE, stub = STUB, more = {} }): Variant => ({
        how,
        stoppedBy: 'weak_tests',
        files: stack(undefined, { [SOURCE]: stub }),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write(TEST, test)
          await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
          for (const [file, text] of Object.entries({ [at]: code, ...more }))
            sandbox.write(file, text)
          await sandbox.work('record_green', { task: 'T001' })
          return tryDone(sandbox)
        },
      }),
    ),
  },
]
