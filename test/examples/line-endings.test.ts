import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { dialects } from '../../src/dialects/index.ts'
import { parseEvent } from '../../src/evidence/event.ts'
import type { Change } from '../../src/plan/edit.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { workspaceReader } from '../../src/store/workspace-reader.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { runCommand } from '../kit/program.ts'
import { undated } from './demo.ts'

/** The first task of an example, proven by its files, and the updates when it is finished. */
interface Example {
  task: string
  files: string[]
  /** By file of the workflow: the earlier and the later texts. */
  updates: Record<string, [from: string, to: string][]>
}

const EXAMPLES: Record<string, Example> = {
  'spec-kit': {
    task: 'T001',
    files: ['.gitignore'],
    updates: { 'specs/001-teatime/tasks.md': [['- [ ] T001 ', '- [X] T001 ']] },
  },
  specflow: {
    task: 'T-1.1',
    files: ['seeds.txt', '.gitignore'],
    updates: {
      '.specify/specs/f-1-sowing-calendar/tasks.md': [
        ['- [ ] **T-1.1**', '- [x] **T-1.1**'],
        ['| T-1.1 | pending | - | - |', '| T-1.1 | completed | TODAY | TODAY |'],
        ['completed: 0', 'completed: 1'],
      ],
    },
  },
  'json-plan': {
    task: '1',
    files: ['src/register.js', 'test/register.test.js'],
    updates: {
      'docs/plans/2026-09-14-lost-and-found.json': [['"passes": false', '"passes": true']],
    },
  },
  'storage-conductor': {
    task: '1.1',
    files: ['db/rental.schema.json'],
    updates: {
      'storage-conductor/storages/storage-rentals-001/plan.md': [
        ['- [ ] Describe', '- [x] Describe'],
        ['- [ ] Define every', '- [x] Define every'],
        ['- [ ] Define which', '- [x] Define which'],
        ['**Status**: Planning', '**Status**: In Progress'],
      ],
      'storage-conductor/storages/storage-rentals-001/metadata.json': [
        ['"Planning"', '"In Progress"'],
        ['"updated": "2026-03-01T09:00:00Z"', '"updated": "NOW"'],
      ],
      'storage-conductor/tracks.md': [
        ['| Planning | 2026-03-01 | 2026-03-01 |', '| In Progress | 2026-03-01 | TODAY |'],
        ['- **Planning**: 1', '- **Planning**: 0'],
        ['- **In Progress**: 0', '- **In Progress**: 1'],
      ],
    },
  },
  conductor: {
    task: '1.1',
    files: ['src/walk.js'],
    updates: {
      'conductor/tracks/walking_time_20260301/plan.md': [
        ['- [ ] Task: Compute', '- [x] Task: Compute'],
        ['- [ ] Write Tests', '- [x] Write Tests'],
        ['- [ ] Implement', '- [x] Implement'],
      ],
      'conductor/tracks/walking_time_20260301/metadata.json': [
        ['"new"', '"in_progress"'],
        ['"updated_at": "2026-03-01T09:00:00Z"', '"updated_at": "NOW"'],
      ],
      'conductor/tracks.md': [['- [ ] **Track', '- [~] **Track']],
    },
  },
}

const SHAPES: Record<string, (text: string) => string> = {
  'CRLF line endings': text => text.replaceAll('\n', '\r\n'),
  'a byte order mark': text => `\u{feff}${text}`,
  'no final newline': text => text.trimEnd(),
  'tabs for indentation': tabbed,
  'all of these together': text => `\u{feff}${tabbed(text).trimEnd().replaceAll('\n', '\r\n')}`,
}

describe.each(Object.entries(EXAMPLES))('finishing a task of %s', (dialect, example) => {
  test.each(Object.entries(SHAPES))('changes only its marks in files with %s', (_name, shaped) => {
    const root = mkdtempSync(path.join(tmpdir(), 'redgreen-endings-'))
    cpSync(path.join('examples', dialect), root, { recursive: true })
    const before = new Map<string, string>()
    for (const file of Object.keys(example.updates)) {
      before.set(file, readFileSync(path.join(root, file), 'utf8'))
      writeFileSync(path.join(root, file), shaped(before.get(file) ?? ''))
    }
    start(root, example)
    const started = textsIn(root, example)
    redgreen(root, 'mark-complete', example.task)
    for (const [file, edits] of Object.entries(example.updates)) {
      const expected = edits.reduce(replacing, before.get(file) ?? '')
      expect(undated(readFileSync(path.join(root, file), 'utf8'))).toBe(shaped(expected))
    }
    reopen(root, example)
    expect(textsIn(root, example)).toEqual(started)
    rmSync(root, { recursive: true })
  })
})

/** Runs the steps of a check task on the command line, up to mark_complete. */
function start(root: string, { task, files }: Example): void {
  const settings = { kinds: [{ tasks: task, kind: 'check' }], approval: { required: 'never' } }
  writeFileSync(path.join(root, 'redgreen.config.json'), JSON.stringify(settings))
  redgreen(root, 'next-task', task)
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), file.endsWith('.js') ? '// content\n' : 'content\n')
  }
  redgreen(root, 'record-green', task)
}

function textsIn(root: string, { updates }: Example): string[] {
  return Object.keys(updates).map(file => undated(readFileSync(path.join(root, file), 'utf8')))
}

/** Reverts the marks that the ledger records. */
function reopen(root: string, { task }: Example): void {
  const workspace = openWorkspace(root)
  if (workspace === undefined) throw new Error(`${root} was not found`)
  const reader = workspaceReader(workspace, new Map())
  const dialect = dialects.find(one => one.detect(reader) !== undefined)
  const active = dialect?.active(reader)
  if (dialect === undefined || active === undefined || !('found' in active))
    throw new Error('no feature')
  const plan = dialect.read(reader, active.found)
  const one = plan.tasks.find(({ id }) => id === task)
  if (one === undefined) throw new Error(`${task} was not found`)
  writeMarks(workspace, dialect.reopen(reader, plan, one, marksOf(root)))
}

function marksOf(root: string): Change[] {
  const folder = path.join(root, '.redgreen', 'ledger')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter(file => file.endsWith('.jsonl'))
    .map(file => readFileSync(path.join(folder, file), 'utf8'))
  const entries = texts.flatMap(text => text.trim().split('\n'))
  return entries.flatMap(line => {
    const event = parseEvent(z.record(z.string(), z.unknown()).parse(JSON.parse(line)))
    return event?.kind === 'done' ? event.marks : []
  })
}

function redgreen(root: string, ...args: string[]): void {
  expect(runCommand({ root }, args)).toMatchObject({ status: 0 })
}

function replacing(text: string, [from, to]: [string, string]): string {
  expect(text).toContain(from)
  return text.replace(from, to)
}

/** Replaces each level of two or four spaces by a tab. */
function tabbed(text: string): string {
  const [step = ''] = /^ +/m.exec(text) ?? []
  return text.replaceAll(/^ +/gm, spaces => '\t'.repeat(spaces.length / Math.max(step.length, 1)))
}
