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
])('%s supports tests', path => {
  expect(isTestSupport(path)).toBe(true)
})

test.each([
  'src/setup.ts',
  'setup.py',
  'specs/001-a/notes.md',
  'src/testing.ts',
  'src/contest/a.ts',
  'src/latest/a.ts',
])('%s does not support tests', path => {
  expect(isTestSupport(path)).toBe(false)
})

test('documents, tests and configuration are not source', () => {
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
