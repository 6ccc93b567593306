import { describe, expect, test } from 'vitest'
import type { KindClues } from '../../src/plan/kind-clues.ts'
import { kindOf } from '../../src/plan/kinds.ts'
import { writesTestsOnly } from '../../src/plan/test-titles.ts'

function kind(title: string, more: Partial<KindClues> = {}): string {
  return kindOf({ category: 'core', phase: 'Core', title, files: [], ahead: false, ...more }).kind
}

describe('a title that is only a name', () => {
  test.each([
    'Merge',
    'Tag release',
    'Release',
    'Verification',
    'Final checkpoint',
    'Checkpoint',
    'Smoke test',
    'make lint and make test green',
    '`npm test` and `npm run lint` pass',
    'Run relevant test/build commands',
    'Run openspec validate add-search --strict',
  ])('is a check: %s', title => {
    expect(kind(title)).toBe('check')
  })

  test.each([
    'Merge two sorted lists',
    'Merge the cart of a guest',
    'Release the lock of a file',
    'Tag releases in the list',
    'Verification of e-mail addresses',
    'Save a checkpoint',
    'Make the test page green',
  ])('is built if it says what the program does: %s', title => {
    expect(kind(title)).toBe('build')
  })
})

describe('the kind by the phase', () => {
  test('a setup task is a check, whatever its title, and the reason names the phase', () => {
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

  test('a task in a test phase is a test', () => {
    expect(kind('The happy path', { category: 'test', ahead: true })).toBe('test')
  })

  test.each(['core', 'integration', 'polish', 'work'] as const)(
    'a task in phase %s is a build',
    category => {
      expect(kind('Add rate limits to src/api.ts', { category, files: ['src/api.ts'] })).toBe(
        'build',
      )
    },
  )
})

describe('the kind by the title', () => {
  test.each([
    ['Write contract test for POST /books endpoint'],
    ['Contract test for GET /books'],
    ['Integration test of a whole checkout'],
    ['Add unit tests for MessageService'],
    ['Create component tests for the login form'],
    ['编写单元测试'],
  ])('"%s" is cover, or test if it comes before the code', title => {
    expect(kind(title)).toBe('cover')
    expect(kind(title, { ahead: true })).toBe('test')
  })

  test('failing tests are written before the code, wherever the task is', () => {
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
  ])('"%s" is a check', title => {
    expect(kind(title, { category: 'polish' })).toBe('check')
  })

  test.each([
    ['Manually verify the receipt'],
    ['Manual testing of the whole flow'],
    ['User acceptance with two librarians'],
    ['Verify the layout manually'],
  ])('"%s" needs a human, in every phase', title => {
    expect(kind(title)).toBe('person')
    expect(kind(title, { category: 'setup' })).toBe('person')
  })

  test.each([
    ['Set up database schema in src/db.ts', ['src/db.ts']],
    ['Optimize performance of the search', []],
    ['Add tests table to the schema in src/schema.ts', ['src/schema.ts']],
    ['Implement the documentation viewer', []],
    ['Create the TestRunner in src/runner.ts', ['src/runner.ts']],
  ])('"%s" is a build', (title, files) => {
    expect(kind(title, { files })).toBe('build')
  })
})

describe('the kind by the files', () => {
  test('a task that only changes documents or configuration is a check', () => {
    expect(kind('Describe it', { files: ['README.md', 'docs/a.md'] })).toBe('check')
    expect(kind('Adjust it', { files: ['package.json', '.github/workflows/ci.yml'] })).toBe('check')
    expect(kind('Adjust it', { files: ['package.json', 'src/a.ts'] })).toBe('build')
  })

  test('a task that also changes source does not write tests only', () => {
    expect(writesTestsOnly('Write unit tests', ['tests/a.test.ts'])).toBe(true)
    expect(writesTestsOnly('Write unit tests', ['tests/a.test.ts', 'src/a.ts'])).toBe(false)
  })

  test('a performance task that changes source is a build', () => {
    expect(kind('Add a benchmark mode to src/cli.ts', { files: ['src/cli.ts'] })).toBe('build')
  })
})

test("the dialect's own mark for a human check takes precedence", () => {
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
