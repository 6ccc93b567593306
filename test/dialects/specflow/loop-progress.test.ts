import { expect, test } from 'vitest'
import type { FinishedTaskWork } from '../../../src/dialects/dialect.ts'
import { specflow } from '../../../src/dialects/specflow/specflow.ts'
import { plan, workspaceWithTables } from './fixture.ts'
import { applied, task } from '../plan-queries.ts'

const LOOP_PROGRESS = '.maestro/outputs/LOOP_PROGRESS.md'
const AT = '2026-03-04T05:06:07Z'
const WORK: FinishedTaskWork = {
  tests: [
    { name: 'budget > spends one', file: 'tests/budget.test.ts' },
    { name: 'budget > refuses when empty', file: 'tests/budget.test.ts' },
  ],
  created: ['src/budget.ts', 'tests/budget.test.ts', '.maestro/outputs/LOOP_PROGRESS.md'],
  modified: [],
  own: { passed: 2, total: 2 },
  all: { passed: 41, total: 41 },
  refactor: 'none: it is small',
}

const ENTRY = `## Task: T-1.2 Count what is left

- Feature: f-7-retry
- Done: 2026-03-04

### Tests Written

* budget > spends one: tests/budget.test.ts
* budget > refuses when empty: tests/budget.test.ts

### Implementation

- Files created: src/budget.ts, tests/budget.test.ts
- Files modified: none
- Tests passing: 2/2 (budget), 41/41 (all)
- Refactor: none: it is small
`

test('the first task creates the progress log', () => {
  expect(written(undefined, 'T-1.2')).toBe(`# Loop Progress\n\n${ENTRY}`)
})

test('an entry is added at the end, and never twice', () => {
  const before = '# F-7 Progress\n\n- [ ] test_old: an old bullet, and no task'
  const once = written(before, 'T-1.2')
  expect(once).toBe(`${before}\n\n${ENTRY}`)
  expect(written(once, 'T-1.2')).toBe(once)
  const dos = `\ufeff${before}\n`.replaceAll('\n', '\r\n')
  expect(written(dos, 'T-1.2')).toBe(`${dos}\r\n${ENTRY.replaceAll('\n', '\r\n')}`)
})

test('entries of a template, of another feature and of an assistant are distinguished', () => {
  const template = '# P\n\n```markdown\n## Task: T-1.2 Count what is left\n```\n'
  expect(written(template, 'T-1.2')).toBe(`${template}\n${ENTRY}`)
  const other = ENTRY.replace('f-7-retry', 'f-6-budget')
  expect(written(other, 'T-1.2')).toBe(`${other}\n${ENTRY}`)
  const own = '## Task: T-1.2 Count what is left\n### Tests Written\n- [ ] test_a: b\n'
  expect(written(own, 'T-1.2')).toBe(own)
})

test('the tests are written at RED, and the entry is completed when the task is done', () => {
  const atRed =
    `# Loop Progress\n\n${ENTRY.slice(0, ENTRY.indexOf('\n### Implementation'))}`.replace(
      '- Done: 2026-03-04\n',
      '',
    )
  const first = { ...WORK, tests: [{ name: 'budget > draft', file: 'tests/budget.test.ts' }] }
  const draft = writtenAtRed('', first)
  expect(draft).toContain('* budget > draft: tests/budget.test.ts\n')
  expect(writtenAtRed(draft, WORK)).toBe(atRed)
  expect(writtenAtRed(atRed, WORK)).toBe(atRed)
  expect(written(atRed, 'T-1.2')).toBe(`# Loop Progress\n\n${ENTRY}`)
  const noted = `${atRed}\nA note of mine.\n\n## Task: T-9 Other\n`
  expect(written(noted, 'T-1.2')).toBe(
    `# Loop Progress\n\n${ENTRY}\nA note of mine.\n\n## Task: T-9 Other\n`,
  )
})

test('an entry that is complete, or that an assistant wrote, is not changed at RED', () => {
  expect(writtenAtRed(ENTRY, WORK)).toBe(ENTRY)
  const own = '## Task: T-1.2 Count what is left\n### Tests Written\n- [ ] test_a: b\n'
  expect(writtenAtRed(own, WORK)).toBe(own)
})

test('the entry of a task without tests says how it was checked', () => {
  const work = {
    tests: [],
    created: ['docs/limits.md'],
    modified: ['README.md'],
    check: 'there is docs/limits.md',
  }
  expect(written('', 'T-2.3', work)).toContain(
    '### Tests Written\n\nNone: it was checked in another way.\n\n### Implementation\n\n- Files created: docs/limits.md\n- Files modified: README.md\n- Checked: there is docs/limits.md\n',
  )
})

test('the front matter marks the whole feature as completed', () => {
  const read = plan('boxes.md')
  const { path } = task(read, 'T-1.1').location
  const text = '---\nstatus: in_progress # for now\ncompleted: 1\n---\n- [x] **T-1.1** A\n'
  const edits = specflow.finishFeature?.(workspaceWithTables({ [path]: text }), read, AT) ?? []
  expect(applied(text, edits)).toBe(text.replace('in_progress', 'completed'))
})

function written(before: string | undefined, id: string, work = WORK): string {
  const read = plan('boxes.md')
  const reader = workspaceWithTables(before === undefined ? {} : { [LOOP_PROGRESS]: before })
  const edits = specflow.report?.(reader, read, task(read, id), work, AT) ?? []
  for (const edit of edits) expect(edit.path).toBe(LOOP_PROGRESS)
  return applied(before ?? '', edits)
}

function writtenAtRed(before: string, work: FinishedTaskWork): string {
  const read = plan('boxes.md')
  const reader = workspaceWithTables({ [LOOP_PROGRESS]: before })
  return applied(before, specflow.reportTests?.(reader, read, task(read, 'T-1.2'), work) ?? [])
}
