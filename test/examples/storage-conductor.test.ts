import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { filesBeside, hasTerminal, played, undated, type Played } from './demo.ts'

const ROOT = 'storage-conductor'
const COMPONENT = `${ROOT}/storages/storage-loans-001`

test('the example for storage-conductor has its plan and nothing of what the plan asks for', () => {
  expect(filesBeside('storage-conductor', ROOT)).toEqual(['README.md', 'package.json'])
})

describe.runIf(hasTerminal)('the demo of storage-conductor', () => {
  let demo: Played
  let printed = ''

  beforeAll(async () => {
    demo = await played('storage-conductor')
    printed = demo.printed
  })

  afterAll(() => demo.remove())

  test('has a person look at the end of every phase, with the question that fits it', () => {
    const parts = printed.split('types yes at a terminal, asked by redgreen confirm-phase')
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
    expect(parts[3]).toMatch(/✓ standards +7 of 7 have evidence or a person's word/)
  })

  test('shows every trick seen through', () => {
    expect(printed).toContain('[phase_needs_person] Only a person at a terminal can do that')
    expect(printed).toContain('[file_missing] 1.1 names db/loan.schema.json')
    expect(printed).toContain('[wrong_stage] 2.1')
    expect(printed).toContain('[suite_fails]')
  })

  test('finishes every task, and the evidence holds', () => {
    expect(printed).toContain('5/5 (100%)')
    expect(printed).toMatch(/✓ tests +\d+ passed, 0 failed/)
    expect(printed).toMatch(/verify +storage-loans-001: \d+ events hold, 5 tasks proven/)
  })

  test('ends with a summary of what was implemented', async () => {
    expect(printed).toMatch(/Implemented: 5 tasks, \d+ files, \d+ tests; the report lists them\./)
    const { call } = await connect(demo.root)
    const answer = await call('read_document', {
      document: 'validation',
      feature: 'storage-loans-001',
    })
    const [, summary = ''] = String(answer.data['text']).split('## What was implemented\n')
    const [lines = ''] = summary.split('\n\n')
    expect(lines.split('\n')).toHaveLength(5)
    expect(lines).toMatch(/^- 1\.1 .*: created .*loan\.schema\.json/m)
    expect(lines).toMatch(/^- 2\.1 .*: created .*; \d tests$/m)
  })

  test('updates boxes and status words in the plan, and nothing else', () => {
    const plan = demo.planned(`${COMPONENT}/plan.md`)
    const expected = plan
      .replaceAll('- [ ] ', '- [x] ')
      .replaceAll('**Status**: Planning', '**Status**: Completed')
    expect(demo.left(`${COMPONENT}/plan.md`)).toBe(expected)
    expect(printed).toContain('status words: 3, boxes: 7, and nothing else')
  })

  test('updates status, date and counters of the component, and nothing else', () => {
    const metadata = demo
      .planned(`${COMPONENT}/metadata.json`)
      .replace('"Planning"', '"Completed"')
      .replace('"updated": "2026-03-01T09:00:00Z"', '"updated": "NOW"')
    expect(undated(demo.left(`${COMPONENT}/metadata.json`))).toBe(metadata)
    const tracks = demo
      .planned(`${ROOT}/tracks.md`)
      .replace('| Planning | 2026-03-01 | 2026-03-01 |', '| Completed | 2026-03-01 | TODAY |')
      .replace('**Planning**: 1', '**Planning**: 0')
      .replace('**Completed**: 0', '**Completed**: 1')
    expect(undated(demo.left(`${ROOT}/tracks.md`))).toBe(tracks)
  })
})

test('where no person can be played, the demo says so and stops', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-path-'))
  symlinkSync(process.execPath, path.join(folder, 'node'))
  const { printed, remove } = await played('storage-conductor', { ...process.env, PATH: folder })
  expect(printed).toContain('[phase_needs_person] Only a person at a terminal can do that')
  expect(printed).toContain('There is none here, so the demo stops: nothing went on without them.')
  expect(printed).not.toContain('Starting Phase 2')
  remove()
  rmSync(folder, { recursive: true })
})
