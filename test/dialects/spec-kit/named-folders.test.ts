import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'

const TASKS = '- [ ] T001 A\n'
const ROOT = { 'specs/001-alpha/tasks.md': TASKS }
const DEEP = { ...ROOT, 'features/login/tasks.md': TASKS, 'a/b/c/d/e/f/tasks.md': TASKS }

function active(files: Record<string, string>, around = {}) {
  return specKit.active(memoryWorkspace(files, around))
}

function folder(files: Record<string, string>, around = {}): string | undefined {
  const result = active(files, around)
  return 'found' in result ? result.found.dir : undefined
}

const pointing = (directory: string) => ({
  '.specify/feature.json': JSON.stringify({ feature_directory: directory }),
})

describe('a folder that is named is read where it is', () => {
  test.each([
    'features/login',
    './features/login/',
    'features\\login',
    '/home/somebody/project/features/login',
    'a/b/c/d/e/f',
  ])('by feature.json as %s', directory => {
    const expected = directory.includes('login') ? 'features/login' : 'a/b/c/d/e/f'
    expect(folder({ ...DEEP, ...pointing(directory) })).toBe(expected)
  })

  test('by SPECIFY_FEATURE_DIRECTORY, also without any of spec-kit around it', () => {
    const variables = { SPECIFY_FEATURE_DIRECTORY: 'features/login' }
    const files = { 'features/login/tasks.md': TASKS }
    expect(folder(files, { variables })).toBe('features/login')
    expect(specKit.detect(memoryWorkspace(files, { variables }))).toBe(
      'features/login/tasks.md exists',
    )
  })

  test('and is one of the features, so that every command finds it', () => {
    const features = specKit.features(memoryWorkspace({ ...DEEP, ...pointing('features/login') }))
    expect(features.map(({ dir }) => dir)).toEqual(['features/login', 'specs/001-alpha'])
  })

  test.each([
    ['features/login', 'features/login'],
    ['features/login/tasks.md', 'features/login'],
    ['features/login/spec.md', 'features/login'],
    ['features/none', undefined],
  ])('by a caller as %s', (name, dir) => {
    expect(specKit.featureIn?.(memoryWorkspace(DEEP), name)?.dir).toBe(dir)
  })

  test('and a folder without tasks is not replaced by another feature', () => {
    expect(active({ ...ROOT, ...pointing('features/new') })).toMatchObject({
      none: '.specify/feature.json names features/new, which has no tasks.md.',
      isNamed: true,
    })
  })
})

describe('SPECIFY_INIT_DIR', () => {
  const files = {
    ...ROOT,
    'apps/web/specs/001-web/tasks.md': TASKS,
    'apps/web/specs/002-more/tasks.md': TASKS,
    'apps/web/.specify/feature.json': '{"feature_directory":"specs/002-more"}',
    'apps/api/specs/001-api/tasks.md': TASKS,
  }

  test.each(['apps/web', './apps/web/', '/home/somebody/project/apps/web'])(
    'names the project as %s: its feature.json and its features count',
    project => {
      const around = { variables: { SPECIFY_INIT_DIR: project } }
      expect(folder(files, around)).toBe('apps/web/specs/002-more')
      expect(specKit.features(memoryWorkspace(files, around)).map(({ id }) => id)).toEqual([
        '001-web',
        '002-more',
      ])
    },
  )

  test('names a project with one feature', () => {
    expect(folder(files, { variables: { SPECIFY_INIT_DIR: 'apps/api' } })).toBe(
      'apps/api/specs/001-api',
    )
  })

  test('names a project without features: no other feature is taken instead', () => {
    expect(active(files, { variables: { SPECIFY_INIT_DIR: 'apps/none' } })).toMatchObject({
      none: 'SPECIFY_INIT_DIR names apps/none, where no feature has a tasks.md.',
      isNamed: true,
    })
  })
})

describe('what names another feature', () => {
  const two = { ...ROOT, 'specs/002-beta/tasks.md': TASKS, ...pointing('specs/001-alpha') }

  test.each(['002-beta', '002-new', 'feature/003-other', '20260101-120000-late'])(
    'is named if it is the branch %s',
    branch => {
      const name = branch.split('/').at(-1)
      expect(active(two, { branch })).toMatchObject({
        doubt: expect.stringContaining(
          `The git branch is ${name}, but .specify/feature.json names specs/001-alpha.`,
        ),
      })
    },
  )

  test.each(['001-alpha', '001-renamed', 'main', 'fix/typo'])('is not the branch %s', branch => {
    expect(active(two, { branch })).not.toHaveProperty('doubt')
  })
})

describe('a folder with a git repository of its own', () => {
  test.each(['.git', '.git/HEAD'])('is not searched for features (%s)', entry => {
    const files = {
      [`.worktrees/002-x/${entry}`]: 'gitdir: elsewhere',
      '.worktrees/002-x/specs/002-x/tasks.md': TASKS,
      [`vendored/${entry}`]: '',
      'vendored/specs/001-theirs/tasks.md': TASKS,
      'apps/web/specs/001-ours/tasks.md': TASKS,
    }
    expect(specKit.features(memoryWorkspace(files)).map(({ dir }) => dir)).toEqual([
      'apps/web/specs/001-ours',
    ])
  })
})
