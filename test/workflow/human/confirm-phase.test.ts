import { expect, it } from 'vitest'
import { answerQuestion, questionOf } from '../../../src/page/decisions.ts'
import { tools } from '../../../src/tools/index.ts'
import { confirmPhase } from '../../../src/workflow/human/confirm-phase.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const TRACK = 'conductor/tracks/tides_20260301'
const PLAN = `${TRACK}/plan.md`

function trackProject(): Project {
  return makeProject({
    'package.json': JSON.stringify({ type: 'module' }),
    'redgreen.config.json': JSON.stringify({
      approval: { channels: ['page'] },
      kinds: ['1.1', '2.1'].map(tasks => ({ tasks, kind: 'check' })),
    }),
    'conductor/tracks.md':
      '# Project Tracks\n\n---\n\n- [ ] **Track: Tides**\n*Link: [./tracks/tides_20260301/](./tracks/tides_20260301/)*\n',
    [`${TRACK}/spec.md`]: '# Spec\n',
    [PLAN]: `# Plan

## Phase 1: Notes
- [ ] Task: Create notes.txt
- [ ] Task: Conductor - User Manual Verification 'Notes' (Protocol in workflow.md)

## Phase 2: More
- [ ] Task: Create more.txt
- [ ] Task: Conductor - User Manual Verification 'More' (Protocol in workflow.md)
`,
    [`${TRACK}/metadata.json`]: '{"track_id":"tides_20260301","status":"new"}',
  })
}

/** An assistant does a task that creates a file. */
async function work(project: Project, task: string, file: string): Promise<void> {
  const run = (name: string, input: object) =>
    tools
      .find(tool => tool.name === name)
      ?.prepare(input)
      .run(callAt(project.root))
  await run('next_task', {})
  project.write(file, 'text\n')
  await run('record_green', { task })
  await run('mark_complete', { task, refactor: 'nothing to clean up' })
}

it('does not count a yes for the next phase, if another human confirmed this one meanwhile', async () => {
  const project = trackProject()
  await work(project, '1.1', 'notes.txt')
  const other = humanAt(project.root)
  const { call, questions } = humanAt(project.root, async () => {
    await confirmPhase(other.call)
    await work(project, '2.1', 'more.txt')
  })
  await expect(confirmPhase(call)).rejects.toThrow(
    'Another phase waits for a review now ("Phase 2: More"), so nothing was confirmed.',
  )
  expect(questions).toEqual([expect.stringContaining('Phase "Phase 1: Notes"')])
  await confirmPhase(other.call)
  expect(other.questions.at(-1)).toContain('Phase "Phase 2: More"')
})

it('counts a yes on the page only if the tasks that it finishes still say the same', async () => {
  const project = trackProject()
  await work(project, '1.1', 'notes.txt')
  const place = { workspace: { name: 'app', root: project.root } }
  const decision = { step: 'confirm-phase' as const, phase: 'Phase 1: Notes' }
  const { signal } = new AbortController()
  const { hash } = await questionOf(place, decision, signal)
  const plan = project.read(PLAN)
  project.write(PLAN, plan.replace("Verification 'Notes'", "Verification 'Notes' of the moon"))
  const answered = await answerQuestion(place, decision, { hash, agreed: [] }, signal)
  expect(answered).toMatchObject({ changed: {} })
})
