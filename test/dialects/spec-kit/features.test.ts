import { describe, expect, test } from 'vitest'
import { readText, memoryWorkspace } from '../../kit/memory-workspace.ts'
import { dialects } from '../../../src/dialects/index.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'

const TASKS = '- [ ] T001 A\n'
const TWO = {
  'specs/001-alpha/tasks.md': TASKS,
  'specs/002-beta/tasks.md': TASKS,
  'specs/003-gamma/spec.md': 'no tasks yet',
}

function active(files: Record<string, string>, around = {}) {
  const result = specKit.active(memoryWorkspace(files, around))
  if ('found' in result) return [result.found.dir, result.evidence]
  return 'several' in result ? result.several.map(({ dir }) => dir) : result
}

/** The folder of the active feature. */
function found(files: Record<string, string>, around = {}): string | undefined {
  const result = specKit.active(memoryWorkspace(files, around))
  return 'found' in result ? result.found.dir : undefined
}

describe('the features', () => {
  test('are the folders with a tasks.md, sorted', () => {
    expect(specKit.features(memoryWorkspace(TWO)).map(({ id }) => id)).toEqual([
      '001-alpha',
      '002-beta',
    ])
  })

  test('may be in docs, in .specify, in nested folders and in an archive', () => {
    const files = {
      'docs/specs/001-a/tasks.md': TASKS,
      '.specify/specs/002-b/tasks.md': TASKS,
      'specs/group/003-c/tasks.md': TASKS,
      'specs/archive/004-d/tasks.md': TASKS,
    }
    expect(specKit.features(memoryWorkspace(files)).map(({ dir }) => dir)).toEqual([
      '.specify/specs/002-b',
      'docs/specs/001-a',
      'specs/archive/004-d',
      'specs/group/003-c',
    ])
  })

  test('may be below a project of the workspace if the usual folders have none', () => {
    const files = { 'platform/api/specs/001-a/tasks.md': TASKS, '.kiro/specs/b/tasks.md': TASKS }
    expect(specKit.features(memoryWorkspace(files)).map(({ dir }) => dir)).toEqual([
      'platform/api/specs/001-a',
    ])
    const more = { ...files, 'specs/002-b/tasks.md': TASKS }
    expect(specKit.features(memoryWorkspace(more)).map(({ dir }) => dir)).toEqual(['specs/002-b'])
  })
})

