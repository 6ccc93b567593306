import { describe, expect, it } from 'vitest'
import { readText } from '../kit/memory-workspace.ts'
import { batchesOf, formatIds } from '../../src/plan/batches.ts'
import { testGroupOfFile } from '../../src/plan/test-group.ts'

const batches = (tasks: string) => batchesOf(readText(tasks))

describe('a batch of parallel tasks', () => {
  it('is what stands between sequential tasks of a phase', () => {
    const tasks = `## Phase 1: Tests
- [ ] T001 [P] a in src/a.js
- [ ] T002 [P] b in src/b.js
- [ ] T003 c in src/c.js
- [ ] T004 [P] d in src/d.js

## Phase 2: Core
- [ ] T005 [P] e in src/e.js
- [X] T006 [P] f in src/f.js
`
    expect(batches(tasks)).toEqual([
      ['T001', 'T002'],
      ['T005', 'T006'],
    ])
  })

  it('has neither one file twice nor a task and what it depends on', () => {
    const tasks = `## Core
- [ ] T001 [P] a in src/a.js
- [ ] T002 [P] b in src/b.js (depends on T001)
- [ ] T003 [P] c in src/c.js
- [ ] T004 [P] d in src/a.js
`
    expect(batches(tasks)).toEqual([
      ['T001', 'T003'],
      ['T002', 'T004'],
    ])
  })

  it('has no task that waits for itself in a circle', () => {
    const tasks =
      '## Core\n- [ ] T001 [P] a in src/a.js (depends on T002)\n- [ ] T002 [P] b in src/b.js (depends on T001)\n'
    expect(batches(tasks)).toEqual([])
  })
})

describe('the ids of tasks in a sentence', () => {
  const ids = Array.from({ length: 20 }, (_, at) => `T${String(at + 1).padStart(3, '0')}`)
  const plan = readText(`## Core\n${ids.map(id => `- [ ] ${id} x\n`).join('')}`)

  it.each([
    [['T001'], 'T001'],
    [['T001', 'T002'], 'T001, T002'],
    [['T002', 'T003', 'T004'], 'T002-T004'],
    [['T001', 'T003', 'T004'], 'T001, T003, T004'],
    [ids.filter((_, at) => at % 2 === 0), '10 tasks from T001 to T019'],
  ])('%j are %s', (some, phrase) => {
    expect(formatIds(plan, some)).toBe(phrase)
  })
})

describe('the group of a test file', () => {
  it.each([
    ['tests/contract/rooms.test.js', 'contract'],
    ['tests/integration/unit_of_work_test.py', 'integration'],
    ['src/room.unit.test.ts', 'unit'],
    ['tests/test_perf_search.py', 'performance'],
    ['e2e/login.spec.ts', 'end-to-end'],
    ['tests/loader.test.js', undefined],
  ])('of %s is %s', (file, group) => {
    expect(testGroupOfFile(file)).toBe(group)
  })
})
