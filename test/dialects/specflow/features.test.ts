import { describe, expect, test } from 'vitest'
import type { ActiveFeature } from '../../../src/dialects/dialect.ts'
import { isSpecflowFolder } from '../../../src/dialects/task-list/folder-owner.ts'
import { featureNamedBy } from '../../../src/dialects/feature-ids.ts'
import { specflow } from '../../../src/dialects/specflow/specflow.ts'
import { plan, workspaceWithTables, TASKS } from './fixture.ts'

const POINTER = '.maestro/CURRENT_FEATURE.md'
const OWN = '- [ ] **T-1.1** A [T]\n'
const SPECS = '.specify/specs'

describe('whether a folder belongs to SpecFlow is decided by', () => {
  test.each([
    ['ids with a point', 'sync', '### T-1.1: A\n### T-1.2: B\n', true],
    ['ids of spec-kit', 'f-1-sync', '- [ ] T001 A\n- [ ] T002 B\n', false],
    ['the name, if the ids do not decide', 'f-009-rdeps', '## Task 1: A\n', true],
    ['neither', 'sync', '- [ ] A\n', false],
    ['ids with a point under a name of spec-kit', '012-sync', OWN, false],
  ])('%s', (_, name, text, expected) => {
    const dir = `${SPECS}/${name}`
    expect(isSpecflowFolder(workspaceWithTables({ [`${dir}/tasks.md`]: text }), dir)).toBe(expected)
  })

  test('other files of SpecFlow in the workspace, if ids and name do not decide', () => {
    const dir = `${SPECS}/012-sync`
    const reader = workspaceWithTables({ [`${dir}/tasks.md`]: OWN, '.specflow/features.db': '' })
    expect(isSpecflowFolder(reader, dir)).toBe(true)
  })
})

describe('the features of a workspace', () => {
  test('are in three places, and where the database says', () => {
    const files = Object.fromEntries(
      [`${SPECS}/f-2-b`, 'specflow/c', '.specflow/specs/d', 'plans/e'].map(dir => [
        `${dir}/tasks.md`,
        OWN,
      ]),
    )
    const reader = workspaceWithTables(files, {
      features: [{ id: 'F-9', spec_path: 'plans/e/spec.md' }],
    })
    expect(specflow.features(reader).map(({ dir }) => dir)).toEqual([
      '.specflow/specs/d',
      `${SPECS}/f-2-b`,
      'plans/e',
      'specflow/c',
    ])
    expect(specflow.detect(reader)).toBe('.specflow exists')
  })

  test('do not exist in a workspace of spec-kit', () => {
    const reader = workspaceWithTables({ [`${SPECS}/001-a/tasks.md`]: '- [ ] T001 A\n' })
    expect(specflow.detect(reader)).toBeUndefined()
  })
})

test.each([
  ['F-1', ['f-1-locks']],
  ['f-01', ['f-1-locks']],
  ['F-10', ['F-010-sync']],
  ['f-10-sync', ['F-010-sync']],
  ['F-2', []],
  ['f-1-lock', []],
])('%s means %j', (name, expected) => {
  const all = [{ id: 'f-1-locks' }, { id: 'F-010-sync' }, { id: 'slug' }]
  expect(featureNamedBy(all, name).map(({ id }) => id)).toEqual(expected)
})

