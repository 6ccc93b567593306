import { expect, test } from 'vitest'
import { afterDone, read } from './fixture.ts'

const PLAN = `# Plan

## Tasks

### ✅ Task 1: Read the file

**Status:** Complete
**Files to modify:** src/read.js

### 🚧 Task 2: Sort the lines

- [x] Sort by name
- [ ] Sort by date

### ⏳ Task 3: Write the file

**Dependencies:** Task 2
`

const states = (text: string) =>
  read(text).tasks.map(({ id, markers }) => `${id} ${markers[0]?.state ?? 'none'}`)

test('headings with a sign before their number are tasks, and the signs show their state', () => {
  expect(states(PLAN)).toEqual([
    '1-read-the-file done',
    '2-sort-the-lines doing',
    '3-write-the-file open',
  ])
  expect(read(PLAN).problems).toEqual([])
})

test('a finished task gets a tick in the place of its sign, and its boxes are ticked', () => {
  const done = afterDone(PLAN, '2-sort-the-lines')
  expect(done).toBe(PLAN.replace('🚧', '✅').replace('[ ]', '[x]'))
  const all = afterDone(done, '3-write-the-file')
  expect(all).toBe(done.replace('⏳', '✅'))
  expect(states(all).map(line => line.split(' ')[1])).toEqual(['done', 'done', 'done'])
})

test.each([
  ['### ⬜ Task 1: A\n### ✅ Task 2: B\n', ['1-a open', '2-b done']],
  ['## **⏳ Task 1: A**\n## **🔄 Task 2: B**\n', ['1-a open', '2-b doing']],
  ['### ⏸️ Task 1: A\n### ✔️ Task 2: B\n', ['1-a open', '2-b done']],
])('signs of other kinds: %j', (text, expected) => {
  expect(states(text)).toEqual(expected)
})

test('coloured dots may be priorities, so they are not marks and stay', () => {
  const text = '### 🔴 Task 1: A\n- [ ] a\n### 🟡 Task 2: B\n- [x] b\n'
  expect(states(text)).toEqual(['1-a open', '2-b done'])
  expect(afterDone(text, '1-a')).toBe(text.replace('[ ]', '[x]'))
})

test('a single sign decorates its heading, and so does one that says nothing of the state', () => {
  expect(states('### 🚀 Task 1: A\n- [ ] a\n### 🎯 Task 2: B\n- [x] b\n')).toEqual([
    '1-a open',
    '2-b done',
  ])
  expect(states('### 🚧 Task 1: A\n- [x] a\n### Task 2: B\n- [ ] b\n')).toEqual([
    '1-a done',
    '2-b open',
  ])
})

test('a heading without a sign and without steps may have a status', () => {
  const text = '### Task 1: A\n**Status**: Complete\n\n### Task 2: B\n**Status**: Not Started\n'
  expect(states(text)).toEqual(['1-a done', '2-b open'])
  expect(afterDone(text, '2-b')).toBe(text.replace('Not Started', 'Complete'))
  // Other words are a remark.
  const remark = '### Task 1: A\n**Status**: as discussed\n\n### Task 2: B\n- [ ] b\n'
  expect(states(remark)).toEqual(['1-a none', '2-b open'])
})

test('a number may stand before the box', () => {
  const text = '## Task 1: A\n- 1. [x] Read\n- 2. [ ] Sort\n## Task 2: B\n- 1. [ ] Write\n'
  expect(states(text)).toEqual(['1-a open', '2-b open'])
  expect(afterDone(text, '1-a')).toBe(text.replace('2. [ ]', '2. [x]'))
  expect(states('- 1.1 [ ] Read a\n- 1.2 [x] Sort b\n')).toEqual([
    '1.1-read-a open',
    '1.2-sort-b done',
  ])
  expect(states('- [ ] Draw 2 [x] buttons\n')).toEqual(['1-draw-2-x-buttons open'])
})
