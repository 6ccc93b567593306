import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { dialects } from '../../../src/dialects/index.ts'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import { planOf, workspaceOf, source, storage, track, TRACK, type Files } from './fixture.ts'

const PLAN = '## Phase 1: A\n- [ ] a\n'

function active(files: Files) {
  const result = conductor.active(workspaceOf(files))
  if ('found' in result) return [result.found.dir, result.evidence]
  return 'several' in result ? result.several.map(({ id }) => id) : result
}

/** The folder of the active feature. */
function found(files: Files): string | undefined {
  const result = conductor.active(workspaceOf(files))
  return 'found' in result ? result.found.dir : undefined
}

function components(...rows: string[]): Files {
  const plans = rows.map(row => row.split('|')[1]?.trim() ?? '')
  const header = '| Connector ID | Name | Status | Created | Updated |\n|---|---|---|---|---|\n'
  return {
    'api-conductor/tracks.md': `${header}${rows.join('\n')}\n`,
    ...Object.fromEntries(plans.map(id => [`api-conductor/connectors/${id}/plan.md`, PLAN])),
  }
}

function tracks(...lines: string[]): Files {
  return {
    'conductor/tracks.md': lines.join('\n'),
    'conductor/tracks/a_20260101/plan.md': PLAN,
    'conductor/tracks/b_20260101/plan.md': PLAN,
  }
}

describe('the active component', () => {
  test('is the one that is planned or in progress', () => {
    expect(active(storage(source('table.md')))).toEqual([
      'storage-conductor/storages/storage-vault-001',
      'storage-conductor/tracks.md:5 is the only active one',
    ])
  })

  test('is the one that was updated last, else the one that was created last', () => {
    const [a, b] = [
      '| a | A | Planning | 2026-01-01 | 2026-03-01 |',
      '| b | B | In Progress | 2026-01-02 | 2026-03-02 |',
    ]
    expect(active(components(a, b))).toEqual([
      'api-conductor/connectors/b',
      'api-conductor/tracks.md:4 was updated last',
    ])
    expect(found(components(a, b.replace('2026-03-02', '2026-03-01')))).toBe(
      'api-conductor/connectors/b',
    )
    expect(found(components(a, b.replace('2026-03-02', '2026-02-01T09:00:00Z')))).toBe(
      'api-conductor/connectors/a',
    )
  })

  test('is not guessed among several with the same day or without a date', () => {
    const same = [
      '| a | A | Planning | 2026-01-01 | 2026-03-01 |',
      '| b | B | Planning | 2026-01-01 | 2026-03-01 |',
    ]
    expect(active(components(...same))).toEqual(['a', 'b'])
    expect(active(components('| a | A | Planning | | |', '| b | B | Planning | | |'))).toEqual([
      'a',
      'b',
    ])
  })

  test('is the one that was finished last if nothing is open', () => {
    const row = (id: string, day: string) => `| ${id} | C | Completed | 2026-01-01 | ${day} |`
    expect(found(components(row('a', '2026-03-01'), row('b', '2026-03-02')))).toBe(
      'api-conductor/connectors/b',
    )
    expect(active(components(row('a', '2026-03-01'), row('b', '2026-03-01')))).toHaveProperty(
      'none',
    )
  })

  test('does not exist if all are blocked, cancelled or reverted', () => {
    const rows = ['Blocked', 'Cancelled', 'Reverted'].map(
      (status, at) => `| c${at} | C | ${status} | | |`,
    )
    expect(active(components(...rows))).toHaveProperty(
      'none',
      'Nothing in api-conductor/tracks.md is Planning or In Progress.',
    )
  })

  test('may be a link, in a second table, and next to an empty row', () => {
    const files = {
      'conductor/tracks.md':
        '| Track ID | Title | Type | Status | Created | Updated |\n|-|-|-|-|-|-|\n| | | | | | |\n| [one](./tracks/track-1/) | One | Feature | **In Progress** 🚧 | | |\n\n| Track ID | Title | Completed Date |\n|-|-|-|\n| track-0 | Zero | 2026-01-01 |\n',
      'conductor/tracks/track-1/plan.md': PLAN,
      'conductor/tracks/track-0/plan.md': PLAN,
    }
    expect(active(files)).toEqual([
      'conductor/tracks/track-1',
      'conductor/tracks.md:4 is the only active one',
    ])
  })
})