describe('the active feature', () => {
  const files = Object.fromEntries(
    ['f-2-b', 'f-10-c', 'f-1-a'].map(id => [`${SPECS}/${id}/tasks.md`, OWN]),
  )

  test.each([
    ['- **Feature ID:** F-10\n- **Phase:** tasks\n', 'f-10-c'],
    ['Feature ID: f-001\n', 'f-1-a'],
    ['**Feature ID**: `F-2`\r\n', 'f-2-b'],
  ])('is the one that the pointer file %j names', (pointer, id) => {
    expect(activeId(specflow.active(workspaceWithTables({ ...files, [POINTER]: pointer })))).toBe(
      id,
    )
  })

  test('does not exist if all are complete', () => {
    const reader = workspaceWithTables({ ...files, [POINTER]: 'ALL_FEATURES_COMPLETE\n' })
    expect(specflow.active(reader)).toMatchObject({
      none: '.maestro/CURRENT_FEATURE.md says ALL_FEATURES_COMPLETE.',
    })
  })

  test('does not exist if the one in the pointer file has no tasks yet', () => {
    const features = [{ id: 'F-3', status: 'pending', phase: 'specify' }]
    const reader = workspaceWithTables({ ...files, [POINTER]: 'Feature ID: F-3\n' }, { features })
    expect(specflow.active(reader)).toEqual({
      none: '.maestro/CURRENT_FEATURE.md names F-3, which has no tasks.md (phase specify).',
      remedy: 'Run `specflow plan F-3`, then `specflow tasks F-3` first.',
      isNamed: true,
    })
  })

  test.each([
    ['the one in progress', { 'F-10': 'in_progress implement', 'F-1': 'pending tasks' }, 'f-10-c'],
    [
      'the lowest number that is ready',
      { 'F-10': 'pending tasks', 'F-2': 'pending tasks' },
      'f-2-b',
    ],
    [
      'one with tasks before one without',
      { 'F-1': 'pending plan', 'F-2': 'pending tasks' },
      'f-2-b',
    ],
  ])('is %s', (_, rows, id) => {
    expect(activeId(specflow.active(workspaceWithTables(files, { features: rowsOf(rows) })))).toBe(
      id,
    )
  })

  test('does not exist if nothing is left', () => {
    const features = rowsOf({ 'F-1': 'complete implement', 'F-2': 'skipped none' })
    expect(specflow.active(workspaceWithTables(files, { features }))).toMatchObject({
      none: 'Every feature is complete or skipped.',
    })
  })

  test('is the only one, and is never guessed', () => {
    expect(activeId(specflow.active(workspaceWithTables({ [TASKS]: OWN })))).toBe('f-7-retry')
    expect(specflow.active(workspaceWithTables(files))).toHaveProperty('several')
  })
})

describe('work may begin', () => {
  const read = plan('boxes.md')
  const gate = (
    rows: Record<string, unknown>[],
    files = {},
    gates: Record<string, unknown>[] = [],
  ) =>
    specflow.readiness?.(
      workspaceWithTables(files, { features: rows, approval_gates: gates }),
      read,
    )

  test('only after a human has approved, which the files of the plan do not show', () => {
    expect(gate([])).toMatchObject({
      ready: false,
      humanDecision: true,
      fact: 'Nobody has approved the tasks of F-7.',
    })
    expect(gate(rowsOf({ 'F-7': 'in_progress implement' }))).toMatchObject({
      humanDecision: true,
      phase: 'SpecFlow\'s database has F-7 in phase "implement"',
    })
    const pointer = { [POINTER]: '- Feature ID: F-7\n- Phase: implement\n' }
    expect(gate([], pointer)).not.toHaveProperty('phase')
  })

  test('if the approval gate of SpecFlow is approved', () => {
    const features = rowsOf({ 'F-7': 'pending tasks' })
    const approval = { feature_id: 'F-7', phase_boundary: 'tasks_to_implement', status: 'approved' }
    expect(gate(features, {}, [approval])).toMatchObject({ ready: true })
    expect(gate(features, {}, [{ ...approval, status: 'auto_approved' }])).toMatchObject({
      ready: false,
    })
  })

  test.each([
    ['plan', 'Run `specflow tasks F-7` first.'],
    [
      'none',
      'Run `specflow specify F-7`, then `specflow plan F-7`, then `specflow tasks F-7` first.',
    ],
  ])('not in phase %s', (phase, remedy) => {
    expect(gate(rowsOf({ 'F-7': `pending ${phase}` }))).toEqual({
      ready: false,
      humanDecision: false,
      fact: `F-7 is in phase "${phase}"; it can be implemented in phase "tasks" or "implement".`,
      remedy,
    })
  })

  test('not in an earlier phase in the pointer file, nor if the feature is complete', () => {
    const pointer = { [POINTER]: '- Feature ID: F-7\n- Phase: specify\n' }
    expect(gate([], pointer)).toMatchObject({ humanDecision: false })
    expect(gate(rowsOf({ 'F-7': 'complete implement' }))).toMatchObject({
      humanDecision: false,
      fact: "SpecFlow's database says that F-7 is complete.",
    })
  })
})

function rowsOf(features: Readonly<Record<string, string | undefined>>): Record<string, unknown>[] {
  return Object.entries(features).map(([id, state = '']) => {
    const [status, phase] = state.split(' ')
    return { id, status, phase }
  })
}

function activeId(active: ActiveFeature): string {
  return 'found' in active ? active.found.id : JSON.stringify(active)
}
