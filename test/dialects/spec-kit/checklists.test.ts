import { expect, test } from 'vitest'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { checklistReadiness } from '../../../src/dialects/spec-kit/checklists.ts'

const gate = (files: Record<string, string>) =>
  checklistReadiness(memoryWorkspace(files), 'specs/001-a')

test('a human decides about open items of a checklist', () => {
  const answer = gate({
    'specs/001-a/checklists/ux.md':
      '# UX\n- [x] CHK001 a\n- [ ] CHK002 b\n```\n- [ ] in a fence\n```\n',
    'specs/001-a/checklists/api.md': '- [X] CHK001 a\n',
  })
  expect(answer).toMatchObject({
    ready: false,
    humanDecision: true,
    fact: 'Checklists of specs/001-a have open items: ux.md 1 of 2.',
  })
})

test.each([
  ['there is no checklist', {}],
  ['all items are ticked', { 'specs/001-a/checklists/ux.md': '- [x] a\n- [X] b\n' }],
  ['the file is not a checklist', { 'specs/001-a/checklists/notes.txt': '- [ ] a\n' }],
])('work may begin if %s', (_why, files) => {
  expect(gate(files)).toMatchObject({ ready: true })
})
