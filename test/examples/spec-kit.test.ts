import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBeside, runDemo, type DemoRun } from './demo.ts'

const TASKS = 'specs/001-teatime/tasks.md'

describe('the example project', () => {
  test('contains only its plan', () => {
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
  let demo: DemoRun
  let printed = ''

  beforeAll(async () => {
    demo = await runDemo('spec-kit')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('shows that every dishonest attempt is refused or ignored', () => {
    expect(printed).toContain('[red_passes] tests/unit/brew.test.js passed')
    expect(printed).toContain('[wrong_stage] T007')
    expect(printed).toContain('[tests_changed]')
    expect(printed).toContain('T010 has no evidence, so the tick does not count')
  })

  test('finishes every task in its phase', () => {
    expect(printed.match(/☑ ticked .* \[ \] → \[X\]/g)).toHaveLength(12)
    expect(printed).toContain('Phase 5: Polish Complete (2/2 tasks)')
    expect(printed).toContain('12/12 (100%)')
  })

  test('ends with pending tests green, the feature valid and the evidence verified', () => {
    expect(printed).toContain('✓ Pending test now passes: tests/contract/brews.test.js')
    expect(printed.slice(printed.indexOf('12/12'))).not.toContain('pending')
    expect(printed).toMatch(/✓ tests\b/)
    expect(printed).toMatch(/✓ start +running on http:\/\/localhost:\d+ after/)
    expect(printed).toMatch(/✓ flows +1 of 1 from beginning to end/)
    expect(printed).toMatch(/✓ verify +001-teatime: \d+ events valid, 12 tasks proven/)
  })

  test('is rerunDemo, run by run, in a fresh clone', () => {
    expect(printed).toMatch(
      /✓ replay +001-teatime: \d+ events valid, 12 tasks proven, \d{2} runs replayed/,
    )
  })

  test('changes only marks in the task list', () => {
    expect(printed).toContain('boxes: 12; nothing else changed')
    const ticked = demo.planned(TASKS).replaceAll(/^- \[ \] (?=T\d{3} )/gm, '- [X] ')
    // The lines in the example block at the end are not tasks.
    const [tasks, rest] = ticked.split('## Parallel Example')
    const example = rest?.replaceAll('[X]', '[ ]')
    expect(demo.result(TASKS)).toBe(`${tasks}## Parallel Example${example}`)
  })

  test('writes the ledger to the path that it prints', () => {
    const ledger = /· ledger +(\S+)/.exec(printed)?.[1] ?? ''
    expect(demo.result(ledger).trimEnd().split('\n').length).toBeGreaterThan(40)
  })

  test('prints no colours when the output is not a terminal', () => {
    expect(printed).not.toContain('\u001b')
  })
})
