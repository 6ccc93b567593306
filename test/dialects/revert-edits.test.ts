import { expect, test } from 'vitest'
import { memoryWorkspace } from '../kit/memory-workspace.ts'
import { revertEdits } from '../../src/dialects/revert-edits.ts'
import { conductor } from '../../src/dialects/conductor/conductor.ts'
import { specKit } from '../../src/dialects/spec-kit/spec-kit.ts'
import { applyEdits, changesOf, type Change } from '../../src/plan/edit.ts'
import { CANDIDATE, readText } from '../kit/memory-workspace.ts'
import { AT, planOf, track } from './conductor/fixture.ts'

const LINES = '- [ ] T001 First\n- [ ] T002 Second\n'

test('the changes are reverted, whatever the rest of the file contains', () => {
  const { text, changes } = finished(`- [x] T003 a\n${LINES}`, 'T002')
  expect(text).toContain('- [x] T002')
  expect(reverted(text, 'T002', changes)).toBe(`- [x] T003 a\n${LINES}`)
})

test('a file that was edited since is left alone if another task is at the offset', () => {
  const { text, changes } = finished(LINES, 'T002')
  const [first = '', second = ''] = text.replace('[ ]', '[X]').split('\n')
  const above = `${second}\n${first}\n`.replace('Second', 'First.')
  expect(reverted(`${above}- [X] T004 Third\n`, 'T001', changes)).toBeUndefined()
  expect(reverted(`- [X] T009 Ninth\n${text}`, 'T002', changes)).toBeUndefined()
  expect(reverted(`A word.\n\n${text}`, 'T002', changes)).toBeUndefined()
})

test('a mark in a code block at the same offset is left alone', () => {
  const { text, changes } = finished(LINES, 'T002')
  expect(text.indexOf('[X]')).toBe(19)
  const sample = '- [ ] T001 F\n```\n- [X] sample\n```\n- [X] T002 Second\n'
  expect(sample.indexOf('[X]')).toBe(19)
  expect(reverted(sample, 'T002', changes)).toBeUndefined()
})

test('a sub-task that has become a task is not reopened with its former task', () => {
  const before = planOf(track('- [ ] A\n    - [ ] p\n- [x] B\n'))
  const [task] = before.tasks
  const edits = task ? conductor.finish(memoryWorkspace({}), before, task, AT) : []
  const files = track('- [x] A\n   \n- [x] p, alone\n- [x] B\n')
  const after = planOf(files)
  const [same] = after.tasks
  expect(edits.map(({ start }) => start)).toEqual([2, 14])
  expect(after.tasks[1]?.markers[0]?.start).toBe(14)
  expect(same && revertEdits(memoryWorkspace(files), after, same, changesOf(edits))).toBeUndefined()
})

test('changes of older versions have no offset, so the style of the file is used', () => {
  const { text, changes } = finished(LINES, 'T002')
  const old = changes.map(({ path, line, from, to }) => ({ path, line, from, to }))
  expect(reverted(text, 'T002', old)).toBeUndefined()
  const plan = readText(text)
  const [, task] = plan.tasks
  expect(task && specKit.reopen(workspaceOf(text), plan, task, old)).toHaveLength(1)
})

function finished(text: string, id: string): { text: string; changes: Change[] } {
  const plan = readText(text)
  const task = plan.tasks.find(one => one.id === id)
  const edits = task ? specKit.finish(workspaceOf(text), plan, task, '2026-01-01') : []
  return { text: applyEdits(text, edits) ?? '', changes: changesOf(edits) }
}

function reverted(text: string, id: string, changes: readonly Change[]): string | undefined {
  const plan = readText(text)
  const task = plan.tasks.find(one => one.id === id)
  const edits = task && revertEdits(workspaceOf(text), plan, task, changes)
  return edits && (applyEdits(text, edits) ?? undefined)
}

function workspaceOf(text: string) {
  return memoryWorkspace({ [CANDIDATE.tasks]: text })
}
