import { together, type Cheat } from '../cheat.ts'
import { stack } from '../honest.ts'
import type { Stage } from '../stage.ts'

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
      ...([['approve'], WAIVE] as const).flatMap(words => [
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
        how: 'a yes through a pipe to redgreen confirm-phase',
        caughtBy: 'phase_needs_person',
        files: track(),
        async play(stage) {
          const { data } = await stage.does('next_task')
          const id = String(Reflect.get(Object(data['task']), 'id'))
          stage.write('notes.txt', 'A walk.\n')
          await stage.does('record_green', { task: id })
          await stage.does('mark_complete', { task: id })
          return stage.commands(['confirm-phase'], 'yes\n')
        },
      },
    ],
  },
]

/** A conductor track with a phase that ends with a person's look. */
function track(): Record<string, string> {
  const folder = 'conductor/tracks/walks_20260301'
  const metadata = {
    track_id: 'walks_20260301',
    type: 'feature',
    status: 'new',
    description: 'Walks',
  }
  return {
    'conductor/tracks.md': `# Tracks\n\n- [ ] **Track: Walks**\n*Link: [./tracks/walks_20260301/](./tracks/walks_20260301/)*\n`,
    'conductor/product.md': '# Product\n',
    'conductor/tech-stack.md': '# Stack\n',
    'conductor/workflow.md': '# Workflow\n',
    [`${folder}/spec.md`]: '# Walks\n',
    [`${folder}/metadata.json`]: JSON.stringify(metadata),
    [`${folder}/plan.md`]:
      "# Plan\n\n## Phase 1: Notes\n\n- [ ] Task: Create documentation in notes.txt\n- [ ] Task: Conductor - User Manual Verification 'Phase 1: Notes' (Protocol in workflow.md)\n\n## Phase 2: More\n\n- [ ] Task: Create documentation in more.txt\n",
  }
}
