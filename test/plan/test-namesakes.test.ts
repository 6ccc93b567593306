import { expect, test } from 'vitest'
import { testNamesakes } from '../../src/plan/test-namesakes.ts'

test.each([
  ['another folder', 'test/stack.test.js', 'tests/stack.test.js'],
  ['a sub-folder', 'tests/unit/stack.test.js', 'tests/stack.test.js'],
  ['another word', 'tests/stack.spec.js', 'tests/stack.test.js'],
  ['the word in front', 'test_stack.py', 'tests/stack_test.py'],
  ['another case', 'tests/stackTest.java', 'src/test/StackTest.java'],
  ['another extension', 'tests/stack.test.js', 'tests/stack.test.mjs'],
])('a test is found by its name in %s', (_what, named, real) => {
  expect(testNamesakes(named, ['src/queue.js', 'tests/queue.test.js', real])).toEqual([real])
})

test('a name without a word of its own has no namesakes', () => {
  expect(testNamesakes('test.js', ['tests/test.js', 'spec.js'])).toEqual([])
})
