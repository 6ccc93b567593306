import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBeside, played, type Played } from './demo.ts'

const PLAN = 'docs/plans/2026-09-14-lost-and-found.json'

test('the example for JSON plans has its plan and nothing of what the plan asks for', () => {
  const files = filesBeside('json-plan', 'docs/plans', 'agents')
  expect(files).toEqual(['README.md', 'package.json'])
})

describe('the demo of json-plan', () => {
  let demo: Played
  let printed = ''

  beforeAll(async () => {
    demo = await played('json-plan')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('goes by what tasks wait for, not by their order in the file', () => {
    const order = [...printed.matchAll(/^(\d) .+\n {2}proven as/gm)].map(([, id]) => id)
    expect(order).toEqual(['1', '3', '2', '4', '5'])
  })

  test('shows every trick seen through', () => {
    expect(printed).toContain('3 was never seen to be done, so the tick does not count')
    expect(printed).toContain('[suite_fails]')
    expect(printed).toContain('[wrong_stage] 2 is proven as')
    expect(printed).toContain('[file_missing] 5 names docs/desk.md')
  })

  test('finishes every task, and the evidence holds', () => {
    expect(printed).toContain('5/5 (100%)')
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +2026-09-14-lost-and-found: \d+ events hold, 5 tasks proven/)
  })

  test('starts the application, calls what the plan expects, and walks its flow', () => {
    expect(printed).toMatch(/✓ start +running on http:\/\/localhost:4190/)
    expect(printed).toMatch(/✓ health +GET http:\/\/localhost:4190\/health → 200 OK/)
    expect(printed).toMatch(/✓ endpoints +3 of 3 as expected/)
    expect(printed).toMatch(/✓ flows +1 of 1 from beginning to end/)
    expect(printed).toMatch(/✓ gotchas +2 of 2 known traps concern this stack, 0 places/)
  })

  test('changes its marks, and what says that the application was seen at work', () => {
    expect(printed).toContain('"production_validated": 1')
    const done = demo.planned(PLAN).replaceAll('"passes": false', '"passes": true')
    const complete = done.replace(
      '"status": "APPROVED"',
      '"status": "COMPLETE",\n  "production_validated": true,\n  "validation_timestamp": "NOW"',
    )
    const left = demo.left(PLAN).replace(/(?<="validation_timestamp": ")[^"]+/, 'NOW')
    expect(left).toBe(complete)
  })
})
