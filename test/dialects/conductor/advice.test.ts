import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { planOf, source, storage, track, workspaceOf, type Files } from './fixture.ts'
import { task } from '../plan-queries.ts'

function advice(files: Files, id: string) {
  const plan = planOf(files)
  return conductor.advice?.(workspaceOf(files), plan, task(plan, id)) ?? { before: [], after: [] }
}

function workflow(text: string): Files {
  return storage(source('table.md'), { 'storage-conductor/workflow.md': text })
}

describe('the advice of workflow.md', () => {
  test('names the order of work, the kind of migrations and the standards before a task', () => {
    expect(advice(storage(source('table.md')), '2.1').before).toEqual([
      'workflow.md asks for the schema first, then its migration, then code that matches both.',
      'Migrations are versioned here: write a migration file, forward and backward.',
      'Follow storage-standards.md and tech-stack.md.',
    ])
    expect(advice(storage(source('table.md')), '3.1').before).toHaveLength(2)
  })

  test.each([
    ['1.1', 'docs: define the fields of a seed lot in db/schema.json'],
    ['2.1', 'migration: create the migration 0001_lots'],
    ['3.1', 'feat: implement put and get of lots in src/lots.js'],
    ['5.1', 'test: cover lots at the limits'],
  ])('suggests a commit message for task %s', (id, message) => {
    expect(advice(storage(source('table.md')), id).after).toEqual([
      `workflow.md asks for a commit after each task, for example: ${message}`,
    ])
  })

  test('can be tests first, automatic migrations, or a commit for each phase', () => {
    const text =
      '## Testing Approach\n- **Primary Approach**: TDD\n## Migration Strategy\n- **Primary Approach**: Automatic\n## Commit Strategy\n- **Commit Frequency**: After each phase\n'
    const { before, after } = advice(workflow(text), '2.2')
    expect(before[0]).toContain('tests first')
    expect(before[1]).toContain('automatic')
    expect(after[0]).toContain('commit after each phase')
    expect(advice(workflow(text), '2.1').after).toEqual([])
  })

  test('is empty if the file is missing or still a template', () => {
    const text =
      '## Testing Approach\n- **Primary Approach**: [e.g., TDD or schema-first]\n## Commit Strategy\n- **Commit Frequency**: [after each task]\n'
    for (const files of [workflow(text), workflow('')]) {
      const { before, after } = advice(files, '2.1')
      expect(before).toEqual(['Follow storage-standards.md and tech-stack.md.'])
      expect(after).toEqual([])
    }
  })

  test('can come from prose, and in a track says that the server does not commit', () => {
    const text =
      '# Workflow\n\n1. **Test-Driven Development:** tests come first.\n\n## Task Workflow\n\n8. **Commit Code Changes:** stage what belongs to the task.\n'
    const files = track(
      '## Phase 1: A\n- [ ] Fix the tide of the first of March which was one hour too early in the table\n',
      { 'conductor/workflow.md': text },
    )
    const { before, after } = advice(files, '1.1')
    expect(before[0]).toContain('tests first')
    expect(after[0]).toMatch(/example: fix: fix the tide/)
    expect((after[0] ?? '').split('example: ')[1]?.length).toBeLessThanOrEqual(72)
    expect(after[0]).toMatch(/\w{2,}$/)
    expect(after[0]).not.toMatch(/ (the|in|was)$/)
    expect(after[1]).toContain('writes no commit id')
  })
})

test('a task for a human has no advice', () => {
  expect(advice(track(source('registry.md')), '2.5')).toEqual({ before: [], after: [] })
})
