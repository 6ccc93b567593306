import { describe, expect, test } from 'vitest'
import { kiro } from '../../../src/dialects/kiro/kiro.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, task } from '../plan-queries.ts'
import { AT, brief, finished, planOf, workspaceOf } from '../numbered-list/fixture.ts'

const REQUIREMENTS = `# Requirements

### Requirement 1: Add

#### Acceptance Criteria

1. WHEN a THEN b
2. WHEN c THEN d

### Requirement 2

#### Acceptance Criteria

1. IF e THEN f
`

describe('a feature of Kiro', () => {
  test('takes the criteria that a task names from requirements.md', () => {
    const tasks =
      '- [ ] 1. Add\n  - _Requirements: 1.1, 2.1_\n- [ ] 2. All\n  - _Requirements: 1.1-1.2_\n  - _Requirements: 2_\n- [ ] 3. None\n  - _Requirements: All_\n'
    const plan = planOf('kiro', tasks, { 'requirements.md': REQUIREMENTS, 'design.md': 'D' })
    expect(brief(plan, 'acceptance')).toEqual({
      '1': [['1.1 WHEN a THEN b', '2.1 IF e THEN f']],
      '2': [['1.1 WHEN a THEN b', '1.2 WHEN c THEN d', '2.1 IF e THEN f']],
      '3': [[]],
    })
    expect(plan.problems).toEqual([])
    expect(plan.documents.map(({ name }) => name)).toEqual(['requirements', 'design', 'tasks'])
  })

  test('takes the criteria that a property test validates', () => {
    const tasks =
      '- [ ]* 1. Check\n  - **Property 1: Sum**\n  - **Validates: Requirements 1.2, 2.1**\n'
    const plan = planOf('kiro', tasks, { 'requirements.md': REQUIREMENTS, 'design.md': 'D' })
    expect(brief(plan, 'acceptance')).toEqual({ '1': [['1.2 WHEN c THEN d', '2.1 IF e THEN f']] })
  })

  test('names a missing document, and a criterion that does not exist, with its line', () => {
    const plan = planOf('kiro', '- [ ] 1. Add\n  - _Requirements: 7.1_\n', {
      'requirements.md': REQUIREMENTS,
    })
    expect(plan.problems.map(({ line, text }) => [line, text])).toEqual([
      [1, '.kiro/specs/a/design.md is missing. Write the design first.'],
      [2, '1 refers to 7.1, which .kiro/specs/a/requirements.md does not have.'],
    ])
  })

  test('takes bugfix.md for the requirements of a bug fix', () => {
    const { documents } = planOf('kiro', '- [ ] 1. Add\n', { 'bugfix.md': '# Bug' })
    expect(documents[0]).toEqual({ name: 'requirements', path: '.kiro/specs/a/bugfix.md' })
  })

  test('reads what cc-sdd adds: parallel tasks, dependencies and blocked tasks', () => {
    const plan = planOf(
      'kiro',
      '- [ ] 1.1 (P) Add\n- [ ] 1.2 Remove\n  - _Depends: 1.1_\n  - _Boundary: Store_\n- [ ] 2.1 List\n  - _Depends: 9.9_\n- [ ] 2.2 Sort\n  - _Blocked: no key for the API_\n',
    )
    expect(brief(plan, 'parallel', 'dependsOn')).toMatchObject({
      '1.1': [true, []],
      '1.2': [false, ['1.1']],
    })
    const blocking = plan.problems.filter(({ blocks }) => blocks !== undefined)
    expect(blocking).toMatchObject([
      { line: 8, blocks: ['2.2'], text: expect.stringContaining('no key for the API') },
      { line: 5, blocks: ['2.1'], text: '2.1 depends on 9.9, which the plan does not have.' },
    ])
  })

  test.each([
    [
      'flat',
      '- [ ] 1. Build the dimmer\n  - A class in src/dimmer.ts\n- [ ] 1.1 Write unit tests\n- [ ] 2. Page\n',
    ],
    [
      'nested',
      '- [ ] 1. Build the dimmer\n  - A class in src/dimmer.ts\n  - [ ] 1.1 Write unit tests\n- [ ] 2. Page\n',
    ],
    [
      'with a requirement',
      '- [ ] 1. Build the dimmer\n  - _Requirements: 1.1_\n- [ ] 1.1 Write unit tests\n- [ ] 2. Page\n',
    ],
    [
      'with a check',
      '- [ ] 1. Build the dimmer\n  - A class\n- [ ] 1.1 Run the full test suite\n- [ ] 2. Page\n',
    ],
  ])('has a task of its own whose sub-tasks only test what its details say: %s', (_, tasks) => {
    const plan = planOf('kiro', tasks, { 'requirements.md': REQUIREMENTS })
    expect(brief(plan, 'parts', 'kind')).toMatchObject({ '1': [undefined, 'build'] })
    expect(finished('kiro', tasks, '1')).toBe(tasks.replace('[ ] 1.', '[x] 1.'))
    expect(finished('kiro', tasks, '1.1')).toBe(tasks.replace('[ ] 1.1', '[x] 1.1'))
  })

  test('has groups: a task without details, and one whose sub-tasks do what its details say', () => {
    const tasks =
      '- [ ] 1. Dimmer\n- [ ] 1.1 Write unit tests\n- [ ] 2. Store\n  - One file for each lamp\n  - _Requirements: 1.1_\n- [ ] 2.1 Save a lamp\n  - As JSON\n- [ ] 2.2 Load a lamp\n'
    const plan = planOf('kiro', tasks, { 'requirements.md': REQUIREMENTS })
    expect(brief(plan, 'parts')).toMatchObject({ '1': [['1.1']], '2': [['2.1', '2.2']] })
    const around = 'Part of 2, Store: One file for each lamp\nRequirements: 1.1'
    expect(brief(plan, 'description')).toMatchObject({
      '1.1': ['Part of 1, Dimmer.'],
      '2.1': [expect.stringMatching(/^As JSON\n\nPart of 2, Store: One file for each lamp/)],
      '2.2': [expect.stringContaining(around.split('\n')[0] ?? '')],
    })
  })

  test('lets no part of a group wait for the group', () => {
    const plan = planOf(
      'kiro',
      '- [ ] 1. Add\n- [ ] 2. Store\n  - [ ] 2.1 Save\n    - _Depends: 2_\n  - [ ] 2.2 Load\n    - [ ] 2.2.1 Read\n      - _Depends: 1, 2, 2.1_\n',
    )
    expect(brief(plan, 'dependsOn')).toMatchObject({ '2.1': [[]], '2.2.1': [['1', '2.1']] })
  })

  test('marks a task in progress with [-], but not a plan of cc-sdd', () => {
    const tasks = '- [ ] 1. Add\n'
    const started = (beside: Record<string, string>) => {
      const reader = workspaceOf('kiro', tasks, beside)
      const plan = planOf('kiro', tasks, beside)
      return applied(tasks, kiro.start?.(reader, plan, task(plan, '1'), AT) ?? [])
    }
    expect(started({})).toBe('- [-] 1. Add\n')
    expect(started({ 'spec.json': '{}' })).toBe(tasks)
  })

  test.each([
    [
      '{"approvals": {"requirements": {"approved": true}, "design": {"approved": true}, "tasks": {"approved": true}}}',
      true,
    ],
    ['{"approvals": {"tasks": {"generated": true, "approved": false}}}', false],
    ['{"approvals": {}, "ready_for_implementation": true}', true],
    ['{"approvals": ', false],
  ])('of cc-sdd begins after spec.json approves it: %s', (json, ready) => {
    const reader = workspaceOf('kiro', '- [ ] 1. Add\n', { 'spec.json': json })
    expect(kiro.readiness?.(reader, planOf('kiro', '- [ ] 1. Add\n'))).toMatchObject({ ready })
  })

  test('begins without an approval if Kiro itself wrote it', () => {
    const tasks = '- [ ] 1. Add\n'
    expect(kiro.readiness?.(workspaceOf('kiro', tasks), planOf('kiro', tasks))).toMatchObject({
      ready: true,
    })
  })
})

