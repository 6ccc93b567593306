import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasTerminal } from '../kit/program.ts'
import { filesBeside, runDemo, undated, type DemoRun } from './demo.ts'

const TASKS = '.specify/specs/f-1-sowing-calendar/tasks.md'

test('the example for SpecFlow contains only its plan', () => {
  const files = filesBeside('specflow', '.specify', '.maestro')
  expect(files).toEqual(['README.md', 'package.json'])
})

describe.runIf(hasTerminal)('the demo of specflow', () => {
  let demo: DemoRun
  let printed = ''

  beforeAll(async () => {
    demo = await runDemo('specflow')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('starts after a human has approved the tasks, and not before', () => {
    const [before, after] = printed.split('f-1-sowing-calendar is approved by')
    expect(before).toContain('[not_approved] Nobody has approved the tasks of F-1.')
    expect(before).toContain('[phase_needs_person] Only a human at a terminal can do this')
    expect(before).toContain('answers yes at a terminal (redgreen approve)')
    expect(before).not.toMatch(/^ {2}kind /m)
    expect(after).toMatch(/^ {2}kind /m)
  })

  test('shows that every dishonest attempt is refused or ignored', () => {
    expect(printed).toContain('[no_tests_ran]')
    expect(printed).toContain('[skipped] tests/seeds.test.js')
    expect(printed).toContain('[not_ready] T-2.2 waits for T-2.1')
  })

  test('finishes every task, and the evidence holds', () => {
    expect(printed).toContain('6/6 (100%)')
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +f-1-sowing-calendar: \d+ events valid, 6 tasks proven/)
  })

  test('updates boxes, rows and counters of tasks.md, and nothing else', () => {
    const expected = demo
      .planned(TASKS)
      .replaceAll('- [ ] **T-', '- [x] **T-')
      .replaceAll('| pending | - | - |', '| completed | TODAY | TODAY |')
      .replace('completed: 0', 'completed: 6')
      .replace('status: "pending"', 'status: "completed"')
    expect(undated(demo.result(TASKS))).toBe(expected)
    const seen = ['boxes: 6', 'table rows: 6', 'counters: 1', 'status words: 1']
    for (const one of seen) expect(printed).toContain(one)
  })

  test('writes the loop progress, task by task, with the tests that ran', () => {
    const progress = demo.result('.maestro/outputs/LOOP_PROGRESS.md')
    const ids = [...progress.matchAll(/^## Task: (\S+)/gm)].map(([, id]) => id)
    expect(ids).toEqual(['T-1.1', 'T-1.2', 'T-1.3', 'T-2.1', 'T-2.2', 'T-3.1'])
    expect(progress).toContain('* a season can cross the end of the year: tests/calendar.test.js')
    expect(progress).toContain('- Tests passing: 2/2 (seeds), 5/5 (all)')
    expect(progress).toContain('- Checked: there is docs/sowing.md')
  })
})
