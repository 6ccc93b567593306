import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBeside, played, type Played } from './demo.ts'

const TASKS = 'specs/001-teatime/tasks.md'

describe('the example project', () => {
  test('has its plan and nothing of what the plan asks for', () => {
    expect(filesBeside('spec-kit', 'specs')).toEqual([
      'README.md',
      'package.json',
      'redgreen.config.json',
    ])
  })

  test('has no task ticked off', () => {
    const plan = readFileSync(`examples/spec-kit/${TASKS}`, 'utf8')
    expect(plan.match(/^- \[ \] T\d{3} /gm)?.length).toBeGreaterThanOrEqual(12)
    expect(plan).not.toMatch(/- \[[^ \]P]\] /i)
  })
})

describe('the demo of spec-kit', () => {
  let demo: Played
  let printed = ''

  beforeAll(async () => {
    demo = await played('spec-kit')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('shows every trick seen through', () => {
    expect(printed).toContain('[red_passes] tests/contract/teas.test.js passed')
    expect(printed).toContain('[wrong_stage] T006')
    expect(printed).toContain('[tests_changed]')
    expect(printed).toContain('T010 was never seen to be done, so the tick does not count')
  })

  test('finishes every task in its phase', () => {
    expect(printed.match(/☑ marked .* \[ \] → \[X\]/g)).toHaveLength(12)
    expect(printed).toContain('Phase 5: Polish Complete (2/2 tasks)')
    expect(printed).toContain('12/12 (100%)')
  })

  test('ends with owed tests green, the feature valid and the evidence verified', () => {
    expect(printed).toContain('✓ Owed test now passes: tests/contract/brews.test.js')
    expect(printed.slice(printed.indexOf('12/12'))).not.toContain('owed')
    expect(printed).toMatch(/✓ tests\b/)
    expect(printed).toMatch(/✓ start +running on http:\/\/localhost:\d+ after/)
    expect(printed).toMatch(/✓ flows +1 of 1 from beginning to end/)
    expect(printed).toMatch(/redgreen verify +001-teatime: \d+ events hold, 12 tasks proven/)
  })

  test('is replayed, run by run, in a fresh clone', () => {
    expect(printed).toMatch(
      /redgreen verify --replay +001-teatime: \d+ events hold, 12 tasks proven, \d{2} runs replayed/,
    )
  })

  test('changes nothing but marks in the task list', () => {
    expect(printed).toContain('boxes: 12, and nothing else')
    const ticked = demo.planned(TASKS).replaceAll(/^- \[ \] (?=T\d{3} )/gm, '- [X] ')
    // The copies in the example block at the end are no tasks.
    const [tasks, rest] = ticked.split('## Parallel Example')
    const example = rest?.replaceAll('[X]', '[ ]')
    expect(demo.left(TASKS)).toBe(`${tasks}## Parallel Example${example}`)
  })

  test('leaves a ledger where it says', () => {
    const ledger = /ledger +(\S+)/.exec(printed)?.[1] ?? ''
    expect(demo.left(ledger).trimEnd().split('\n').length).toBeGreaterThan(40)
  })

  test('prints no colours where nobody sees them', () => {
    expect(printed).not.toContain('\u001b')
  })
})
