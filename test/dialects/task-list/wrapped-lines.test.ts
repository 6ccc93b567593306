import { describe, expect, test } from 'vitest'
import { bmad } from '../../../src/dialects/bmad/bmad.ts'
import { checklist } from '../../../src/dialects/checklist/checklist.ts'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import type { Candidate, Dialect } from '../../../src/dialects/dialect.ts'
import { kiro } from '../../../src/dialects/kiro/kiro.ts'
import { openspec } from '../../../src/dialects/openspec/openspec.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'
import { specWorkflow } from '../../../src/dialects/spec-workflow/spec-workflow.ts'
import { specflow } from '../../../src/dialects/specflow/specflow.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied } from '../plan-queries.ts'

const AT = '2026-01-01T00:00:00Z'

const at = (tasks: string, dir = tasks.replace(/\/[^/]+$/, '')): Candidate => ({
  id: 'a',
  dir,
  tasks,
})

/** For each dialect of Markdown lists: the text before a task's title, and the rest of its file. */
const DIALECTS: Record<
  string,
  { dialect: Dialect; candidate: Candidate; before: string; lead: string }
> = {
  kiro: { dialect: kiro, candidate: at('.kiro/specs/a/tasks.md'), before: '', lead: '1. ' },
  openspec: {
    dialect: openspec,
    candidate: at('openspec/changes/a/tasks.md'),
    before: '## 1. Core\n\n',
    lead: '1.1 ',
  },
  'spec-workflow': {
    dialect: specWorkflow,
    candidate: at('.spec-workflow/specs/a/tasks.md'),
    before: '',
    lead: '1. ',
  },
  'spec-kit': {
    dialect: specKit,
    candidate: at('specs/001-a/tasks.md'),
    before: '## Phase 1: Core\n\n',
    lead: 'T001 ',
  },
  specflow: {
    dialect: specflow,
    candidate: at('.specify/specs/f-1-a/tasks.md'),
    before: '## Group 1: Core\n\n',
    lead: '**T-1.1** ',
  },
  conductor: {
    dialect: conductor,
    candidate: at('conductor/tracks/a/plan.md'),
    before: '## Phase 1: Core\n\n',
    lead: 'Task: ',
  },
  checklist: { dialect: checklist, candidate: at('PLAN.md', 'PLAN.md'), before: '', lead: '' },
  bmad: {
    dialect: bmad,
    candidate: at('docs/stories/1-1-a.md', 'docs/stories/1-1-a.md'),
    before: '# Story 1.1: A\n\nStatus: ready-for-dev\n\n## Tasks / Subtasks\n\n',
    lead: 'Task 1: ',
  },
}

function firstTask(name: keyof typeof DIALECTS, lines: string) {
  const { dialect, candidate, before, lead } = DIALECTS[name] ?? missing()
  const text = `${before}- [ ] ${lead}${lines}\n`
  const reader = memoryWorkspace({ [candidate.tasks]: text })
  const plan = dialect.read(reader, candidate)
  const [task = missing()] = plan.tasks
  const edits = dialect.finish(reader, plan, task, AT)
  const own = edits.filter(({ path }) => path === candidate.tasks)
  return { task, plan, text, done: applied(text, own) }
}

const titleOf = (lines: string, name = 'kiro') => firstTask(name, lines).task.title

describe.each(Object.keys(DIALECTS))('a title of %s that is wrapped', name => {
  test('is read to its end, with the files of every line', () => {
    const { task } = firstTask(name, 'Add a parser that\n  reads the header\n  of src/a.js')
    expect(task.title).toBe('Add a parser that reads the header of src/a.js')
    expect(task.files).toEqual(['src/a.js'])
    expect(task.description ?? '').not.toContain('header')
  })

  test('is followed by its details, and only its box changes', () => {
    const lines = 'Add a parser that\n  reads the header\n  - in two\n    lines\n'
    const { task, text, done } = firstTask(name, lines)
    expect(task.title).toBe('Add a parser that reads the header')
    expect(task.description).toBe('in two lines')
    expect(done).toBe(text.replace('- [ ]', done.includes('[X]') ? '- [X]' : '- [x]'))
  })

  test('may have Windows line endings and tabs', () => {
    const { task, text, done } = firstTask(name, 'Add a parser that\r\n\treads the header\r\n')
    expect(task.title).toBe('Add a parser that reads the header')
    expect(done.length).toBe(text.length)
  })
})

