import { describe, expect, test } from 'vitest'
import { openspec } from '../../../src/dialects/openspec/openspec.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { brief, finished, planOf } from '../numbered-list/fixture.ts'

const SPEC = `## ADDED Requirements

### Requirement: Dark theme

#### Scenario: Theme is remembered

- **WHEN** the page is loaded again
- **THEN** the dark theme stays

#### Scenario: Theme follows the system

- **WHEN** nothing was chosen

## REMOVED Requirements

### Requirement: Old theme

#### Scenario: Theme in a cookie
`

describe('a change of OpenSpec', () => {
  test('takes the scenarios of its spec deltas that a task is about as acceptance criteria', () => {
    const plan = planOf(
      'openspec',
      '## 1. Theme\n- [ ] 1.1 Make sure the theme is remembered\n- [ ] 1.2 Write the changelog\n',
      { 'proposal.md': 'P', 'design.md': 'D', 'specs/ui/spec.md': SPEC },
    )
    expect(brief(plan, 'acceptance', 'phase')).toEqual({
      '1.1': [
        ['Theme is remembered: WHEN the page is loaded again THEN the dark theme stays'],
        '1. Theme',
      ],
      '1.2': [[], '1. Theme'],
    })
    expect(plan.documents.map(({ name }) => name)).toEqual([
      'proposal',
      'design',
      'tasks',
      'specs/ui/spec.md',
    ])
    expect(plan.problems).toEqual([])
  })

  test('gives every task all scenarios of a small change if no words agree', () => {
    const plan = planOf('openspec', '- [ ] 1.1 Do it\n', { 'specs/ui/spec.md': SPEC })
    expect(plan.tasks[0]?.acceptance).toHaveLength(2)
  })

  test('keeps a task with [~] as work in progress, because OpenSpec counts it as unfinished', () => {
    const plan = planOf('openspec', '- [~] 1.1 Add\n- [-] 1.2 Add\n- [x] 1.3 Add\n- [/] 1.4 Add\n')
    expect(plan.tasks.map(({ markers }) => markers[0]?.state)).toEqual([
      'doing',
      'other',
      'done',
      'doing',
    ])
  })

  test.each([
    ['- [~] 1.1 Deferred (integration test): the unit test does it', 'other'],
    ['- [~] 1.1 Deferred to a later change', 'other'],
    ['- [~] 1.1 (REVERTED — see notes) Sort the list', 'other'],
    ['- [~] 1.1 **Skipped**: no key', 'other'],
    ['- [~] 1.1 Deferred rendering in src/draw.js', 'doing'],
    ['- [~] 1.1 Half of it is done', 'doing'],
    ['- [ ] 1.1 Deferred rendering in src/draw.js', 'open'],
    ['- [x] 1.1 Skipped: no key', 'done'],
  ])('drops a task with [~] only if its text begins with that: %s', (line, state) => {
    expect(planOf('openspec', `${line}\n`).tasks[0]?.markers[0]?.state).toBe(state)
  })

  test('ticks a task in progress, and only its box', () => {
    expect(finished('openspec', '- [~] 1.1 Add\n- [ ] 1.2 List\n', '1.1')).toBe(
      '- [x] 1.1 Add\n- [ ] 1.2 List\n',
    )
  })

  test('ticks the boxes inside a task with it, because OpenSpec counts them', () => {
    const text = '- [ ] 1.1 Add\n  - [ ] a part\n- [ ] 1.2 Remove\n  - [ ] a part\n'
    expect(finished('openspec', text, '1.1')).toBe(
      '- [x] 1.1 Add\n  - [x] a part\n- [ ] 1.2 Remove\n  - [ ] a part\n',
    )
  })

  test('ticks with a group the boxes that stand behind its sub-tasks', () => {
    const tasks =
      '- [ ] 1.1 Add\n  - [ ] 1.1.1 Save\n    - [ ] by key\n  - [ ] again\n- [ ] 1.2 List\n'
    expect(finished('openspec', tasks, '1.1.1')).toBe(
      tasks.replace('[ ] 1.1 ', '[x] 1.1 ').replace(/\[ ](?= (1\.1\.1|by|again))/g, '[x]'),
    )
  })

  test('names a box without a number among tasks, whatever the section is called', () => {
    const tasks =
      '## 1. Verification\n\n- [ ] 1.1 Add\n- [ ] 1.2 List\n- [ ] Try it\n\n## Checklist\n\n- [ ] Look\n'
    const { problems } = planOf('openspec', tasks, { 'proposal.md': 'P' })
    expect(problems).toMatchObject([{ line: 5, text: expect.stringContaining('has no id') }])
  })

  test('is never active when it is archived, but can be named', () => {
    const archived = 'openspec/changes/archive/2026-01-01-a'
    const files = { [`${archived}/tasks.md`]: '- [ ] 1.1 Add\n' }
    expect(openspec.active(memoryWorkspace(files))).toMatchObject({
      none: expect.stringContaining('No change'),
    })
    expect(openspec.features(memoryWorkspace(files))).toMatchObject([{ dir: archived }])
    const more = { ...files, 'openspec/changes/b/tasks.md': '- [ ] 1.1 Add\n' }
    expect(openspec.active(memoryWorkspace(more))).toMatchObject({ found: { id: 'b' } })
  })
})
