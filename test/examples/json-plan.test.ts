import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBeside, runDemo, type DemoRun } from './demo.ts'

const PLAN = 'docs/plans/2026-09-14-lost-and-found.json'

test('the example for JSON plans contains only its plan', () => {
  const files = filesBeside('json-plan', 'docs/plans', 'agents')
  expect(files).toEqual(['README.md', 'package.json'])
})

describe('the demo of json-plan', () => {
  let demo: DemoRun
  let printed = ''

  beforeAll(async () => {
    demo = await runDemo('json-plan')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('follows the dependencies of tasks, not their order in the file', () => {
    const order = [...printed.matchAll(/^(\d) .+\n {2}kind/gm)].map(([, id]) => id)
    expect(order).toEqual(['1', '3', '2', '4', '5'])
  })

  test('shows that every dishonest attempt is refused or ignored', () => {
    expect(printed).toContain('3 has no evidence, so the tick does not count')
    expect(printed).toContain('[suite_fails]')
    expect(printed).toContain('[wrong_stage] 2 is proven as')
    expect(printed).toContain('[file_missing] 5 names docs/api.md')
  })

  test('finishes every task, and the evidence holds', () => {
    expect(printed).toContain('5/5 (100%)')
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +2026-09-14-lost-and-found: \d+ events valid, 5 tasks proven/)
  })

  test('starts the application and checks the endpoints and the flow of the plan', () => {
    expect(printed).toMatch(/✓ start +running on http:\/\/localhost:4190/)
    expect(printed).toMatch(/✓ health +GET http:\/\/localhost:4190\/health → 200 OK/)
    expect(printed).toMatch(/✓ endpoints +3 of 3 as expected/)
    expect(printed).toMatch(/✓ flows +1 of 1 from beginning to end/)
    expect(printed).toMatch(/✓ gotchas +2 of 2 known gotchas apply to this stack: 0 places to fix/)
  })

  test('changes only the marks and the validation fields of the plan', () => {
    expect(printed).toContain('"production_validated": 1')
    const done = demo.planned(PLAN).replaceAll('"passes": false', '"passes": true')
    const complete = done.replace(
      '"status": "APPROVED"',
      '"status": "COMPLETE",\n  "production_validated": true,\n  "validation_timestamp": "NOW"',
    )
    const left = demo.result(PLAN).replace(/(?<="validation_timestamp": ")[^"]+/, 'NOW')
    expect(left).toBe(complete)
  })
})
