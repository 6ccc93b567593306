import { together, type Attack } from '../attack.ts'
import { finishNotes, track } from '../projects/conductor.ts'
import { stack } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const WAIVE = ['waive', 'T001', '--reason', 'no need'] as const

/** What only a person may do. */
export const humanAttacks: Attack[] = [
  {
    row: 22,
    title: 'Approve, confirm or waive in the place of the person',
    variants: [
      {
        how: 'call a tool that would do it',
        caughtBy: 'bad_arguments',
        run: async sandbox =>
          together([
            await sandbox.tries('approve'),
            await sandbox.tries('confirm_phase'),
            await sandbox.tries('waive', { task: 'T001', reason: 'no need' }),
            await sandbox.tries('allow_run'),
          ]),
      },
      {
        how: "finish a person's task by a tool",
        caughtBy: 'phase_needs_person',
        files: stack('## Polish\n- [ ] T001 Manually verify the layout\n'),
        run: sandbox => sandbox.tries('mark_complete', { task: 'T001' }),
      },
      ...([['approve'], WAIVE, ['allow-run']] as const).flatMap(words => [
        {
          how: `redgreen ${words[0]} without a terminal`,
          caughtBy: 'phase_needs_person' as const,
          run: (sandbox: Sandbox) => sandbox.commands(words),
        },
        {
          how: `a yes through a pipe to redgreen ${words[0]}`,
          caughtBy: 'phase_needs_person' as const,
          run: (sandbox: Sandbox) => sandbox.commands(words, 'yes\n'),
        },
      ]),
      {
        how: 'let the client answer, by settings that name it as a way to the person',
        caughtBy: 'settings_changed',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async run(sandbox) {
          const agent = await sandbox.secondAgent({ agrees: true })
          await agent.does('next_task')
          const approval = { channels: ['elicitation'] }
          sandbox.write('redgreen.config.json', JSON.stringify({ approval }))
          sandbox.write('notes.txt', 'A stack.\n')
          return agent.tries('record_green', { task: 'T001' })
        },
      },
      {
        how: 'a yes through a pipe to redgreen confirm-phase',
        caughtBy: 'phase_needs_person',
        files: track(),
        async run(sandbox) {
          await finishNotes(sandbox)
          return sandbox.commands(['confirm-phase'], 'yes\n')
        },
      },
    ],
  },
]
