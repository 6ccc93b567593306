import { expect, it } from 'vitest'
import { answerQuestion, questionOf } from '../../src/page/decisions.ts'
import type { PageDecision } from '../../src/page/wire.ts'
import { stackProject, TASKS, type Project } from '../kit/project.ts'

const PAGE = { approval: { required: 'always', channels: ['terminal', 'page'] } }
const PLAN = `## Setup
- [ ] T002 Manually verify the notes
  Acceptance:
  - a stranger can follow them
- [ ] T001 Create notes.txt
  Acceptance:
  - every password is checked
`

/** A decision that is asked, and answered with yes after somebody changed something that the question does not quote. */
async function decideAfter(
  decision: PageDecision,
  change: (project: Project) => void,
  settings: object = PAGE,
) {
  const project = stackProject(PLAN, {
    'redgreen.config.json': JSON.stringify(settings),
    '.oxlintrc.json': '{"rules": {"no-debugger": "error"}}\n',
  })
  const place = { workspace: { name: 'app', root: project.root } }
  const { signal } = new AbortController()
  const shown = await questionOf(place, decision, signal)
  change(project)
  const answered = (hash: string) => answerQuestion(place, decision, { hash, agreed: [] }, signal)
  return { shown, result: await answered(shown.hash), answered }
}

const soften = (project: Project) =>
  project.write(TASKS, PLAN.replace('every password is checked', 'nothing'))

it.each<[string, (project: Project) => void]>([
  ['a criterion of a task', soften],
  [
    'the criteria of the specification',
    project => project.write('specs/001-stack/spec.md', '# Stack\n\n## Requirements\n\n- None.\n'),
  ],
  [
    'a file that judges the work',
    project => project.write('.oxlintrc.json', '{"rules": {"no-debugger": "off"}}\n'),
  ],
])('an approval is refused and asked anew if %s changed since it was shown', async (_, change) => {
  const { shown, result, answered } = await decideAfter({ step: 'approve' }, change)
  if (!('changed' in result)) throw new Error('It was recorded.')
  expect(result.changed.hash).not.toBe(shown.hash)
  expect(await answered(result.changed.hash)).toMatchObject({ recorded: true })
})

it('an approval says that it includes more than the titles', async () => {
  const { shown, result } = await decideAfter({ step: 'approve' }, () => undefined)
  expect(shown.text).toContain('Included: what the plan says about each task')
  expect(result).toMatchObject({ recorded: true })
})

it('a waiver shows the criteria of the task, and is refused if they changed since', async () => {
  const waiver: PageDecision = { step: 'waive', tasks: ['T001'], reason: 'no time' }
  const { shown, result } = await decideAfter(waiver, soften)
  expect(shown.text).toContain('  - every password is checked\n')
  expect(result).toMatchObject({ changed: { text: expect.stringContaining('  - nothing\n') } })
})

it('a waiver of several tasks is refused if one of them changed since', async () => {
  const waiver: PageDecision = { step: 'waive', tasks: ['T001', 'T002'], reason: 'no time' }
  expect(await decideAfter(waiver, soften)).toMatchObject({ result: { changed: {} } })
})

it('a task for a human shows its criteria, and is refused if they changed since', async () => {
  const { shown, result } = await decideAfter(
    { step: 'mark-complete', task: 'T002' },
    project => project.write(TASKS, PLAN.replace('a stranger can follow them', 'nothing')),
    { ...PAGE, approval: { ...PAGE.approval, required: 'never' } },
  )
  expect(shown.text).toContain('  - a stranger can follow them\n')
  expect(result).toMatchObject({ changed: {} })
})
