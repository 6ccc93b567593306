import { describe, expect, test } from 'vitest'
import { readText } from './fixture.ts'
import { task } from '../plan-queries.ts'

const HEAD = `# Tasks: F-7 Lamp

### T-1.1: Dim the lamp [T]
- **File:** \`src/dim.ts\`
- **Test:** \`tests/dim.test.ts\`

### T-1.2: Create unit tests for the dimmer [T]
- **File:** \`tests/dim.test.ts\`
- **Test:** N/A (this IS the test file)

### T-1.3: Limits and alert tests
- **File:** \`tests/limits.test.ts\`

### T-2.1: Types of the lamp
- **File:** \`src/types.ts\`
- **Test:** none (types only)

### T-2.2: Full regression
- **Test:** \`bun test\`
`

function dependencies(section: string): Record<string, string[]> {
  const { tasks } = readText(`${HEAD}\n${section}\n`)
  const some = tasks.filter(({ dependsOn }) => dependsOn.length > 0)
  return Object.fromEntries(some.map(({ id, dependsOn }) => [id, dependsOn]))
}

describe('the execution order says what a task depends on', () => {
  test.each([
    ['T-1.2 depends on T-1.1.', { 'T-1.2': ['T-1.1'] }],
    ['T-1.2, T-1.3 depend on T-1.1.', { 'T-1.2': ['T-1.1'], 'T-1.3': ['T-1.1'] }],
    [
      'All tasks independent except T-1.2 depends on T-1.1, T-1.3 depends on all.',
      { 'T-1.2': ['T-1.1'], 'T-1.3': ['T-1.1', 'T-1.2'] },
    ],
    [
      '1. T-1.1\n2. T-1.2, T-1.3 (in parallel, after T-1.1)',
      { 'T-1.2': ['T-1.1'], 'T-1.3': ['T-1.1'] },
    ],
    [
      '1. **T-1.1** Dimmer\n2. **T-1.2** Tests (after T-1.1, can start early)',
      { 'T-1.2': ['T-1.1'] },
    ],
    ['T-1.1 → T-1.2 → T-1.3', { 'T-1.2': ['T-1.1'], 'T-1.3': ['T-1.2'] }],
    ['T-1.1, T-1.2 independent (schema).', {}],
    ['1. T-1.1 (no dependencies)', {}],
  ])('%s', (text, expected) => {
    expect(dependencies(`## Execution Order\n\n${text}`)).toEqual(expected)
  })

  test.each([
    ['| Task | Depends on |\n|---|---|\n| T-1.1 | - |\n| T-1.2 | T-1.1 |', { 'T-1.2': ['T-1.1'] }],
    [
      '| ID | Title | Dependencies |\n|---|---|---|\n| T-1.3 | x | T-1.1, T-1.2 |',
      { 'T-1.3': ['T-1.1', 'T-1.2'] },
    ],
    ['| Task | Blocks |\n|---|---|\n| T-1.1 | T-1.2 |', { 'T-1.2': ['T-1.1'] }],
    ['| Story | Depends on |\n|---|---|\n| T-1.2 | T-1.1 |', {}],
    ['```\n| Task | Depends on |\n|---|---|\n| T-1.2 | T-1.1 |\n```', {}],
  ])('and so does a table: %s', (table, expected) => {
    expect(dependencies(`## Dependency Table\n\n${table}`)).toEqual(expected)
  })
})

describe('a task whose files are tests', () => {
  const read = readText(HEAD)

  test.each(['T-1.2', 'T-1.3'])('%s writes tests, whatever its tag and its Test field say', id => {
    expect(task(read, id).kind).toBe('cover')
  })

  test('is not one that only has tests: that is built', () => {
    expect(task(read, 'T-1.1')).toMatchObject({
      kind: 'build',
      kindReason: 'it has the tag [T]: test first',
    })
  })

  test('is not one whose Test field says that there are none', () => {
    expect(task(read, 'T-2.1').kind).toBe('check')
  })

  test('is not a run of the tests, whatever its tag says', () => {
    const tagged = '# Tasks\n\n### T-1.1: Verify all existing tests pass [T]\n- **Files:** All\n'
    expect(task(readText(tagged), 'T-1.1').kind).toBe('check')
    const built = '# Tasks\n\n### T-1.1: Run tests on uploaded forms [T]\n'
    expect(task(readText(built), 'T-1.1').kind).toBe('build')
  })

  test('is not the run of the whole suite', () => {
    expect(task(read, 'T-2.2').kind).toBe('check')
  })
})
