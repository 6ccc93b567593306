import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { names } from '../../scripts/demo/scenarios.ts'
import { hasTerminal } from '../kit/program.ts'
import { filesBeside, runDemo, undated, type DemoRun } from './demo.ts'

const ROOT = 'conductor'
const TRACK = `${ROOT}/tracks/walking_time_20260301`

test('the example for conductor contains only its plan', () => {
  expect(filesBeside('conductor', ROOT)).toEqual(['README.md', 'package.json'])
})

test('an unknown dialect is answered with the available ones', () => {
  const args = ['scripts/run.mjs', 'scripts/demo/main.ts', '--dialect', 'prose']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toBe(`There is no demo of prose. Available: ${names.join(', ')}.\n`)
})

describe.runIf(hasTerminal)('the demo of conductor', () => {
  let demo: DemoRun
  let printed = ''

  beforeAll(async () => {
    demo = await runDemo('conductor')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('asks a human to do the manual verification of every phase', () => {
    const asked = printed.match(/answers yes at a terminal \(redgreen confirm-phase\)/g)
    expect(asked).toHaveLength(3)
    const [before] = printed.split('Phase "Phase 1: The Rule" is confirmed by')
    expect(before).not.toContain('Starting Phase 2')
  })

  test('shows that every dishonest attempt is refused or ignored', () => {
    expect(printed).toContain('[phase_needs_person] Only a human at a terminal can do this')
    expect(printed).toContain('[red_passes] tests/invalid.test.js passed')
    expect(printed).toContain(
      '[phase_needs_person] Only a human can finish 2.3 (Conductor - User Manual Verification',
    )
  })

  test('finishes every task, the verifications among them, and the evidence holds', () => {
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +walking_time_20260301: \d+ events valid, 8 tasks proven/)
  })

  test('updates the boxes of the plan and of the registry, and nothing else', () => {
    for (const file of [`${TRACK}/plan.md`, `${ROOT}/tracks.md`]) {
      const expected = demo.planned(file).replaceAll('- [ ] ', '- [x] ')
      expect(demo.result(file)).toBe(expected)
    }
    expect(printed).toContain('boxes: 18; nothing else changed')
  })

  test('updates status and date of the track, and nothing else', () => {
    const expected = demo
      .planned(`${TRACK}/metadata.json`)
      .replace('"new"', '"completed"')
      .replace('"updated_at": "2026-03-01T09:00:00Z"', '"updated_at": "NOW"')
    expect(undated(demo.result(`${TRACK}/metadata.json`))).toBe(expected)
  })
})
