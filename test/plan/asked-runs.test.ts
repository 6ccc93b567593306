import { describe, expect, it } from 'vitest'
import { askedRuns, namedScript } from '../../src/plan/asked-runs.ts'
import { labelledTitles } from './labelled-titles.ts'

describe('what a title asks to run', () => {
  it.each([
    ['Run the full test suite and fix what fails', ['tests']],
    ['Run all tests', ['tests']],
    ['Execute the end-to-end test suite', ['tests']],
    ['Run `npm test`', ['tests']],
    ['Run pytest with coverage', ['tests']],
    ['Ensure all existing tests still pass', ['tests']],
    ['Verify that all unit tests pass on Windows', ['tests']],
    ['Update README.md and run the tests', ['tests']],
    ['Run lint and type checks', ['types', 'lint']],
    ['Run ruff and mypy', ['types', 'lint']],
    ['Run cargo clippy', ['lint']],
    ['Ensure no lint errors', ['lint']],
    ['Run npm run build and fix all warnings', ['build']],
    ['Confirm the build succeeds', ['build']],
    ['Run the linter over the build scripts', ['lint']],
    ['Verify test coverage is above 80 %', ['coverage']],
    ['Run npm audit', ['audit']],
    ['Measure startup time', ['benchmark']],
    ['Run quickstart.md validation', ['quickstart']],
    ['Quickstart validation', ['quickstart']],
  ])('%s', (title, expected) => {
    expect(askedRuns(title)).toEqual(expected)
  })

  it.each([
    'Configure linting and formatting',
    'Set up the test framework',
    'Document how to run the tests',
    'Add benchmarks for the parser',
    'Update README.md with test instructions',
    'Check that README.md explains the build',
    'Code review',
    'Install dev dependencies',
  ])('nothing: %s', title => {
    expect(askedRuns(title)).toEqual([])
  })

  it('is known for each labelled title that asks for a run', () => {
    const runs = labelledTitles.check.filter(title => /^(re-?run|run|execute)\b/i.test(title))
    expect(runs.filter(title => askedRuns(title).length === 0)).toEqual([])
  })
})

it.each([
  ['Run npm run check:all', 'check:all'],
  ['Run `pnpm build`', 'build'],
  ['Run npm test', undefined],
  ['Run npm install', undefined],
  ['Run the tests', undefined],
])('the script of %s is %s', (title, expected) => {
  expect(namedScript(title)).toBe(expected)
})
