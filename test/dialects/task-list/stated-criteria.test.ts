import { describe, expect, test } from 'vitest'
import { readText } from '../../kit/memory-workspace.ts'
import { planOf, track } from '../conductor/fixture.ts'

function ofSpecKit(lines: string) {
  return readText(`# Tasks\n\n## Phase 1: Core\n\n- [ ] T001 Dim the lamp\n${lines}\n`).tasks[0]
}

function ofConductor(lines: string) {
  return planOf(track(`# Plan\n\n## Phase 1: Lamp\n- [ ] Task: Dim the lamp\n${lines}\n`)).tasks[0]
}

describe.each([
  ['spec-kit', ofSpecKit],
  ['conductor', ofConductor],
])('with %s, a task has the criterion', (_, taskOf) => {
  test.each([
    ['behind a label', '  **Acceptance**: it dims in ten steps'],
    ['behind a plain label in a bullet', '  - Acceptance: it dims in ten steps'],
    ['behind a label with its colon in bold', '  - **Acceptance Criteria:** it dims in ten steps'],
    ['behind another label', '  - Done when: it dims in ten steps'],
    ['in German', '  - Akzeptanzkriterium: it dims in ten steps'],
    ['in Chinese', '  - 验收标准：it dims in ten steps'],
    ['below a label', '  - **Acceptance**:\n    - it dims in ten steps'],
  ])('%s', (_name, lines) => {
    const task = taskOf(lines)
    expect(task?.acceptance).toEqual(['it dims in ten steps'])
    expect(task?.description).toBeUndefined()
  })

  test.each([
    ['are not its criteria: files', '  - Acceptance tests: tests/lamp.test.js'],
    ['are not its criteria: prose', '  - The acceptance of it: nobody knows'],
  ])('and other lines %s', (_name, lines) => {
    expect(taskOf(lines)?.acceptance).toEqual([])
  })
})

test('the sub-tasks of a conductor come before its criteria', () => {
  const task = ofConductor('  - [ ] Write tests\n  - Acceptance: it dims')
  expect(task?.acceptance).toEqual(['Write tests', 'it dims'])
})

test('a commit id needs no space before its brackets in a conductor', () => {
  const plan = '# Plan\n\n## Phase 1: A\n- [x] Task: Dim it(5b4b483)\n- [x] Task: Dim f(1234567)\n'
  expect(planOf(track(plan)).tasks.map(({ title }) => title)).toEqual(['Dim it', 'Dim f(1234567)'])
})

test('the stars of a pattern stay in a title, and markup does not', () => {
  const plan =
    '# Tasks\n\n## Phase 1: Core\n\n- [ ] T001 **Sort** `src/**/*.ts` and *all* of tests/*.js, **/*.md\n'
  expect(readText(plan).tasks[0]?.title).toBe('Sort src/**/*.ts and all of tests/*.js, **/*.md')
})

test('a route is not a label of a task', () => {
  const plan =
    '# Tasks\n\n## Phase 1: Core\n\n- [ ] T001 [P] [US1] [slug]/page.tsx shows the lamp\n'
  expect(readText(plan).tasks[0]).toMatchObject({
    title: '[slug]/page.tsx shows the lamp',
    parallel: true,
    story: 'US1',
    files: ['[slug]/page.tsx'],
  })
})