describe('the active feature', () => {
  test('is the only one', () => {
    expect(active({ 'specs/001-alpha/tasks.md': TASKS })).toEqual([
      'specs/001-alpha',
      'specs/001-alpha/tasks.md is the only one',
    ])
  })

  test('is not an archived one, unless there are no others', () => {
    const old = { 'specs/archive/001-alpha/tasks.md': TASKS }
    expect(active({ ...old, 'specs/002-beta/tasks.md': TASKS })).toContain('specs/002-beta')
    expect(active(old)).toContain('specs/archive/001-alpha')
  })

  test('is not guessed among several, not even if one of them is done', () => {
    expect(active({ ...TWO, 'specs/001-alpha/tasks.md': '- [x] T001 A\n' })).toEqual([
      'specs/001-alpha',
      'specs/002-beta',
    ])
  })

  test('is the one that SPECIFY_FEATURE_DIRECTORY names, relative or absolute', () => {
    for (const directory of ['specs/002-beta', './specs/002-beta/', '/home/me/app/specs/002-beta'])
      expect(active(TWO, { variables: { SPECIFY_FEATURE_DIRECTORY: directory } })).toEqual([
        'specs/002-beta',
        'SPECIFY_FEATURE_DIRECTORY names specs/002-beta',
      ])
  })

  test('is the one that .specify/feature.json names, which takes precedence over the branch', () => {
    const files = { ...TWO, '.specify/feature.json': '{"feature_directory":"specs/002-beta"}' }
    expect(active(files, { branch: '001-alpha' })).toEqual([
      'specs/002-beta',
      '.specify/feature.json names specs/002-beta',
    ])
  })

  test('does not exist if .specify/feature.json is invalid or names a folder without tasks', () => {
    for (const text of [
      '{',
      '[]',
      '{"feature_directory":""}',
      '{"feature_directory":"specs/003-gamma"}',
    ])
      expect(active({ ...TWO, '.specify/feature.json': text })).toHaveProperty('none')
  })

  test('is the one that SPECIFY_FEATURE names, by folder or by number', () => {
    for (const name of ['002-beta', '002-renamed'])
      expect(found(TWO, { variables: { SPECIFY_FEATURE: name } })).toBe('specs/002-beta')
    expect(active(TWO, { variables: { SPECIFY_FEATURE: '009-none' } })).toHaveProperty('none')
  })

  test('is the one that the git branch names, by folder, number or time', () => {
    expect(found(TWO, { branch: '002-beta' })).toBe('specs/002-beta')
    expect(found(TWO, { branch: 'feature/002-other' })).toBe('specs/002-beta')
    const timed = { ...TWO, 'specs/20261101-101500-delta/tasks.md': TASKS }
    expect(found(timed, { branch: '20261101-101500-late' })).toBe('specs/20261101-101500-delta')
  })

  test('stays ambiguous if the branch names no feature', () => {
    expect(active(TWO, { branch: 'main' })).toEqual(['specs/001-alpha', 'specs/002-beta'])
  })

  test('stays ambiguous if two folders share a number, unless one has the exact name', () => {
    const files = { ...TWO, 'specs/002-other/tasks.md': TASKS }
    expect(active(files, { branch: '002-new' })).toEqual(['specs/002-beta', 'specs/002-other'])
    expect(found(files, { branch: '002-other' })).toBe('specs/002-other')
  })

  test('does not exist without a tasks.md, and the answer names the next step', () => {
    expect(active({ 'specs/003-gamma/spec.md': '' })).toEqual({
      none: 'No feature has a tasks.md.',
      remedy: 'Run /speckit.tasks for the feature first.',
    })
  })
})

describe('spec-kit is detected by', () => {
  test.each([
    ['its own folder', { '.specify/templates/spec.md': '' }, '.specify/templates exists'],
    ['a numbered folder', { 'specs/001-a/tasks.md': '' }, 'specs/001-a/tasks.md exists'],
    ['task ids', { 'specs/a/tasks.md': '- [ ] T001 A\n' }, 'specs/a/tasks.md exists'],
    [
      'nothing else',
      { 'openspec/specs/a/tasks.md': '- [ ] 1.1 A\n', '.kiro/specs/b/tasks.md': '' },
      undefined,
    ],
  ])('%s', (_, files, evidence) => {
    expect(specKit.detect(memoryWorkspace(files))).toBe(evidence)
  })

  test('and is in the list of dialects', () => {
    expect(dialects.map(({ name }) => name)).toContain('spec-kit')
  })
})

test('the documents of a feature are the existing ones', () => {
  const dir = 'specs/001-one'
  const candidate = { id: '001-one', dir, tasks: `${dir}/tasks.md` }
  const reader = memoryWorkspace({
    [`${dir}/tasks.md`]: TASKS,
    [`${dir}/spec.md`]: '',
    [`${dir}/plan.md`]: '',
    [`${dir}/research.md`]: '',
    [`${dir}/data-model.md`]: '',
    [`${dir}/quickstart.md`]: '',
    [`${dir}/contracts/members.yaml`]: '',
    [`${dir}/checklists/ux.md`]: '',
    '.specify/memory/constitution.md': '',
  })
  const { documents, problems } = specKit.read(reader, candidate)
  expect(documents.map(({ name }) => name)).toEqual([
    'spec',
    'plan',
    'data-model',
    'research',
    'quickstart',
    'tasks',
    'contracts/members.yaml',
    'checklists/ux.md',
    'constitution',
  ])
  expect(problems).toEqual([])
  expect(readText(TASKS).problems).toHaveLength(2)
})
