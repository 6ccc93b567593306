import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import type { Standard } from '../../../src/plan/standard.ts'
import { planOf, workspaceOf, source, storage, track, type Files } from './fixture.ts'

const FILE = 'storage-conductor/storage-standards.md'
const GENERAL = [
  'Documentation complete',
  'Migrations tested and documented',
  'Backup and recovery tested',
]

function standards(files: Files): Standard[] {
  return conductor.standards?.(workspaceOf(files), planOf(files)) ?? []
}

function written(text: string): Standard[] {
  const all = standards(storage(source('table.md'), { [FILE]: text }))
  return all.filter(({ location }) => location !== undefined)
}

describe('the standards of a component', () => {
  test('are those in its standards file, and documentation, migrations and backups', () => {
    const text =
      '# Standards\n\n- **Consistency**: whole, or\n  not at all\n- Errors are reported\n'
    const all = standards(storage(source('table.md'), { [FILE]: text }))
    expect(all.map(({ name }) => name)).toEqual(['Consistency', 'Errors are reported', ...GENERAL])
    expect(all[0]).toEqual({
      name: 'Consistency',
      text: '**Consistency**: whole, or\nnot at all',
      location: { path: FILE, line: 3 },
      phases: [],
    })
  })

  test('are sections, or the boxes in them, whether ticked or not', () => {
    const text = `# Standards
- Before all
## Indexing
Create indexes by query patterns.
- **Monitor**: slow queries
### Limits
- five
## Backups
- [x] Made every night
- [ ] Restored once
## Later
[e.g., to be written]
`
    expect(written(text).map(({ name, text }) => [name, text])).toEqual([
      ['Before all', 'Before all'],
      [
        'Indexing',
        'Create indexes by query patterns.\n**Monitor**: slow queries\n### Limits\nfive',
      ],
      ['Made every night', 'Made every night'],
      ['Restored once', 'Restored once'],
    ])
  })

  test('are one for a file of prose, and none for a file of placeholders', () => {
    expect(written('# Standards\n\nNothing is lost.\n')).toMatchObject([
      { name: 'storage-standards.md', text: 'Nothing is lost.' },
    ])
    expect(written('# Standards\n\n- **Consistency**: [to be decided]\n')).toEqual([])
  })

  test('have unique names', () => {
    const names = written('- **Backups**: one\n- **Backups**: two\n').map(({ name }) => name)
    expect(names).toEqual(['Backups', 'Backups (2)'])
  })

  test.each([
    ['All tests pass.', 'tests'],
    ['The test suite passes', 'tests'],
    ['No type errors', 'types'],
    ['The linter finds nothing.', 'lint'],
    ['All tests pass on sample data', undefined],
    ['Test backups', undefined],
    ['**Tests**: all tests pass', undefined],
  ])('have a gate only if they say no more than the gate checks: "%s" has %s', (text, gate) => {
    expect(written(`- ${text}\n`)[0]?.gate).toBe(gate)
  })

  test('belong to the phase with the same topic', () => {
    const all = standards(storage(source('table.md')))
    const phases = Object.fromEntries(all.map(({ name, phases }) => [name, phases]))
    expect(phases['Migrations tested and documented']).toEqual([
      expect.stringContaining('Migration'),
    ])
  })

  test('include migrations and backups only for storage components, and none for tracks', () => {
    const moved = Object.entries(storage(source('table.md'))).map(([path, text]) => [
      path.replace('storage-conductor', 'api-conductor'),
      text,
    ])
    const names = standards(Object.fromEntries(moved)).map(({ name }) => name)
    expect(names).toEqual(['Documentation complete'])
    expect(standards(track(source('registry.md')))).toEqual([])
  })
})
