import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBeside, hasTerminal, played, undated, type Played } from './demo.ts'

const TASKS = '.specify/specs/f-1-sowing-calendar/tasks.md'

test('the example for SpecFlow has its plan and nothing of what the plan asks for', () => {
  const files = filesBeside('specflow', '.specify', '.maestro')
  expect(files).toEqual(['README.md', 'package.json'])
})

describe.runIf(hasTerminal)('the demo of specflow', () => {
  let demo: Played
  let printed = ''

  beforeAll(async () => {
    demo = await played('specflow')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('begins when a person has approved the tasks, and nobody in their place', () => {
    const [before, after] = printed.split('f-1-sowing-calendar is approved by')
    expect(before).toContain('[not_approved] Nobody has approved the tasks of F-1.')
    expect(before).toContain('[phase_needs_person] Only a person at a terminal can do that')
    expect(before).toContain('types yes at a terminal, asked by redgreen approve')
    expect(before).not.toContain('proven as')
    expect(after).toContain('proven as')
  })

  test('shows every trick seen through', () => {
    expect(printed).toContain('[no_tests_ran]')
    expect(printed).toContain('[skipped] tests/seeds.test.js')
    expect(printed).toContain('[not_ready] T-2.2 waits for T-2.1')
  })

  test('finishes every task, and the evidence holds', () => {
    expect(printed).toContain('6/6 (100%)')
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +f-1-sowing-calendar: \d+ events hold, 6 tasks proven/)
  })

  test('updates boxes, rows and counters of tasks.md, and nothing else', () => {
    const expected = demo
      .planned(TASKS)
      .replaceAll('- [ ] **T-', '- [x] **T-')
      .replaceAll('| pending | - | - |', '| completed | TODAY | TODAY |')
      .replace('completed: 0', 'completed: 6')
      .replace('status: "pending"', 'status: "completed"')
    expect(undated(demo.left(TASKS))).toBe(expected)
    const seen = ['boxes: 6', 'table rows: 6', 'counters: 1', 'status words: 1']
    for (const one of seen) expect(printed).toContain(one)
  })

  test('keeps the diary, task by task, with the tests that ran', () => {
    const diary = demo.left('.maestro/outputs/LOOP_PROGRESS.md')
    const ids = [...diary.matchAll(/^## Task: (\S+)/gm)].map(([, id]) => id)
    expect(ids).toEqual(['T-1.1', 'T-1.2', 'T-1.3', 'T-2.1', 'T-2.2', 'T-3.1'])
    expect(diary).toContain('* a season may go over the end of the year: tests/calendar.test.js')
    expect(diary).toContain('- Tests passing: 2/2 (seeds), 5/5 (all)')
    expect(diary).toContain('- Checked: there is docs/sowing.md')
  })
})
