import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { hasTerminal } from '../kit/program.ts'
import { filesBeside, runDemo, undated, type DemoRun } from './demo.ts'

const ROOT = 'storage-conductor'
const COMPONENT = `${ROOT}/storages/storage-rentals-001`

test('the example for storage-conductor contains only its plan', () => {
  expect(filesBeside('storage-conductor', ROOT)).toEqual(['README.md', 'package.json'])
})

describe.runIf(hasTerminal)('the demo of storage-conductor', () => {
  let demo: DemoRun
  let printed = ''

  beforeAll(async () => {
    demo = await runDemo('storage-conductor')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('asks a human at the end of every phase, with the question for that phase', () => {
    const parts = printed.split('answers yes at a terminal (redgreen confirm-phase)')
    expect(parts).toHaveLength(4)
    expect(parts[0]).toContain('Is the schema right?')
    expect(parts[0]).not.toContain('Starting Phase 2')
    expect(parts[1]).toContain('Phase "Phase 1: Schema Design" is confirmed by')
    expect(parts[1]).toContain('Do create, read, update and delete')
    expect(parts[2]).toContain('Do backup and restore work?')
    expect(parts[2]).not.toContain('Validation')
    expect(parts[3]).toMatch(
      /redgreen confirm-standards[^]*Consistency; Validation; Backups; Errors/,
    )
    expect(parts[3]).toMatch(/✓ standards +7 of 7 have evidence or a decision by a human/)
  })

  test('shows that every dishonest attempt is refused or ignored', () => {
    expect(printed).toContain('[phase_needs_person] Only a human at a terminal can do this')
    expect(printed).toContain('[file_missing] 1.1 names db/rental.schema.json')
    expect(printed).toContain('[wrong_stage] 2.1')
    expect(printed).toContain('[suite_fails]')
  })

  test('finishes every task, and the evidence holds', () => {
    expect(printed).toContain('5/5 (100%)')
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +storage-rentals-001: \d+ events valid, 5 tasks proven/)
  })

  test('ends with a summary of what was implemented', async () => {
    expect(printed).toMatch(/Implemented: 5 tasks, \d+ files, \d+ tests; the report lists them\./)
    const { call } = await connect(demo.root)
    const answer = await call('read_document', {
      document: 'validation',
      feature: 'storage-rentals-001',
    })
    const [, summary = ''] = String(answer.data['text']).split('## What was implemented\n')
    const [lines = ''] = summary.split('\n\n')
    expect(lines.split('\n')).toHaveLength(5)
    expect(lines).toMatch(/^- 1\.1 .*: created .*rental\.schema\.json/m)
    expect(lines).toMatch(/^- 2\.1 .*: created .*; \d tests$/m)
  })

  test('updates boxes and status words in the plan, and nothing else', () => {
    const plan = demo.planned(`${COMPONENT}/plan.md`)
    const expected = plan
      .replaceAll('- [ ] ', '- [x] ')
      .replaceAll('**Status**: Planning', '**Status**: Completed')
    expect(demo.result(`${COMPONENT}/plan.md`)).toBe(expected)
    expect(printed).toContain('status words: 3, boxes: 7; nothing else changed')
  })

  test('updates status, date and counters of the component, and nothing else', () => {
    const metadata = demo
      .planned(`${COMPONENT}/metadata.json`)
      .replace('"Planning"', '"Completed"')
      .replace('"updated": "2026-03-01T09:00:00Z"', '"updated": "NOW"')
    expect(undated(demo.result(`${COMPONENT}/metadata.json`))).toBe(metadata)
    const tracks = demo
      .planned(`${ROOT}/tracks.md`)
      .replace('| Planning | 2026-03-01 | 2026-03-01 |', '| Completed | 2026-03-01 | TODAY |')
      .replace('**Planning**: 1', '**Planning**: 0')
      .replace('**Completed**: 0', '**Completed**: 1')
    expect(undated(demo.result(`${ROOT}/tracks.md`))).toBe(tracks)
  })
})

test('without a terminal for the human, the demo says so and stops', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-path-'))
  symlinkSync(process.execPath, path.join(folder, 'node'))
  const { printed, remove } = await runDemo('storage-conductor', { ...process.env, PATH: folder })
  expect(printed).toContain('[phase_needs_person] Only a human at a terminal can do this')
  expect(printed).toContain('The demo stops here.')
  expect(printed).not.toContain('Starting Phase 2')
  remove()
  rmSync(folder, { recursive: true })
})
