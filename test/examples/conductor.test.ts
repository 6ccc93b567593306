import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBeside, hasTerminal, played, undated, type Played } from './demo.ts'

const ROOT = 'conductor'
const TRACK = `${ROOT}/tracks/walking_time_20260301`

test('the example for conductor has its plan and nothing of what the plan asks for', () => {
  expect(filesBeside('conductor', ROOT)).toEqual(['README.md', 'package.json'])
})

test('a dialect without a demo is answered with those that have one', () => {
  const args = ['scripts/run.mjs', 'scripts/demo/main.ts', '--dialect', 'kiro']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toBe(
    'There is no demo of kiro. There is spec-kit, specflow, json-plan, storage-conductor, conductor.\n',
  )
})

describe.runIf(hasTerminal)('the demo of conductor', () => {
  let demo: Played
  let printed = ''

  beforeAll(async () => {
    demo = await played('conductor')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('has a person go through the manual verification of every phase', () => {
    const asked = printed.match(/types yes at a terminal, asked by redgreen confirm-phase/g)
    expect(asked).toHaveLength(3)
    const [before] = printed.split('Phase "Phase 1: The Rule" is confirmed by')
    expect(before).not.toContain('Starting Phase 2')
  })

  test('shows every trick seen through', () => {
    expect(printed).toContain('[phase_needs_person] Only a person at a terminal can do that')
    expect(printed).toContain('[red_passes] tests/refused.test.js passed')
    expect(printed).toContain('[phase_needs_person] 2.3 (Conductor - User Manual Verification')
  })

  test('finishes every task, the verifications among them, and the evidence holds', () => {
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +walking_time_20260301: \d+ events hold, 8 tasks proven/)
  })

  test('updates the boxes of the plan and of the registry, and nothing else', () => {
    for (const file of [`${TRACK}/plan.md`, `${ROOT}/tracks.md`]) {
      const expected = demo.planned(file).replaceAll('- [ ] ', '- [x] ')
      expect(demo.left(file)).toBe(expected)
    }
    expect(printed).toContain('boxes: 18, and nothing else')
  })

  test('updates status and date of the track, and nothing else', () => {
    const expected = demo
      .planned(`${TRACK}/metadata.json`)
      .replace('"new"', '"completed"')
      .replace('"updated_at": "2026-03-01T09:00:00Z"', '"updated_at": "NOW"')
    expect(undated(demo.left(`${TRACK}/metadata.json`))).toBe(expected)
  })
})
