import { expect, test } from 'vitest'
import { categoriesOf } from '../../src/dialects/task-list/phases.ts'
import { kindOf } from '../../src/plan/kinds.ts'
import { labelledTitles, labelledWithFiles } from './labelled-titles.ts'
import { moreLabelledTitles } from './more-labelled-titles.ts'

const labelled = [
  ...[labelledTitles, moreLabelledTitles]
    .flatMap(Object.entries<readonly string[]>)
    .flatMap(([kind, titles]) =>
      titles.map(title => ({ kind, title, files: [] as readonly string[] })),
    ),
  ...labelledWithFiles.map(([kind, title, files]) => ({ kind, title, files })),
]

function proofOf(title: string, files: readonly string[] = [], phase = 'Phase 2: Core') {
  const [category = 'work'] = categoriesOf([phase])
  return kindOf({ category, phase, title, files, ahead: false })
}

test('at least 95 % of the labelled titles get the kind that a reader gives them', () => {
  expect(labelled.length).toBeGreaterThanOrEqual(600)
  const wrong = labelled.flatMap(({ kind, title, files }) => {
    const found = proofOf(title, files).kind
    return found === kind ? [] : [`${title}: ${found} instead of ${kind}`]
  })
  if (wrong.length > 0) console.log(wrong.join('\n'))
  expect(1 - wrong.length / labelled.length).toBeGreaterThanOrEqual(0.95)
})

test('no title that asks for behaviour is a check', () => {
  const behaviour = labelled.filter(({ kind }) => kind === 'build')
  expect(behaviour.filter(({ title, files }) => proofOf(title, files).kind === 'check')).toEqual([])
})

test('a word inside a noun decides nothing, and the reason names it', () => {
  expect(proofOf('Add docs search endpoint')).toEqual({
    kind: 'build',
    kindReason: 'it adds or changes behaviour, although its title says "docs"',
  })
  expect(proofOf('Sort plants by height').kindReason).toBe('it adds or changes behaviour')
})

test.each([
  ['Checkpoint - Ensure all tests pass', 'check'],
  ['Checkpoint 4 — Ensure all tests pass, ask the user if questions arise.', 'check'],
  ['Final checkpoint: run the full test suite', 'check'],
  ['Checkpoint: save the game at each level', 'build'],
])('%s is a %s', (title, kind) => {
  expect(proofOf(title).kind).toBe(kind)
})

test.each(['Account setup flow', 'Phase 3: User setup', 'Two-factor setup', 'Setup wizard'])(
  'phase "%s" builds a feature',
  phase => {
    expect(proofOf('Save the chosen name', [], phase).kind).toBe('build')
  },
)

test.each(['Setup', 'Phase 1: Project Setup', 'Phase 1: Setup (Shared Infrastructure)'])(
  'phase "%s" sets the project up, and behaviour in it is still a build',
  phase => {
    expect(proofOf('Create project structure', [], phase).kind).toBe('check')
    expect(proofOf('Download the fonts', [], phase).kind).toBe('check')
    expect(proofOf('Reject orders without an address', [], phase).kind).toBe('build')
    expect(proofOf('Add orders endpoint', [], phase).kind).toBe('build')
  },
)

test('task "Cover b with tests in test/odd.test.js" is cover', () => {
  expect(proofOf('Cover b with tests in test/odd.test.js', ['test/odd.test.js']).kind).toBe('cover')
})

test.each([
  ['cover', 'Write unit tests for src/a.ts in tests/a.test.ts', ['src/a.ts', 'tests/a.test.ts']],
  ['cover', 'Add error path tests to src/lock.rs', ['src/lock.rs']],
  ['cover', '2.4.1 Add DELETE /boats test', ['scripts/cases/boats.tests.ts']],
  ['cover', 'Task: Write tests for the tile bag', []],
  ['build', 'Add tests table to the schema in src/schema.ts', ['src/schema.ts']],
  ['build', 'Write tests for the lock and implement it in src/lock.ts', ['src/lock.ts']],
  ['check', 'Create manual test procedure in tests/manual/sign-in.md', ['tests/manual/sign-in.md']],
] as const)('%s: "%s"', (kind, title, files) => {
  expect(proofOf(title, files).kind).toBe(kind)
})

test.each([
  ['Create tide helpers in src/tides.ts', ['src/tides.ts']],
  ['Set up authentication system with tokens', []],
  ['Create validation helpers', []],
])('"%s" is behaviour in a set-up phase too', (title, files) => {
  expect(proofOf(title, files, 'Phase 1: Setup').kind).toBe('build')
})
