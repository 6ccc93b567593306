import { expect, test } from 'vitest'
import { isTestFile } from '../../src/plan/test-file.ts'

test.each([
  ['tests/unit/test_counter.py', true],
  ['src/a.test.ts', true],
  ['src/__tests__/a.ts', true],
  ['app/FooTests.swift', true],
  ['spec/models/user_spec.rb', true],
  ['src/testing.ts', false],
  ['specs/001-a/plan.md', false],
  ['src/contest.py', false],
])('whether %s is a test file: %s', (path, expected) => {
  expect(isTestFile(path)).toBe(expected)
})
