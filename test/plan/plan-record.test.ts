import { describe, expect, it } from 'vitest'
import { conductor } from '../../src/dialects/conductor/conductor.ts'
import { planChanges, planRecord, type PlanRecord } from '../../src/plan/plan-record.ts'
import { planOf, track, workspaceOf, type Files } from '../dialects/conductor/fixture.ts'

const PLAN =
  '## Phase 1: Queue\n- [ ] Task: Add push\n\n## Phase 2: Limits\n- [ ] Task: Add a limit\n'
const ASKS = { 'conductor/workflow.md': '## Phase Completion Verification\n' }

function recordOf(files: Files): PlanRecord {
  const [reader, plan] = [workspaceOf(files), planOf(files)]
  const isReviewed = (phase: (typeof plan.phases)[number]) =>
    conductor.question?.(reader, plan, phase) !== undefined
  return planRecord(plan, undefined, [], isReviewed)
}

const changes = (before: Files, now: Files) =>
  planChanges(recordOf(before), recordOf(now)).map(({ text }) => text)

describe('the review of a phase by a human', () => {
  it('is gone if the workflow no longer asks for it', () => {
    const before = track(PLAN, ASKS)
    expect(changes(before, track(PLAN, { 'conductor/workflow.md': '# Workflow\n' }))).toEqual([
      'the review of the phase "Phase 1: Queue" by a human is gone',
      'the review of the phase "Phase 2: Limits" by a human is gone',
    ])
    expect(changes(before, track(PLAN))).toHaveLength(2)
  })

  it('is gone for a task that is moved into a phase without one', () => {
    const reviewed = `${PLAN}- [ ] Task: Conductor - User Manual Verification 'Limits'\n`
    const [, rest = ''] = reviewed.split('## Phase 2: Limits\n- [ ] Task: Add a limit\n')
    const moved = `## Phase 1: Queue\n- [ ] Task: Add push\n- [ ] Task: Add a limit\n\n## Phase 2: Limits\n${rest}`
    expect(changes(track(reviewed), track(moved)).join('\n')).toContain(
      'the review of the phase "Phase 2: Limits" by a human is gone',
    )
  })

  it('is still there if phases are renamed or joined', () => {
    const joined = PLAN.replace('\n## Phase 2: Limits\n', '').replace(
      'Phase 1: Queue',
      'Phase 1: All',
    )
    expect(changes(track(PLAN, ASKS), track(joined, ASKS))).toEqual([])
  })

  it('is nothing that a plan without reviews had', () => {
    expect(changes(track(PLAN), track(PLAN))).toEqual([])
    expect(changes(track(PLAN), track(PLAN, ASKS))).toEqual([])
  })
})
