import { describe, expect, test } from 'vitest'
import { checklist } from '../../../src/dialects/checklist/checklist.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { afterDone, afterReopening, read } from './fixture.ts'

const STAGES = `# Plan

## Stage 1: Store
**Goal**: Save in src/store.js

**Success Criteria**:
- [ ] It is saved

**Tests**:
- [ ] It can be read
**Status**: Not Started

## Stage 2: Page
**Tests**: test/page.test.js
**Status**: In Progress

## Notes

- None
`

describe('stages with a status', () => {
  test('are tasks, with the boxes of their criteria and tests', () => {
    const { tasks, problems } = read(STAGES)
    expect(tasks).toMatchObject([
      { id: '1-store', title: 'Store', files: ['src/store.js'], acceptance: ['It is saved'] },
      { id: '2-page', title: 'Page', files: ['test/page.test.js'] },
    ])
    const marks = tasks.map(({ markers }) => markers.map(({ text, state }) => `${text} ${state}`))
    expect(marks).toEqual([['Not Started open', '[ ] open', '[ ] open'], ['In Progress doing']])
    expect(problems).toEqual([])
  })

  test('get the word for done that the file uses, and their boxes a tick', () => {
    const done = STAGES.replaceAll('[ ]', '[x]').replace('Not Started', 'Completed')
    expect(afterDone(STAGES, '1-store')).toBe(done)
    const own = STAGES.replace('In Progress', 'Complete ✅')
    expect(afterDone(own, '1-store')).toBe(
      own.replaceAll('[ ]', '[x]').replace('Not Started', 'Complete ✅'),
    )
  })

  test.each([
    ['- **Status:** ⏳ Pending', '- **Status:** ✅ Completed'],
    ['Status: todo', 'Status: done'],
    ['**Status**: [Not Started|In Progress|Complete]', '**Status**: [Complete]'],
  ])('keep their style: %s', (status, done) => {
    const text = `## Phase 1: A\r\n${status}\r\n`
    expect(afterDone(text, '1-a')).toBe(text.replace(status, done))
  })

  test('are open again with the word that the file uses', () => {
    const text = STAGES.replace('In Progress', 'Complete')
    expect(afterReopening(text, '2-page')).toBe(STAGES.replace('In Progress', 'Not Started'))
  })

  test('are not tasks if a box below them is one', () => {
    const { tasks } = read('## Phase 1: A\n**Status**: Open\n**Tasks:**\n- [ ] One\n- [ ] Two\n')
    expect(tasks.map(({ title }) => title)).toEqual(['One', 'Two'])
    const tests = read('## Phase 1: A\nStatus: Open\n### Unit tests\n- [ ] One\n- [ ] Two\n')
    expect(tests.tasks.map(({ title }) => title)).toEqual(['One', 'Two'])
    const inHeading = read('## Phase 1: A\nStatus: Open\n### Task 1: One\n- [ ] Step\n')
    expect(inHeading.tasks.map(({ title }) => title)).toEqual(['One'])
  })

  test('make tasks of the stages beside them that have none', () => {
    const text = '## Stage 1: A\nStatus: Done\n## Stage 2: B\n- c\n## Stage 3: D\n- [ ] e\n'
    expect(read(text).tasks.map(({ title }) => title)).toEqual(['A', 'B', 'e'])
  })

  test('name a status that has no meaning with its line', () => {
    expect(read('## Stage 1: A\n**Status**: Perhaps\n').problems).toEqual([
      {
        path: 'PLAN.md',
        line: 2,
        text: expect.stringContaining('The status "Perhaps" has no known meaning'),
        isUnread: true,
      },
    ])
  })

  test('decide whether the plan is finished', () => {
    const active = (text: string) =>
      checklist.active(memoryWorkspace({ 'docs/superpowers/plans/a.md': text }))
    expect(active(STAGES)).toMatchObject({ isFinished: false })
    expect(active('## Stage 1: A\nStatus: Done\n')).toMatchObject({ isFinished: true })
  })
})

describe('stages without a status', () => {
  const text = '# P\n## Phase 1: A\n- Write src/a.js\n### Step 1 – B\n## Phase 2: C\n1. Write c\n'

  test('are tasks without a mark if the file has no others, the innermost of them', () => {
    const { tasks } = read(text)
    expect(tasks).toMatchObject([
      { id: '1-b', phase: 'Phase 1: A', markers: [] },
      { id: '2-c', description: 'Write c', markers: [] },
    ])
    expect(read(`${text}- [ ] One\n`).tasks.map(({ title }) => title)).toEqual(['One'])
  })

  test('are none below criteria, and a single one is not a plan', () => {
    const criteria = '## Success criteria\n### Phase 1 is good\n### Phase 2 is good\n'
    expect(read(`${text}${criteria}`).tasks).toHaveLength(2)
    expect(() => read('# P\n## Phase 1: A\n')).toThrow(/has no box/)
  })
})
