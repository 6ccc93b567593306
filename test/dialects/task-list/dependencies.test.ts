import { describe, expect, test } from 'vitest'
import { readText } from '../../kit/memory-workspace.ts'
import { plan } from '../spec-kit/fixture.ts'
import { task } from '../plan-queries.ts'

/** The dependencies of T009 if its line ends with `statement`, in a plan of T001 to T009. */
function dependenciesOf(statement: string): string[] {
  const others = Array.from({ length: 8 }, (_, at) => `- [ ] T00${at + 1} Do it\n`).join('')
  return task(readText(`## Phase 1: Core\n\n${others}- [ ] T009 Do it ${statement}\n`), 'T009')
    .dependsOn
}

/** The same, if a section about dependencies contains `statement`. */
function dependenciesBySection(statement: string, id = 'T009'): string[] {
  const tasks = Array.from({ length: 9 }, (_, at) => `- [ ] T00${at + 1} Do it\n`).join('')
  const text = `## Phase 1: Core\n\n${tasks}\n## Dependencies\n\n- ${statement}\n\n## Notes\n\n- T008 blocks T001\n`
  return task(readText(text), id).dependsOn
}

describe('a task depends on the ids in its own line', () => {
  test.each([
    ['(depends on T001, T003)', ['T001', 'T003']],
    ['(depends on T001 and T003)', ['T001', 'T003']],
    ['(depends: T001 + T003)', ['T001', 'T003']],
    ['(depends on T002–T004)', ['T002', 'T003', 'T004']],
    ['(depends on T002-T004, T006)', ['T002', 'T003', 'T004', 'T006']],
    ['(After T004)', ['T004']],
    ['— depends on T002', ['T002']],
    ['{deps: T001}', ['T001']],
    ['[B:T001,T002]', ['T001', 'T002']],
    ['\n  - **Depends On**: T005', ['T005']],
    ['\n  - **Dependencies**: T005, T006', ['T005', 'T006']],
    ['(depends on T077)', ['T077']],
    ['(depende de T001 y T003)', ['T001', 'T003']],
    ['(depende da T001, T003)', ['T001', 'T003']],
    ['(após T004)', ['T004']],
    ['(dépend de T001 et T003)', ['T001', 'T003']],
    ['(abhängig von T001 und T003)', ['T001', 'T003']],
    ['(hängt von T002 ab)', ['T002']],
    ['(зависит от T001 и T003)', ['T001', 'T003']],
    ['(после T004)', ['T004']],
    ['(dipende da T001)', ['T001']],
    ['(zależy od T001)', ['T001']],
    ['（依赖 T001、T003）', ['T001', 'T003']],
    ['，依赖于 T001 和 T003', ['T001', 'T003']],
    ['(T002 完成后)', ['T002']],
    ['(T001、T003 に依存)', ['T001', 'T003']],
    ['(T001, T003에 의존)', ['T001', 'T003']],
    ['\n  - **Dependencias**: T005, T006', ['T005', 'T006']],
    ['\n  - Зависимости: T005', ['T005']],
    ['\n  - 前置任务：T005', ['T005']],
    ['\n  - 依存: T005', ['T005']],
    ['\n  - Abhängigkeiten: T005', ['T005']],
  ])('%s', (statement, expected) => {
    expect(dependenciesOf(statement)).toEqual(expected)
  })

  test.each([
    ['(depends on Phase 2)'],
    ['after the others'],
    ['as T003 does it'],
    ['**Depends On**: None'],
    ['(depends on T001 of feature 003)'],
    ['(depende de la fase 2)'],
    ['(como T003)'],
    ['(siehe T003)'],
    ['(T003 と同じ)'],
    ['(аналогично T003)'],
    ['(同 T003)'],
    ['(T003 about)'],
    ['после обеда T003 показывает итог'],
  ])('not in: %s', statement => {
    expect(dependenciesOf(statement)).toEqual([])
  })
})

describe('a section about dependencies', () => {
  test.each([
    ['T008 blocks T007, T009', ['T008']],
    ['**T008** blocks **T009**', ['T008']],
    ['T009 depends on T001, T002', ['T001', 'T002']],
    ['T001 before T009', ['T001']],
    ['T001 → T002 → T009', ['T002']],
    ['Tests (T001-T002) before implementation (T008-T009)', ['T001', 'T002']],
    ['T009 requires T003 (the model)', ['T003']],
    ['T009 depende de T001 y T002', ['T001', 'T002']],
    ['T009 зависит от T001', ['T001']],
    ['T009 依赖于 T001、T002', ['T001', 'T002']],
    ['T009 は T001 に依存する', ['T001']],
    ['T009는 T001에 의존', ['T001']],
    ['T009 hängt von T001 ab', ['T001']],
  ])('%s', (statement, expected) => {
    expect(dependenciesBySection(statement)).toEqual(expected)
  })

  test.each([
    ['**User Story 2 (P2)**: depends on US1'],
    ['T009 is the last one'],
    ['T001, T002 and T009 can run in parallel'],
    ['Phase 2 blocks all stories'],
  ])('states nothing in: %s', statement => {
    expect(dependenciesBySection(statement)).toEqual([])
  })

  test('makes no task depend on itself if two groups overlap', () => {
    expect(dependenciesBySection('T001, T002 before T002, T009', 'T002')).toEqual(['T001'])
  })

  test('ends at the next section', () => {
    expect(dependenciesBySection('T001 before T009', 'T001')).toEqual([])
  })
})

test('a plan from the template has the dependencies of its lines and its section', () => {
  const stories = plan('stories.md')
  expect(task(stories, 'T008').dependsOn).toEqual(['T005', 'T006', 'T007'])
  expect(task(stories, 'T007').dependsOn).toEqual(['T003', 'T005', 'T006'])
  expect(task(stories, 'T010').dependsOn).toEqual(['T003'])
  expect(stories.problems.filter(({ blocks }) => blocks !== undefined)).toEqual([])
})

test('a range skips ids that do not exist, except its ends', () => {
  const text =
    '- [ ] T001 A\n- [ ] T004 B\n- [ ] T005 C (depends on T001-T004)\n- [ ] T009 D (depends on T001-T008)\n'
  const read = readText(text)
  expect(task(read, 'T005').dependsOn).toEqual(['T001', 'T004'])
  expect(read.problems.at(-1)?.text).toBe('T009 depends on T008, which the plan does not have.')
})

test('a task can state which others it blocks', () => {
  expect(task(readText('- [ ] T001 A (blocks: T002)\n- [ ] T002 B\n'), 'T002').dependsOn).toEqual([
    'T001',
  ])
})

test.each([
  'Dependências',
  'Dependencias y orden',
  'Dépendances',
  'Abhängigkeiten',
  'Зависимости',
  '依存関係',
  '의존성',
])('a section "%s" is about dependencies', heading => {
  const text = `## Phase 1: Core\n\n- [ ] T001 A\n- [ ] T002 B\n\n## ${heading}\n\n- T001 → T002\n`
  expect(task(readText(text), 'T002').dependsOn).toEqual(['T001'])
})

test('a remark about dependencies is not part of the title, in any language', () => {
  const titles = ['(após T001)', '(зависит от T001)', '（依赖 T001）', '(T001 に依存)']
  const lines = titles.map((words, at) => `- [ ] T00${at + 2} Do it ${words}\n`).join('')
  const read = readText(`## Phase 1: Core\n\n- [ ] T001 A\n${lines}`)
  expect(titles.map((_, at) => task(read, `T00${at + 2}`).title)).toEqual(titles.map(() => 'Do it'))
})
