import { describe, expect, test } from 'vitest'
import { kindOf, writesTestsOnly, type KindClues } from '../../src/plan/kinds.ts'
import { isTestFile } from '../../src/plan/test-file.ts'

function kind(title: string, more: Partial<KindClues> = {}): string {
  return kindOf({ category: 'core', phase: 'Core', title, files: [], ahead: false, ...more }).kind
}

describe('by its phase', () => {
  test('setup is checked, whatever the title says, and the reason names the phase', () => {
    expect(
      kindOf({
        category: 'setup',
        phase: 'Setup',
        title: 'Create models',
        files: [],
        ahead: false,
      }),
    ).toEqual({
      kind: 'check',
      kindReason: 'phase "Setup" sets things up',
    })
  })

  test('a test phase writes tests', () => {
    expect(kind('The happy path', { category: 'test', ahead: true })).toBe('test')
  })

  test.each(['core', 'integration', 'polish', 'work'] as const)('%s builds', category => {
    expect(kind('Add rate limits to src/api.ts', { category, files: ['src/api.ts'] })).toBe('build')
  })
})

describe('by its words', () => {
  test.each([
    ['Write contract test for POST /rooms endpoint'],
    ['Contract test for GET /rooms'],
    ['Integration test of a whole loan'],
    ['Add unit tests for MessageService'],
    ['Create component tests for the login form'],
    ['编写单元测试'],
  ])('"%s" covers code that exists, or writes tests ahead of it', title => {
    expect(kind(title)).toBe('cover')
    expect(kind(title, { ahead: true })).toBe('test')
  })

  test('failing tests are written ahead, wherever they stand', () => {
    expect(kind('Write failing tests for the clock', { files: ['tests/clock.test.ts'] })).toBe(
      'test',
    )
  })

  test.each([
    ['Update the documentation in docs/'],
    ['API documentation'],
    ['Document the error codes'],
    ['Performance test for 1000 req/s target'],
    ['Run Lighthouse and measure load time'],
    ['Run quickstart.md validation'],
    ['Run the full test suite'],
    ['Verify all tests pass'],
    ['Configure linting and formatting'],
    ['Test the connection to the printer'],
  ])('"%s" is checked', title => {
    expect(kind(title, { category: 'polish' })).toBe('check')
  })

  test.each([
    ['Manually verify the receipt'],
    ['Manual testing of the whole flow'],
    ['User acceptance with two librarians'],
    ['Verify the layout manually'],
  ])('"%s" needs a person, in every phase', title => {
    expect(kind(title)).toBe('person')
    expect(kind(title, { category: 'setup' })).toBe('person')
  })

  test.each([
    ['Set up database schema in src/db.ts', ['src/db.ts']],
    ['Optimize performance of the search', []],
    ['Add tests table to the schema in src/schema.ts', ['src/schema.ts']],
    ['Implement the documentation viewer', []],
    ['Create the TestRunner in src/runner.ts', ['src/runner.ts']],
  ])('"%s" builds', (title, files) => {
    expect(kind(title, { files })).toBe('build')
  })
})

describe('by its files', () => {
  test('documents and configuration are checked', () => {
    expect(kind('Describe it', { files: ['README.md', 'docs/a.md'] })).toBe('check')
    expect(kind('Adjust it', { files: ['package.json', '.github/workflows/ci.yml'] })).toBe('check')
    expect(kind('Adjust it', { files: ['package.json', 'src/a.ts'] })).toBe('build')
  })

  test('a task that also changes source does not only write tests', () => {
    expect(writesTestsOnly('Write unit tests', ['tests/a.test.ts'])).toBe(true)
    expect(writesTestsOnly('Write unit tests', ['tests/a.test.ts', 'src/a.ts'])).toBe(false)
  })

  test('a performance task that changes source is built', () => {
    expect(kind('Add a benchmark mode to src/cli.ts', { files: ['src/cli.ts'] })).toBe('build')
  })
})

test("the dialect's own mark for a person goes before everything", () => {
  const mark = 'marked as a manual verification'
  expect(
    kindOf({
      category: 'setup',
      phase: 'S',
      title: 'Look',
      files: [],
      ahead: false,
      humanMark: mark,
    }),
  ).toEqual({ kind: 'person', kindReason: mark })
})

test.each([
  ['tests/unit/test_desk.py', true],
  ['src/a.test.ts', true],
  ['src/__tests__/a.ts', true],
  ['app/FooTests.swift', true],
  ['spec/models/user_spec.rb', true],
  ['src/testing.ts', false],
  ['specs/001-a/plan.md', false],
  ['src/contest.py', false],
])('%s is a test file: %s', (path, expected) => {
  expect(isTestFile(path)).toBe(expected)
})
