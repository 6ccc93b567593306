import { expect, it } from 'vitest'
import { selectsTests } from '../../../src/runner/test-script/test-selection.ts'
import { readTestScript } from '../../../src/runner/test-script/test-script.ts'

function selects(test: string): boolean | undefined {
  const [use] = readTestScript({ scripts: { test } }, 'test')?.uses ?? []
  return use && selectsTests(use)
}

it.each([
  'jest src',
  'jest --testPathPattern unit',
  'jest --testPathPatterns=unit',
  'jest --test-path-pattern=unit',
  'jest --testPathIgnorePatterns e2e',
  'jest --testNamePattern=fast',
  'jest -t fast',
  'jest --selectProjects unit',
  'vitest run test',
  'vitest run --exclude old.test.js',
  'vitest run --dir unit',
  'vitest run --project=unit',
  'vitest run -t fast',
])('`%s` selects tests', script => {
  expect(selects(script)).toBe(true)
})

it.each(['jest', 'jest --maxWorkers=2 -c jest.unit.js', 'vitest run --pool threads --coverage'])(
  '`%s` runs all tests',
  script => {
    expect(selects(script)).toBe(false)
  },
)
