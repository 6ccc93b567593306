import { together, type Cheat } from '../attack.ts'
import { finishNotes, track } from '../projects/conductor.ts'
import { stack } from '../projects/stack.ts'
import type { Stage } from '../sandbox.ts'

const WAIVE = ['waive', 'T001', '--reason', 'no need'] as const

/** What only a person may do. */
export const personCheats: Cheat[] = [
  {
    row: 22,
    cheat: 'Approve, confirm or waive in the place of the person',
    ways: [
      {
        how: 'call a tool that would do it',
        caughtBy: 'bad_arguments',
        play: async stage =>
          together([
            await stage.tries('approve'),
            await stage.tries('confirm_phase'),
            await stage.tries('waive', { task: 'T001', reason: 'no need' }),
            await stage.tries('allow_run'),
          ]),
      },
      {
        how: "finish a person's task by a tool",
        caughtBy: 'phase_needs_person',
        files: stack('## Polish\n- [ ] T001 Manually verify the layout\n'),
        play: stage => stage.tries('mark_complete', { task: 'T001' }),
      },
      ...([['approve'], WAIVE, ['allow-run']] as const).flatMap(words => [
        {
          how: `redgreen ${words[0]} without a terminal`,
          caughtBy: 'phase_needs_person' as const,
          play: (stage: Stage) => stage.commands(words),
        },
        {
          how: `a yes through a pipe to redgreen ${words[0]}`,
          caughtBy: 'phase_needs_person' as const,
          play: (stage: Stage) => stage.commands(words, 'yes\n'),
        },
      ]),
      {
        how: 'let the client answer, by settings that name it as a way to the person',
        caughtBy: 'settings_changed',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async play(stage) {
          const hand = await stage.colleague({ agrees: true })
          await hand.does('next_task')
          const approval = { channels: ['elicitation'] }
          stage.write('redgreen.config.json', JSON.stringify({ approval }))
          stage.write('notes.txt', 'A stack.\n')
          return hand.tries('record_green', { task: 'T001' })
        },
      },
      {
        how: 'a yes through a pipe to redgreen confirm-phase',
        caughtBy: 'phase_needs_person',
        files: track(),
        async play(stage) {
          await finishNotes(stage)
          return stage.commands(['confirm-phase'], 'yes\n')
        },
      },
    ],
  },
]
