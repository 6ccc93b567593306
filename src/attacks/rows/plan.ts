import { together, type Cheat } from '../attack.ts'
import { atDone, atGreen, PLAN, stack, TASKS, TEST } from '../projects/stack.ts'
import { finishNotes, REGISTRY, track } from '../projects/conductor.ts'
import { jsonPlan, JSON_PLAN } from '../projects/json-plan.ts'
import type { Stage } from '../sandbox.ts'

const ALWAYS = { 'redgreen.config.json': '{"approval":{"required":"always"}}\n' }

/** What the plan says, and what is due. */
export const planCheats: Cheat[] = [
  {
    row: 16,
    cheat: 'Tick the box by hand, or set `passes` to true',
    ways: [
      {
        how: 'a box',
        caughtBy: 'verify',
        async play(stage) {
          await stage.does('next_task')
          stage.change(PLAN, '[ ] T001', '[X] T001')
          return stage.verifies([], 'T001 is ticked')
        },
      },
      {
        how: '`passes`',
        caughtBy: 'verify',
        files: jsonPlan(),
        async play(stage) {
          await stage.does('next_task')
          stage.change(JSON_PLAN, '"passes": false', '"passes": true')
          return stage.verifies([], '1 is ticked')
        },
      },
      {
        how: 'all boxes, to have the feature validated',
        caughtBy: 'not_ready',
        async play(stage) {
          await stage.does('next_task')
          stage.change(PLAN, '[ ]', '[X]')
          return stage.tries('run_validation')
        },
      },
    ],
  },
  {
    row: 19,
    cheat: 'Begin a task before it is due',
    ways: [
      {
        how: 'before the one that it depends on',
        caughtBy: 'not_ready',
        files: stack(
          '## Core\n- [ ] T001 [P] size in src/stack.js\n- [ ] T002 [P] push in src/push.js (depends on T001)\n',
        ),
        play: stage => stage.tries('next_task', { task: 'T002' }),
      },
      {
        how: 'two of them on one file',
        caughtBy: 'not_ready',
        files: stack(
          '## Core\n- [ ] T001 [P] size in src/stack.js\n- [ ] T002 [P] push in src/stack.js\n',
        ),
        async play(stage) {
          await stage.does('next_task')
          return (await stage.colleague()).tries('next_task', { task: 'T002' })
        },
      },
      {
        how: 'without asking',
        caughtBy: 'wrong_stage',
        async play(stage) {
          await stage.does('next_task')
          stage.write(TEST, '')
          return stage.tries('record_red', { task: 'T002', tests: [TEST] })
        },
      },
    ],
  },
  {
    row: 20,
    cheat: "Finish another assistant's task",
    ways: [
      {
        how: 'by a tool of another server, or in a shell',
        caughtBy: 'claimed',
        async play(stage) {
          await atGreen(stage)
          const colleague = await stage.colleague()
          return together([
            await colleague.tries('next_task', { task: 'T001' }),
            await colleague.tries('record_red', { task: 'T001', tests: [TEST] }),
            await colleague.tries('record_green', { task: 'T001' }),
            await colleague.tries('mark_complete', { task: 'T001' }),
            await colleague.tries('report_failure', { task: 'T001', error: 'It is too hard.' }),
            await stage.commands(['mark-complete', 'T001']),
          ])
        },
      },
    ],
  },
  {
    row: 21,
    cheat: 'Change the plan that a person has approved',
    ways: [
      ...(
        [
          ['take a task away', '- [ ] T002 push in src/stack.js\n', ''],
          ['call it something else', 'T001 size', 'T001 something'],
        ] as const
      ).map(([how, from, to]) => ({
        how,
        caughtBy: 'not_approved' as const,
        files: stack(TASKS, ALWAYS),
        async play(stage: Stage) {
          await stage.approves()
          stage.change(PLAN, from, to)
          return stage.tries('next_task')
        },
      })),
      ...(['the whole register', 'it counts', 'tells them apart'] as const).map(words => ({
        how: `change "${words}" in a JSON plan`,
        caughtBy: 'not_approved' as const,
        files: jsonPlan(ALWAYS),
        async play(stage: Stage) {
          await stage.approves()
          stage.change(JSON_PLAN, words, 'less')
          return stage.tries('next_task')
        },
      })),
      {
        how: 'take away what is left, and have the rest validated',
        caughtBy: 'not_approved',
        files: stack(TASKS, ALWAYS),
        async play(stage) {
          await stage.approves()
          await atDone(stage)
          stage.change(PLAN, '- [ ] T002 push in src/stack.js\n', '')
          return stage.tries('run_validation')
        },
      },
      {
        how: 'take away what is left, and call the rest the whole',
        caughtBy: 'verify',
        files: stack(TASKS, ALWAYS),
        async play(stage) {
          await stage.approves()
          await atDone(stage)
          stage.change(PLAN, '- [ ] T002 push in src/stack.js\n', '')
          return stage.verifies([], 'not the ones that were approved')
        },
      },
    ],
  },
  {
    row: 24,
    cheat: 'Call the plan complete without a validation',
    ways: [
      {
        how: 'by asking for it before the work is done',
        caughtBy: 'not_ready',
        files: jsonPlan(),
        play: stage => stage.tries('run_validation'),
      },
      {
        how: 'by writing it into the plan',
        caughtBy: 'verify',
        files: jsonPlan(),
        async play(stage) {
          await stage.does('next_task')
          stage.write('notes.txt', 'A stack.\n')
          await stage.does('record_green', { task: '1' })
          await stage.does('mark_complete', { task: '1' })
          stage.change(JSON_PLAN, '"APPROVED"', '"COMPLETE"')
          return stage.verifies([], 'says that it is complete')
        },
      },
      {
        how: 'by ticking the whole track in a registry',
        caughtBy: 'verify',
        files: track(),
        async play(stage) {
          await finishNotes(stage)
          await stage.restart()
          stage.change(REGISTRY, '[~]', '[x]')
          return stage.verifies([], 'says that it is complete')
        },
      },
    ],
  },
]