describe('the active track', () => {
  test('is the first that is not done', () => {
    expect(active(track(source('registry.md')))).toEqual([
      TRACK,
      'conductor/tracks.md:10 is the first that is not done',
    ])
  })

  test('is the one in progress, even if a new one comes first', () => {
    const files = tracks(
      '- [ ] **Track: A**',
      '*Link: [a](./tracks/a_20260101/)*',
      '',
      '- [~] **Track: B**',
      '*Link: [b](./tracks/b_20260101/)*',
    )
    expect(active(files)).toEqual([
      'conductor/tracks/b_20260101',
      'conductor/tracks.md:4 is in progress',
    ])
  })

  test.each([
    [
      'a heading and a link from the root',
      ['## [ ] Track: A', '', '_Link: [x](./conductor/tracks/a_20260101/)_'],
    ],
    [
      'a heading and a link from the registry',
      ['---', '## [ ] Track: A', 'Link: [x](./tracks/a_20260101/index.md)'],
    ],
    ['a link in a sub-item', ['- [ ] **A**', '  - *Link:* [x](./tracks/a_20260101/)']],
    ['a path without a link', ['- [ ] **Track: A**', 'See ./tracks/a_20260101/']],
    ['its folder at the start', ['- [ ] a_20260101: A']],
    ['an outdated link', ['- [ ] **Track: A**', '*Link: [x](./somewhere/a_20260101/)*']],
  ])('may be written with %s', (_, lines) => {
    expect(found(tracks(...lines))).toBe('conductor/tracks/a_20260101')
  })

  test('does not exist if all are done, or if the registry cannot be read', () => {
    expect(active(tracks('- [x] **Track: A**', '- [-] **Track: B**'))).toHaveProperty('none')
    const reader = workspaceOf(tracks(''))
    const broken = {
      ...reader,
      read: (path: string) => {
        if (path.endsWith('tracks.md'))
          throw new Unreadable(path, 7, 'It contains a NUL character.')
        return reader.read(path)
      },
    }
    expect(conductor.active(broken)).toMatchObject({
      none: 'conductor/tracks.md:7 cannot be read. It contains a NUL character.',
      isNamed: true,
    })
    expect(conductor.features(broken)).toHaveLength(2)
  })

  test('is the only plan if there is no registry, and archived plans come last', () => {
    const lone = { 'conductor/tracks/a/plan.md': PLAN, 'conductor/archive/b/plan.md': PLAN }
    expect(active(lone)).toEqual([
      'conductor/tracks/a',
      'conductor/tracks/a/plan.md is the only one',
    ])
    expect(found({ 'conductor/archive/b/plan.md': PLAN })).toBe('conductor/archive/b')
    expect(active({ ...lone, 'conductor/tracks/c/plan.md': PLAN })).toEqual(['a', 'c'])
  })

  test('is not guessed among several registries', () => {
    expect(active({ ...track(PLAN), ...storage(source('table.md')) })).toEqual([
      'tides_20260301',
      'storage-vault-001',
    ])
  })
})

describe('the features', () => {
  test('are those of every registry, also in projects below, sorted', () => {
    const files = {
      ...track(PLAN),
      'services/mill/conductor/tracks/grain/flour_1/plan.md': PLAN,
      '.conductor/tracks/old/plan.md': PLAN,
      'conductor/archive/gone/plan.md': PLAN,
    }
    expect(conductor.features(workspaceOf(files)).map(({ dir }) => dir)).toEqual([
      '.conductor/tracks/old',
      'conductor/archive/gone',
      TRACK,
      'services/mill/conductor/tracks/grain/flour_1',
    ])
  })
})

describe('conductor is detected by', () => {
  test.each([
    ['a registry', { 'conductor/tracks.md': '' }, 'conductor/tracks.md exists'],
    [
      'a plan alone',
      { 'api-conductor/connectors/a/plan.md': PLAN },
      'api-conductor/connectors/a/plan.md exists',
    ],
    ['a project below', { 'old/conductor/tracks.md': '' }, 'old/conductor/tracks.md exists'],
    [
      'nothing else',
      { 'conductor/main.py': '', 'src/conductor/tracks.md': '', 'tracks.md': '' },
      undefined,
    ],
  ])('%s', (_, files, evidence) => {
    expect(conductor.detect(workspaceOf(files))).toBe(evidence)
  })

  test('and is in the list of dialects', () => {
    expect(dialects.map(({ name }) => name)).toContain('conductor')
  })
})

test('work on a plan may begin without approval', () => {
  const files = storage(source('table.md'))
  expect(conductor.readiness?.(workspaceOf(files), planOf(files))).toHaveProperty('ready', true)
})
