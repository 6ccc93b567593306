import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import {
  applied,
  AT,
  differences,
  phase,
  planOf,
  REGISTRY,
  workspaceOf,
  source,
  storage,
  STORAGE,
  track,
  TRACK,
  type Files,
} from './fixture.ts'
import { task } from '../plan-queries.ts'

function start(files: Files, id: string): Files {
  const plan = planOf(files)
  return applied(files, conductor.start?.(workspaceOf(files), plan, task(plan, id), AT) ?? [])
}

function finish(files: Files, id: string): Files {
  const plan = planOf(files)
  return applied(files, conductor.finish(workspaceOf(files), plan, task(plan, id), AT))
}

function finishPhase(files: Files, number: number): Files {
  const plan = planOf(files)
  return applied(
    files,
    conductor.finishPhase?.(workspaceOf(files), plan, phase(plan, number), AT) ?? [],
  )
}

function finishFeature(files: Files): Files {
  const plan = planOf(files)
  return applied(files, conductor.finishFeature?.(workspaceOf(files), plan, AT) ?? [])
}

describe('a component', () => {
  const files = storage(source('table.md'))

  test('is marked as in progress everywhere when its first task starts, and the counters are corrected', () => {
    expect(differences(files, start(files, '1.1'))).toEqual([
      'tracks.md: | storage-vault-001 | Seed vault | SQLite  | In Progress | 2026-03-01 | 2026-11-20 |',
      'tracks.md: - **Total**: 2',
      'tracks.md: - **Planning**: 0',
      'tracks.md: - **In Progress**: 1',
      'plan.md: **Status**: In Progress',
      'metadata.json: "status": "In Progress",',
      'metadata.json: "updated":"2026-11-20T19:13:02Z"',
    ])
  })

  test('gets a new date when a task is done, and no commit id', () => {
    expect(differences(files, finish(files, '1.1'))).toEqual([
      'tracks.md: | storage-vault-001 | Seed vault | SQLite  | Planning | 2026-03-01 | 2026-11-20 |',
      'plan.md: - [x] Define the fields of a seed lot in db/schema.json',
      'plan.md: - [x] Name units and limits',
      'plan.md: - [x] Note what may be empty',
      'metadata.json: "updated":"2026-11-20T19:13:02Z"',
    ])
  })

  test('has its phase marked as completed when the phase is confirmed', () => {
    expect(
      differences(files, finishPhase(files, 2)).filter(line => line.startsWith('plan')),
    ).toEqual(['plan.md: **Status**: Completed'])
    expect(finishPhase(finishPhase(files, 2), 2)).toEqual(finishPhase(files, 2))
  })

  test('is marked as completed at the end', () => {
    const done = finishFeature(start(files, '1.1'))
    expect(done['storage-conductor/tracks.md']).toContain('| Completed | 2026-03-01 | 2026-11-20 |')
    expect(done['storage-conductor/tracks.md']).toContain('- **Completed**: 2')
    expect(done[`${STORAGE}/metadata.json`]).toContain('"status": "Completed"')
  })

  test('keeps every other byte of its metadata', () => {
    const before = files[`${STORAGE}/metadata.json`] ?? ''
    const crlf = `\ufeff${before.replaceAll('\n', '\r\n')}`
    const after = start({ ...files, [`${STORAGE}/metadata.json`]: crlf }, '1.1')[
      `${STORAGE}/metadata.json`
    ]
    expect(after).toBe(
      crlf
        .replace('"Planning"', '"In Progress"')
        .replace('2026-03-02T08:00:00Z', '2026-11-20T19:13:02Z'),
    )
  })

  test('with an invalid metadata.json keeps that file unchanged', () => {
    const path = `${STORAGE}/metadata.json`
    const broken = storage(source('table.md'), { [path]: '{"status": "Planning"} {' })
    expect(start(broken, '1.1')[path]).toBe(broken[path])
    expect(finishFeature(broken)[path]).toBe(broken[path])
  })

  test('gets a status line below the heading if the plan has none, with the line ending of the file', () => {
    const plain = storage(source('plain-table.md').replaceAll('\n', '\r\n'))
    const plan = `${STORAGE}/plan.md`
    const started = start(plain, '1.2')
    expect(started[plan]).toBe(
      plain[plan]?.replace('Schema Design', 'Schema Design\r\n**Status**: In Progress'),
    )
    expect(finishPhase(started, 1)[plan]).toBe(
      plain[plan]?.replace('Schema Design', 'Schema Design\r\n**Status**: Completed'),
    )
    expect(start(started, '2.1')[plan]).toContain('Optimization\r\n**Status**: In Progress\r\n')
  })

  test.each([
    ['Status: planning', 'Status: in_progress'],
    ['- **Status:** ⏳ Planned (soon)', '- **Status:** ⏳ In Progress (soon)'],
    ['*Status*: PLANNING', '*Status*: PLANNING'.replace('PLANNING', 'IN PROGRESS')],
  ])('has the status line "%s" changed to "%s"', (before, after) => {
    const plan = `${STORAGE}/plan.md`
    const text = `## Phase 1: Core\n${before}\n\n- [ ] a\n`
    expect(start(storage(text), '1.1')[plan]).toBe(text.replace(before, after))
  })

  test('without a row in the registry is still read and updated', () => {
    const lone = storage(source('table.md'), {
      'storage-conductor/tracks.md': '# Storage Components\n',
    })
    expect(differences(lone, start(lone, '1.1'))).toHaveLength(3)
  })
})

describe('a track', () => {
  const files = track(source('registry.md'))

  test('is marked as in progress when a task starts, and so is the task', () => {
    expect(differences(files, start(files, '2.3'))).toEqual([
      'tracks.md: - [~] **Track: Tide table**',
      'plan.md: - [/] Task: Go on past midnight (src/tide.js)',
      'metadata.json: {"track_id": "tides_20260301", "status": "in_progress", "updated_at": "2026-11-20T19:13:02.123Z"}',
    ])
    expect(start(track('## P\n- [ ] a\n'), '1.1')[`${TRACK}/plan.md`]).toBe('## P\n- [~] a\n')
  })

  test('has its verification ticked when the phase is confirmed, without a checkpoint', () => {
    expect(differences(files, finishPhase(files, 2))).toEqual([
      "plan.md: - [x] Task: Conductor - User Manual Verification 'Phase 2: Interpolating' (Protocol in workflow.md)",
      'metadata.json: {"track_id": "tides_20260301", "status": "new", "updated_at": "2026-11-20T19:13:02.123Z"}',
    ])
  })

  test('has its phase marked like the other phases', () => {
    const plan = `${TRACK}/plan.md`
    const tagged = track(source('tagged.md'))
    expect(finishPhase(tagged, 2)[plan]).toContain('## Phase 2: Sails [COMPLETE]\n')
    expect(finishPhase(tagged, 3)[plan]).toContain('## Phase 3: Strings [COMPLETE] ##\n')
    expect(finishPhase(tagged, 1)[plan]).toBe(tagged[plan])
    expect(start(tagged, '2.1')[plan]).toContain('## Phase 2: Sails\n')
    const boxed = track(source('headings.md'))
    expect(start(boxed, '1.1')[plan]).toContain('## [~] Phase 1: Walls\n')
    expect(finishPhase(boxed, 2)[plan]).toContain('## [x] Phase 1: Walls\n')
  })

  test('is ticked in the registry at the end', () => {
    const done = finishFeature(files)
    expect(done['conductor/tracks.md']).toBe(REGISTRY.replace('[ ]', '[x]'))
    expect(done[`${TRACK}/metadata.json`]).toContain('"status": "completed"')
  })
})