describe('the line below a title', () => {
  test.each([
    ['the word that continues it', 'Read the\n  header', 'Read the header'],
    ['code', 'Read\n  `a` first', 'Read a first'],
    ['a bracket', 'Read the header\n  (twice)', 'Read the header (twice)'],
    ['a number', 'Read at most\n  20 lines', 'Read at most 20 lines'],
    ['a name after a comma', 'Read a,\n  B and C', 'Read a, B and C'],
    ['a name after a joining word', 'Read the lines of\n  Anna', 'Read the lines of Anna'],
    ['no indentation', 'Read the\nheader', 'Read the header'],
    ['text after an abbreviation', 'Read a, b etc.\n  and c', 'Read a, b etc. and c'],
    ['Chinese text', '读取文件的\n  标题', '读取文件的标题'],
    [
      'a remark behind struck text',
      '~~Read\n  the header~~\n  (cancelled)',
      'Read the header (cancelled)',
    ],
    [
      'a capital letter after a line that was full',
      `Read ${'the long header '.repeat(4)}of\n  Anna`,
      `Read ${'the long header '.repeat(4)}of Anna`,
    ],
  ])('belongs to it if it begins with %s', (_, lines, title) => {
    expect(titleOf(lines)).toBe(title)
  })

  test.each([
    ['a field', 'Read the header\n  _Requirements: 1.1_'],
    ['a bold field', 'Read the header\n  **Files**: src/a.js'],
    ['a plain field', 'Read the header\n  File: src/a.js'],
    ['a field in small letters', 'Read the header\n  depends: 1.1'],
    ['a sentence', 'Read the header\n  It has two lines.'],
    ['a sentence after a full stop', `Read ${'the long header '.repeat(4)}.\n  It has two lines.`],
    ['a line after a colon', 'Read these:\n  header and body'],
    ['a line after a hard break', 'Read the header  \n  and the body'],
    ['a table', 'Read the header\n  | a | b |'],
    ['a quotation', 'Read the header\n  > as it is'],
    ['an item of a numbered list', 'Read the header\n  2. and the body'],
    ['a rule', 'Read the header\n  ---'],
    ['a paragraph of its own', 'Read the header\n\n  and the body'],
  ])('does not if it is %s', (_, lines) => {
    expect(titleOf(lines)).toMatch(/^Read [^A-Z]*$/)
    expect(titleOf(lines)).not.toMatch(/body|1\.1|\.js|\|/)
  })

  test('is a detail as soon as the title is long, and nothing is lost', () => {
    const words = Array.from({ length: 60 }, (_, word) => `  and the part with number ${word}`)
    const { task } = firstTask('openspec', `Read the header\n${words.join('\n')}`)
    expect(task.title.length).toBeLessThan(400)
    expect(`${task.title} ${task.description?.replaceAll('\n', ' ')}`).toBe(
      `Read the header ${words.map(line => line.trim()).join(' ')}`,
    )
  })
})

test.each([
  ['Export it from `a/__init__.py` and `__all__`', 'Export it from a/__init__.py and __all__'],
  ['Move `__tests__/` and `b(*, c)` to `d(*)`', 'Move __tests__/ and b(*, c) to d(*)'],
  ['**Read** the *header* of `**a**`', 'Read the header of **a**'],
  ['__Read__ **`a` and `b`**', 'Read a and b'],
])('the signs of emphasis stay in code: %s', (lines, title) => {
  expect(titleOf(lines)).toBe(title)
})

test('a criterion that is wrapped is one criterion, and those behind it are criteria too', () => {
  const { task } = firstTask(
    'checklist',
    'Read\n  - Acceptance criteria:\n    - the header is\n      read\n    - the body is read',
  )
  expect(task.acceptance).toEqual(['the header is read', 'the body is read'])
})

function missing(): never {
  throw new Error('there is none')
}
