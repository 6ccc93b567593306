import { describe, expect, it } from 'vitest'
import { readText } from '../kit/memory-workspace.ts'
import { batchesOf, formatIds } from '../../src/plan/batches.ts'

const batches = (tasks: string) => batchesOf(readText(tasks))

describe('a batch of parallel tasks', () => {
  it('is a run of [P] tasks between the sequential tasks of a phase', () => {
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

  it('contains no two tasks with the same file, and no task with its dependency', () => {
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

  it('contains no task of a cycle', () => {
    const tasks =
      '## Core\n- [ ] T001 [P] a in src/a.js (depends on T002)\n- [ ] T002 [P] b in src/b.js (depends on T001)\n'
    expect(batches(tasks)).toEqual([])
  })
})

describe('a list of task ids', () => {
  const ids = Array.from({ length: 20 }, (_, at) => `T${String(at + 1).padStart(3, '0')}`)
  const plan = readText(`## Core\n${ids.map(id => `- [ ] ${id} x\n`).join('')}`)

  it.each([
    [['T001'], 'T001'],
    [['T001', 'T002'], 'T001, T002'],
    [['T002', 'T003', 'T004'], 'T002-T004'],
    [['T001', 'T003', 'T004'], 'T001, T003, T004'],
    [ids.filter((_, at) => at % 2 === 0), '10 tasks from T001 to T019'],
  ])('formats %j as %s', (some, phrase) => {
    expect(formatIds(plan, some)).toBe(phrase)
  })
})
