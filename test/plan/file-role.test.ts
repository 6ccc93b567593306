import { expect, test } from 'vitest'
import { isDocument, isSource, isTestSupport } from '../../src/plan/file-role.ts'

test.each([
  'tests/want.js',
  'test/fixtures/a.json',
  'src/__mocks__/api.ts',
  'src/__snapshots__/a.test.ts.snap',
  'vitest.setup.ts',
  'setupTests.js',
  'packages/a/testdata/x.txt',
])('%s is what tests are made of', path => {
  expect(isTestSupport(path)).toBe(true)
})

test.each([
  'src/setup.ts',
  'setup.py',
  'specs/001-a/notes.md',
  'src/testing.ts',
  'src/contest/a.ts',
  'src/latest/a.ts',
])('%s is not', path => {
  expect(isTestSupport(path)).toBe(false)
})

test('prose is no source, and neither are tests and configuration', () => {
  expect([isDocument('README.md'), isDocument('docs/a.md'), isDocument('src/a.ts')]).toEqual([
    true,
    true,
    false,
  ])
  expect(['src/a.ts', 'a.test.ts', 'README.md', 'tsconfig.json'].map(isSource)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