describe('the active feature of Kiro', () => {
  const open = (name: string) => ({ [`.kiro/specs/${name}/tasks.md`]: '- [ ] 1. Add\n' })
  const done = (name: string) => ({
    [`.kiro/specs/${name}/tasks.md`]: '- [x] 1. Add\n- [ ]* 1.1 Tests\n',
  })
  const active = (files: Record<string, string>, branch?: string) =>
    kiro.active(memoryWorkspace(files, branch === undefined ? {} : { branch }))

  test('is the only one with open tasks', () => {
    expect(active({ ...done('a'), ...open('b') })).toMatchObject({ found: { id: 'b' } })
  })

  test('is not guessed among several, unless the git branch names one', () => {
    const both = { ...open('a'), ...open('b') }
    expect(active(both)).toMatchObject({ several: [{ id: 'a' }, { id: 'b' }] })
    expect(active(both, 'feature/b')).toMatchObject({ found: { id: 'b' } })
  })

  test('is known to be finished if it has only optional tasks left', () => {
    expect(active(done('a'))).toMatchObject({ found: { id: 'a' }, isFinished: true })
    expect(active({ ...done('a'), ...done('b') })).toMatchObject({ areFinished: true })
  })

  test('may be in a project of a workspace with several', () => {
    const files = { 'apps/web/.kiro/specs/a/tasks.md': '- [ ] 1. Add\n' }
    expect(active(files)).toMatchObject({ found: { dir: 'apps/web/.kiro/specs/a' } })
  })
})
