import { combined, type Attack } from '../attack.ts'
import { approveOnPage } from '../page-answer.ts'
import { finishNotes, track } from '../projects/conductor.ts'
import { stack } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const WAIVE = ['waive', 'T001', '--reason', 'no need'] as const

/** Decisions that only a human may make. */
export const humanAttacks: Attack[] = [
  {
    row: 22,
    title: 'Approve, confirm or waive instead of the human',
    variants: [
      {
        how: 'call a tool of that name',
        stoppedBy: 'bad_arguments',
        run: async sandbox =>
          combined([
            await sandbox.attempt('approve'),
            await sandbox.attempt('confirm_phase'),
            await sandbox.attempt('waive', { task: 'T001', reason: 'no need' }),
            await sandbox.attempt('allow_run'),
          ]),
      },
      {
        how: 'finish a task of kind person with a tool',
        stoppedBy: 'phase_needs_person',
        files: stack('## Polish\n- [ ] T001 Manually verify the layout\n'),
        run: sandbox => sandbox.attempt('mark_complete', { task: 'T001' }),
      },
      ...([['approve'], WAIVE, ['allow-run']] as const).flatMap(args => [
        {
          how: `redgreen ${args[0]} without a terminal`,
          stoppedBy: 'phase_needs_person' as const,
          run: (sandbox: Sandbox) => sandbox.runCommand(args),
        },
        {
          how: `pipe a yes into redgreen ${args[0]}`,
          stoppedBy: 'phase_needs_person' as const,
          run: (sandbox: Sandbox) => sandbox.runCommand(args, 'yes\n'),
        },
      ]),
      {
        how: 'allow elicitation in the settings and let the client answer yes',
        stoppedBy: 'settings_changed',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async run(sandbox) {
          const agent = await sandbox.secondAgent({ agrees: true })
          await agent.work('next_task')
          const approval = { channels: ['elicitation'] }
          sandbox.write('redgreen.config.json', JSON.stringify({ approval }))
          sandbox.write('notes.txt', 'A stack.\n')
          return agent.attempt('record_green', { task: 'T001' })
        },
      },
      {
        how: 'allow the live page in the settings and approve there with its token',
        stoppedBy: 'phase_needs_person',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async run(sandbox) {
          await sandbox.work('next_task')
          const approval = { channels: ['page'] }
          sandbox.write('redgreen.config.json', JSON.stringify({ approval }))
          return approveOnPage(sandbox.root)
        },
      },
      {
        how: 'pipe a yes into redgreen confirm-phase',
        stoppedBy: 'phase_needs_person',
        files: track(),
        async run(sandbox) {
          await finishNotes(sandbox)
          return sandbox.runCommand(['confirm-phase'], 'yes\n')
        },
      },
    ],
  },
]
