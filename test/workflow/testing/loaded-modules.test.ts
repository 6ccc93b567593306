import { describe, expect, it } from 'vitest'
import {
  loadedModules,
  missingModules,
  packageRemedy,
} from '../../../src/workflow/testing/loaded-modules.ts'
import { makeProject } from '../../kit/project.ts'

const NOTHING = { tests: [], loadErrors: [] }

describe('the modules that a run did not find', () => {
  it.each([
    ['test/a.test.js', '../stack.js', 'stack.js'],
    ['test/a.test.js', '/w/lib/stack.js', 'lib/stack.js'],
    ['tests/test_a.py', './stack', 'stack.py'],
    ['tests/test_a.py', 'shop.stack', 'shop/stack.py'],
  ])('of %s: %s is %s', (file, missing, module) => {
    const run = { ...NOTHING, loadErrors: [{ file, missing }] }
    expect(missingModules(run, '/w')).toEqual([{ from: file, module }])
  })

  it.each([
    ["Cannot find module '/w/stack.js' imported from /w/test/a.test.js", 'stack.js'],
    ["Cannot find module '../stack.js' from 'test/a.test.js'", 'stack.js'],
    ['Failed to load url ../stack.js (resolved id: ../stack.js)', 'stack.js'],
  ])('are read from the message of a test: %s', (message, module) => {
    const file = 'test/a.test.js'
    expect(missingModules({ ...NOTHING, tests: [{ file, message }] }, '/w')).toEqual([
      { from: file, module },
    ])
  })

  it('are not packages, and not modules that lack an export', () => {
    const file = 'test/a.test.js'
    const loadErrors = [
      { file, missing: 'lodash' },
      { file, missing: 'Stack', missingFrom: '../stack.js' },
      { file },
    ]
    expect(missingModules({ tests: [{ file, message: 'x' }], loadErrors }, '/w')).toEqual([])
  })
})

describe('the package that is not installed', () => {
  const of = (missing: string, file = 'test/a.test.js', more = {}) => {
    const manifest = { dependencies: { lodash: '4' }, devDependencies: { '@acme/core': '1' } }
    const files = {
      'lib/a.js': '',
      'package.json': JSON.stringify(manifest),
      'apps/web/package.json': JSON.stringify({ peerDependencies: { react: '19' } }),
    }
    const { root } = makeProject(files, { git: false })
    return packageRemedy({ loadErrors: [{ file, missing, ...more }] }, root)
  }
  const ALIAS = ' If it is an alias of the project, correct its configuration.'

  it.each([
    ['lodash', 'lodash'],
    ['lodash/sum.js', 'lodash'],
    ['@acme/core', '@acme/core'],
    ['@acme/core/x', '@acme/core'],
  ])('of %s is %s', (missing, name) => {
    expect(of(missing)).toBe(`Install the package ${name}, or do without it.`)
  })

  it.each([
    ['utils/x', 'utils'],
    ['components', 'components'],
    ['@app/store', '@app/store'],
    ['react', 'react'],
    ['constructor', 'constructor'],
  ])('of %s may be an alias, because no manifest lists %s', (missing, name) => {
    expect(of(missing)).toBe(`Install the package ${name}, or do without it.${ALIAS}`)
  })

  it.each(['react', 'lodash'])('of a workspace is listed in a manifest above it: %s', name => {
    const file = 'apps/web/test/a.test.js'
    expect(of(name, file)).toBe(`Install the package ${name}, or do without it.`)
  })

  it.each(['../stack.js', '/w/stack.js', '@/stack', '#stack', '~/stack', 'lib/a.js', ''])(
    'is not %j',
    missing => {
      expect(of(missing)).toBeUndefined()
    },
  )

  it('is not a module of Python, and not an export that a module lacks', () => {
    expect(of('requests', 'tests/test_a.py')).toBeUndefined()
    expect(of('Stack', 'test/a.test.js', { missingFrom: 'lodash' })).toBeUndefined()
  })
})

describe('the modules that a test loads', () => {
  const FILES = ['stack.js', 'src/stack.js', 'src/queue/index.ts', 'stack.py', 'src/shop/cart.py']

  it.each([
    ['test/a.test.js', `import { Stack } from '../stack.js'`, ['stack.js']],
    ['test/a.test.js', `const { Stack } = await import("../src/stack.js")`, ['src/stack.js']],
    ['test/a.test.js', `const Stack = require('../src/queue')`, ['src/queue/index.ts']],
    ['test/a.test.ts', `import '../src/stack'`, ['src/stack.js']],
    ['tests/test_a.py', 'from stack import Stack\nimport json', ['stack.py']],
    ['tests/test_a.py', 'import shop.cart', ['src/shop/cart.py']],
    ['test/a.test.js', `import assert from 'node:assert'\nimport x from 'stack.js'`, []],
  ])('%s: %s', (from, text, loaded) => {
    expect(loadedModules(from, text, FILES)).toEqual(loaded)
  })
})
