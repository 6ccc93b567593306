import path from 'node:path'
import type { Attack } from '../attack.ts'
import {
  DONE,
  PLAN,
  reachDone,
  reachRed,
  SIZE,
  SOURCE,
  stack,
  TEST,
  testFile,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const ONE_TASK = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'
const EASY = testFile("test('size', () => assert.ok('size' in new Stack()))")
const SETTINGS = 'redgreen.config.json'
const T001 = { task: 'T001' }

const QUEUE = 'specs/002-queue/tasks.md'
const TWO_FEATURES = stack(ONE_TASK, {
  'specs/002-queue/spec.md': '# Queue\n',
  'specs/002-queue/plan.md': '# Plan\n',
  [QUEUE]: ONE_TASK,
})

const policy = (allow?: string[]) => JSON.stringify(allow ? { verify: { allow } } : {})

/** Evidence that is removed, replaced, or no longer about the current files. */
export const lostEvidenceAttacks: Attack[] = [
  {
    row: 50,
    title: 'Delete the ledger and prove the task again with an easier test',
    variants: (
      [
        ['delete .redgreen', ['.redgreen']],
        ['delete .redgreen/ledger', ['.redgreen/ledger']],
        [
          'delete the ledger of the feature and .redgreen/local',
          ['.redgreen/ledger/001-stack', '.redgreen/local'],
        ],
      ] as const
    ).map(([how, folders]) => ({
      how,
      stoppedBy: 'verify',
      async run(sandbox) {
        await reachRed(sandbox)
        for (const folder of folders) sandbox.remove(folder)
        sandbox.remove(TEST)
        await reachRed(sandbox, EASY)
        sandbox.write(SOURCE, DONE.replace('0', "'many'"))
        await sandbox.work('record_green', T001)
        await sandbox.work('mark_complete', T001)
        return sandbox.runVerify([], 'that this clone recorded', 'missing', 'T001')
      },
    })),
  },
  {
    row: 51,
    title: 'Cut off the end of the ledger to hide what it recorded',
    variants: (
      [
        ['the last line', []],
        ['the last line, and delete .redgreen/local', ['.redgreen/local']],
        ['the last line, and delete the records of its commits', ['.redgreen/local/commits']],
      ] as const
    ).map(([how, folders]) => ({
      how,
      stoppedBy: 'verify',
      files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
      async run(sandbox) {
        await sandbox.work('next_task')
        sandbox.write('notes.txt', 'A stack.\n')
        await sandbox.work('record_green', T001)
        await sandbox.work('mark_complete', T001)
        await sandbox.work('run_validation')
        await sandbox.restart()
        const { file } = sandbox.ledger()
        const lines = sandbox.read(file).trimEnd().split('\n')
        sandbox.write(file, `${lines.slice(0, -1).join('\n')}\n`)
        for (const folder of folders) sandbox.remove(folder)
        return sandbox.runVerify([], 'missing', 'validation at')
      },
    })),
  },
  {
    row: 52,
    title: 'Change files after the validation has passed',
    variants: (
      [
        ['the code', SOURCE, DONE.replace('size = 0', 'size = 0\n  more = 1')],
        ['a test', TEST, EASY],
        ['the configuration', 'package.json', '{"type":"module"}\n'],
        ['a new file of code', 'src/more.js', 'export {}\n'],
      ] as const
    ).map(([how, file, text]) => ({
      how,
      stoppedBy: 'verify',
      files: stack(ONE_TASK),
      async run(sandbox) {
        await reachDone(sandbox)
        await sandbox.work('run_validation')
        sandbox.write(file, text)
        return sandbox.runVerify([], 'The validated files are not these', file)
      },
    })),
  },
  {
    row: 53,
    title: 'Use the ledger of another feature',
    variants: [
      ...(['add a copy', 'move it'] as const).map(how => ({
        how,
        stoppedBy: 'verify' as const,
        files: TWO_FEATURES,
        async run(sandbox: Sandbox) {
          await withLedgerOfAnother(sandbox, how === 'move it')
          return sandbox
            .runVerify(['--feature', '002-queue'], 'it belongs to another feature')
            .then(asVerify)
        },
      })),
      {
        how: 'add a copy and continue',
        stoppedBy: 'ledger_broken',
        files: TWO_FEATURES,
        async run(sandbox) {
          await withLedgerOfAnother(sandbox, false)
          sandbox.change(QUEUE, '[X]', '[ ]')
          return sandbox.attempt('next_task', { feature: '002-queue', ...T001 })
        },
      },
    ],
  },
  {
    row: 54,
    title: 'Make the policy of verify less strict',
    variants: [
      ...(
        [
          ['allow the kind of evidence', policy(['human', 'late'])],
          ['remove the policy', policy()],
        ] as const
      ).map(([how, loosened]) => ({
        how,
        stoppedBy: 'verify' as const,
        files: stack(ONE_TASK, { [SETTINGS]: policy(['human']) }),
        async run(sandbox: Sandbox) {
          await sandbox.work('next_task')
          sandbox.write(SOURCE, DONE)
          sandbox.write(TEST, SIZE)
          await sandbox.work('record_red', { ...T001, tests: [TEST], late: true })
          await sandbox.work('record_green', T001)
          await sandbox.work('mark_complete', T001)
          sandbox.write(SETTINGS, loosened)
          return sandbox.runVerify([], 'T001: proven late', 'no human has approved')
        },
      })),
      {
        how: 'during a task',
        stoppedBy: 'settings_changed',
        files: stack(ONE_TASK, { [SETTINGS]: policy(['human']) }),
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(SOURCE, DONE)
          sandbox.write(SETTINGS, policy(['human', 'late']))
          return sandbox.attempt('record_green', T001)
        },
      },
    ],
  },
]

/** Proves a task of the first feature and gives its ledger to the second one, whose task is ticked by hand. */
async function withLedgerOfAnother(sandbox: Sandbox, moves: boolean): Promise<void> {
  await sandbox.work('next_task', { feature: '001-stack' })
  sandbox.write(TEST, SIZE)
  await sandbox.work('record_red', { ...T001, feature: '001-stack', tests: [TEST] })
  sandbox.write(SOURCE, DONE)
  await sandbox.work('record_green', { ...T001, feature: '001-stack' })
  await sandbox.work('mark_complete', { ...T001, feature: '001-stack' })
  const { file } = sandbox.ledger()
  sandbox.write(`.redgreen/ledger/002-queue/${path.basename(file)}`, sandbox.read(file))
  if (moves) sandbox.remove('.redgreen/ledger/001-stack')
  sandbox.write(QUEUE, sandbox.read(PLAN))
}

/** The options of the command do not matter for the table. */
function asVerify(result: string): string {
  return result.startsWith('verify ') ? 'verify' : result
}
