import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { phase, planOf, source, storage, track, workspaceOf, type Files } from './fixture.ts'

function question(files: Files, number: number) {
  const plan = planOf(files)
  return conductor.question?.(workspaceOf(files), plan, phase(plan, number))
}

describe('the question at the end of a phase', () => {
  test.each([
    ['Schema Design', 'Is the schema right?'],
    ['Migration Setup', 'Do the migrations run, and are they documented?'],
    ['Core Storage Implementation', 'Do create, read, update and delete work?'],
    ['Indexing & Optimization', 'Are the queries faster?'],
    ['Data Integrity', 'Do constraints and validations hold?'],
    ['Backup & Recovery', 'Do backup and restore work?'],
    ['Testing', 'Do the tests cover what matters?'],
    ['Documentation', 'Is the documentation right and complete?'],
    ['Authentication Setup', 'Does it work as spec.md says?'],
    ['Polishing', 'Does it work as spec.md says?'],
  ])('for the phase %s of a component is "%s"', (name, expected) => {
    const asked = question(storage(`## Phase 1: ${name}\n- [ ] Do it in src/a.js\n`), 1)
    expect(asked).toContain(`"Phase 1: ${name}" is finished. ${expected}`)
    expect(asked).toContain('Its tasks name src/a.js.')
  })

  test('is asked in a track if the plan or the workflow requires it', () => {
    const files = track(source('registry.md'))
    expect(question(files, 2)).toContain('"Phase 2: Interpolating" is finished.')
    expect(question(files, 3)).toBeUndefined()
    const more = { 'conductor/workflow.md': '## Phase Completion Verification\n' }
    expect(question(track(source('registry.md'), more), 3)).toContain(
      'Does it work as spec.md says?',
    )
  })

  test('names other tasks that a human has to check', () => {
    const asked = question(track('## Phase 4: Manual Verification\n- [ ] Test A: it moves\n'), 1)
    expect(asked).toContain('Also check: "Test A: it moves".')
  })
})
