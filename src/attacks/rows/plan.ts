import { combined, type Attack, type Variant } from '../attack.ts'
import { reachDone, reachGreen, PLAN, stack, TASKS, TEST } from '../projects/stack.ts'
import { finishNotes, REGISTRY, track } from '../projects/conductor.ts'
import { jsonPlanProject, JSON_PLAN } from '../projects/json-plan.ts'
import type { Sandbox } from '../sandbox.ts'

const ALWAYS = { 'redgreen.config.json': '{"approval":{"required":"always"}}\n' }

const SPEC = 'specs/001-stack/spec.md'
const CRITERIA = '# Stack\n\n## Requirements\n- **FR-001**: A stack holds 100 numbers\n'

function softened(how: string, specification: string): Variant {
  return {
    how,
    stoppedBy: 'verify',
    files: stack(undefined, { [SPEC]: CRITERIA }),
    async run(sandbox) {
      await reachDone(sandbox)
      sandbox.write(SPEC, specification)
      return sandbox.runVerify([], 'FR-001', 'gone or changed')
    },
  }
}

/** Changes of the plan, and tasks out of order. */
export const planAttacks: Attack[] = [
  {
    row: 16,
    title: 'Tick the box by hand, or set `passes` to true',
    variants: [
      {
        how: 'tick one box',
        stoppedBy: 'verify',
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.change(PLAN, '[ ] T001', '[X] T001')
          return sandbox.runVerify([], 'T001 is ticked')
        },
      },
      {
        how: 'set `passes` in a JSON plan',
        stoppedBy: 'verify',
        files: jsonPlanProject(),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.change(JSON_PLAN, '"passes": false', '"passes": true')
          return sandbox.runVerify([], '1 is ticked')
        },
      },
      {
        how: 'tick every box and validate the feature',
        stoppedBy: 'not_ready',
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.change(PLAN, '[ ]', '[X]')
          return sandbox.attempt('run_validation')
        },
      },
    ],
  },
  {
    row: 74,
    title: 'Make the specification ask for less',
    variants: [
      softened('delete a criterion', '# Stack\n'),
      softened('change a number in it', CRITERIA.replace('100', '10')),
    ],
  },
  {
    row: 19,
    title: 'Start a task too early',
    variants: [
      {
        how: 'before the task that it depends on',
        stoppedBy: 'not_ready',
        files: stack(
          '## Core\n- [ ] T001 [P] size in src/stack.js\n- [ ] T002 [P] push in src/push.js (depends on T001)\n',
        ),
        run: sandbox => sandbox.attempt('next_task', { task: 'T002' }),
      },
      {
        how: 'while another task works on the same file',
        stoppedBy: 'not_ready',
        files: stack(
          '## Core\n- [ ] T001 [P] size in src/stack.js\n- [ ] T002 [P] push in src/stack.js\n',
        ),
        async run(sandbox) {
          await sandbox.work('next_task')
          return (await sandbox.secondAgent()).attempt('next_task', { task: 'T002' })
        },
      },
      {
        how: 'without next_task',
        stoppedBy: 'wrong_stage',
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write(TEST, '')
          return sandbox.attempt('record_red', { task: 'T002', tests: [TEST] })
        },
      },
    ],
  },
  {
    row: 20,
    title: "Finish another assistant's task",
    variants: [
      {
        how: 'from another server, or from a shell',
        stoppedBy: 'claimed',
        async run(sandbox) {
          await reachGreen(sandbox)
          const secondAgent = await sandbox.secondAgent()
          return combined([
            await secondAgent.attempt('next_task', { task: 'T001' }),
            await secondAgent.attempt('record_red', { task: 'T001', tests: [TEST] }),
            await secondAgent.attempt('record_green', { task: 'T001' }),
            await secondAgent.attempt('mark_complete', { task: 'T001' }),
            await secondAgent.attempt('report_failure', { task: 'T001', error: 'It is too hard.' }),
            await sandbox.runCommand(['mark-complete', 'T001']),
          ])
        },
      },
    ],
  },
  {
    row: 21,
    title: 'Change the plan after its approval',
    variants: [
      ...(
        [
          ['delete a task', '- [ ] T002 push in src/stack.js\n', ''],
          ['rename a task', 'T001 size', 'T001 something'],
        ] as const
      ).map(([how, from, to]) => ({
        how,
        stoppedBy: 'not_approved' as const,
        files: stack(TASKS, ALWAYS),
        async run(sandbox: Sandbox) {
          await sandbox.approvePlan()
          sandbox.change(PLAN, from, to)
          return sandbox.attempt('next_task')
        },
      })),
      ...(['the whole register', 'it counts', 'separates them'] as const).map(text => ({
        how: `change "${text}" in a JSON plan`,
        stoppedBy: 'not_approved' as const,
        files: jsonPlanProject(ALWAYS),
        async run(sandbox: Sandbox) {
          await sandbox.approvePlan()
          sandbox.change(JSON_PLAN, text, 'less')
          return sandbox.attempt('next_task')
        },
      })),
      {
        how: 'delete the open tasks and validate the rest',
        stoppedBy: 'not_approved',
        files: stack(TASKS, ALWAYS),
        async run(sandbox) {
          await sandbox.approvePlan()
          await reachDone(sandbox)
          sandbox.change(PLAN, '- [ ] T002 push in src/stack.js\n', '')
          return sandbox.attempt('run_validation')
        },
      },
      {
        how: 'delete the open tasks and stop there',
        stoppedBy: 'verify',
        files: stack(TASKS, ALWAYS),
        async run(sandbox) {
          await sandbox.approvePlan()
          await reachDone(sandbox)
          sandbox.change(PLAN, '- [ ] T002 push in src/stack.js\n', '')
          return sandbox.runVerify([], 'changed after a human approved them')
        },
      },
    ],
  },
  {
    row: 24,
    title: 'Declare the plan complete without a validation',
    variants: [
      {
        how: 'call run_validation before the work is done',
        stoppedBy: 'not_ready',
        files: jsonPlanProject(),
        run: sandbox => sandbox.attempt('run_validation'),
      },
      {
        how: 'write the status into the plan',
        stoppedBy: 'verify',
        files: jsonPlanProject(),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('notes.txt', 'A stack.\n')
          await sandbox.work('record_green', { task: '1' })
          await sandbox.work('mark_complete', { task: '1' })
          sandbox.change(JSON_PLAN, '"APPROVED"', '"COMPLETE"')
          return sandbox.runVerify([], 'says that it is complete')
        },
      },
      {
        how: 'tick the track in the registry',
        stoppedBy: 'verify',
        files: track(),
        async run(sandbox) {
          await finishNotes(sandbox)
          await sandbox.restart()
          sandbox.change(REGISTRY, '[~]', '[x]')
          return sandbox.runVerify([], 'says that it is complete')
        },
      },
    ],
  },
]
