import { assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MARKDOWN_LINE_ENDINGS } from '../line-endings.ts'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { applyEdits } from '../../../src/plan/edit.ts'
import { applied, around, AT, fixtures, planOf, workspaceOf, source } from './fixture.ts'
import { ids, states, task } from '../plan-queries.ts'
import type { Files } from './fixture.ts'

/** The indentation of a sub-task becomes one tab, because two tabs would make it code. */
const STORED: typeof MARKDOWN_LINE_ENDINGS = {
  ...MARKDOWN_LINE_ENDINGS,
  tabs: text => text.replaceAll(/^ +/gm, '\t'),
}

const cases = fixtures.flatMap(name =>
  Object.entries(STORED).flatMap(([ending, change]) => {
    const files = around(name)(change(source(name)))
    return planOf(files).tasks.map(({ id }) => ({ name, ending, files, id }))
  }),
)

describe.each(Object.entries(STORED))('with %s', (_, change) => {
  test.each(fixtures)('%s has the same tasks and states as with LF', name => {
    const read = (text: string) => planOf(around(name)(text))
    expect(states(read(change(source(name))))).toEqual(states(read(source(name))))
  })

  test.each(fixtures)('every marker of %s has the right offsets', name => {
    const text = change(source(name))
    for (const { markers } of planOf(around(name)(text)).tasks)
      for (const { start, end, text: mark } of markers) expect(text.slice(start, end)).toBe(mark)
  })
})

test('finishing a task changes its markers and nothing else in the plan', () => {
  assert(
    property(constantFrom(...cases), ({ files, id }) => {
      const plan = planOf(files)
      const { markers, location } = task(plan, id)
      const marks = new Set(markers.map(({ start }) => start))
      const edits = finish(files, id).filter(({ path }) => path === location.path)
      for (const edit of edits) {
        expect(marks).toContain(edit.start)
        expect(edit.to).toMatch(/^\[x\]$/)
        expect(edit.from).toHaveLength(3)
      }
    }),
    { numRuns: 400 },
  )
})

test('finishing a task changes no other task', () => {
  assert(
    property(constantFrom(...cases), ({ files, id }) => {
      const before = states(planOf(files))
      const after = states(planOf(applied(files, finish(files, id))))
      const others = (all: string[]) => all.filter(state => !state.startsWith(`${id} `))
      expect(others(after)).toEqual(others(before))
      expect(after.find(state => state.startsWith(`${id} `))).not.toMatch(/open|doing/)
    }),
    { numRuns: 400 },
  )
})

test('reopening restores the bytes of a plan whose task and sub-tasks were open', () => {
  const open = cases.filter(({ files, id }) =>
    task(planOf(files), id).markers.every(({ state }) => state === 'open'),
  )
  assert(
    property(constantFrom(...open), ({ files, id }) => {
      const plan = planOf(files)
      const { path } = task(plan, id).location
      const done = applied(files, finish(files, id))
      const again = planOf(done)
      const edits = conductor.reopen(workspaceOf(done), again, task(again, id))
      expect(applyEdits(done[path] ?? '', edits)).toBe(files[path])
    }),
    { numRuns: 300 },
  )
})

test('finishing a task a second time changes nothing, not even a date', () => {
  for (const { files, id } of cases) {
    const done = applied(files, finish(files, id))
    const plan = planOf(done)
    const later = '2027-01-01T00:00:00Z'
    expect(conductor.finish(workspaceOf(done), plan, task(plan, id), later)).toEqual([])
  }
})

test('finishing every task of a fixture keeps the ids', () => {
  for (const name of fixtures) {
    let files = around(name)(source(name))
    const all = ids(planOf(files))
    for (const id of all) files = applied(files, finish(files, id))
    expect(ids(planOf(files))).toEqual(all)
  }
})

test('a dropped sub-task stays dropped, and [X] is written if the file uses it', () => {
  const plan = '## P\n- [ ] A\n  - [-] dropped\n  - [ ] part\n- [X] B\n- [X] C\n- [X] D\n'
  const files = around('table.md')(plan)
  const done = applied(files, finish(files, '1.1'))
  expect(done[planOf(files).tasks[0]?.location.path ?? '']).toBe(
    '## P\n- [X] A\n  - [-] dropped\n  - [X] part\n- [X] B\n- [X] C\n- [X] D\n',
  )
})

function finish(files: Files, id: string) {
  const plan = planOf(files)
  return conductor.finish(workspaceOf(files), plan, task(plan, id), AT)
}
