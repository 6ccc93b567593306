import { describe, expect, it } from 'vitest'
import { formatDiff } from '../../../src/setup/diff.ts'
import { readEntry, setEntry } from '../../../src/setup/text/json-entry.ts'
import { removeItems, setItem } from '../../../src/setup/text/json-list.ts'
import { changeBetween, undo } from '../../../src/setup/text/undo.ts'

const PATH = ['mcpServers', 'redgreen'] as const
const ENTRY = { command: 'npx', args: ['-y', 'redgreen-mcp'] }
const BEFORE = '{\n  "mcpServers": {\n    "a": { "command": "x" } // last\n  }\n}\n'
const AFTER = setEntry(BEFORE, PATH, ENTRY)

describe('the change of a file', () => {
  it.each(['', '{}', ' {} ', BEFORE, '{"mcpServers":{}}', '\uFEFF{}\r\n'])(
    'is reverted to the same bytes: %j',
    before => {
      const after = setEntry(before, PATH, ENTRY)
      expect(undo(after, changeBetween(before, after))).toBe(before)
    },
  )

  it('of a file that did not exist removes the file', () => {
    const after = setEntry('', PATH, ENTRY)
    expect(undo(after, changeBetween(undefined, after))).toBeNull()
  })

  it('is reverted in a file that somebody changed elsewhere', () => {
    const later = `// new\n${AFTER.replace('"x"', '"y"')}`
    expect(undo(later, changeBetween(BEFORE, AFTER))).toBe(
      `// new\n${BEFORE.replace('"x"', '"y"')}`,
    )
  })

  it('is not reverted where it is not found', () => {
    const later = AFTER.replace('"npx"', '"node"')
    expect(undo(later, changeBetween(BEFORE, AFTER))).toBeUndefined()
    expect(undo('0 1 0 1', { created: false, at: 9, removed: '', inserted: '1' })).toBeUndefined()
  })

  it('is shown with the lines around it', () => {
    expect(formatDiff(BEFORE, AFTER)).toEqual([
      '  {',
      '    "mcpServers": {',
      '-     "a": { "command": "x" } // last',
      '+     "a": { "command": "x" }, // last',
      '+     "redgreen": {',
      '+       "command": "npx",',
      '+       "args": ["-y", "redgreen-mcp"]',
      '+     }',
      '    }',
      '  }',
    ])
    expect(formatDiff('', 'a\n')).toEqual(['+ a'])
  })
})

describe('an item of a list', () => {
  const LIST = ['hooks', 'Stop'] as const
  const isOurs = (item: unknown) => JSON.stringify(item).includes('hook.cjs')
  const ITEM = { hooks: [{ type: 'command', command: 'node hook.cjs' }] }

  it.each([
    '',
    '{}',
    '{ "hooks": { "Stop": [] } }',
    '{\n  "hooks": {\n    "Stop": [\n      { "a": 1 }, // one\n      { "b": 2 } // two\n    ]\n  }\n}\n',
    '{\n  "hooks": {\n    "Stop": [{ "a": 1 },]\n  }\n}\n',
  ])('is added once and removed in %j', text => {
    const after = setItem(text, LIST, ITEM, isOurs)
    const before = readEntry(text, LIST)
    expect(readEntry(after, LIST)).toEqual([...(Array.isArray(before) ? before : []), ITEM])
    expect(setItem(after, LIST, ITEM, isOurs)).toBe(after)
    expect(readEntry(removeItems(after, LIST, isOurs), LIST)).toEqual(before ?? [])
    for (const comment of text.match(/\/\/ .*/g) ?? []) expect(after).toContain(comment)
  })

  it('replaces an older one of this program, and all but one', () => {
    const old = { hooks: [{ command: 'node /old/hook.cjs' }] }
    const text = setEntry('', LIST, [old, { a: 1 }, old])
    expect(readEntry(setItem(text, LIST, ITEM, isOurs), LIST)).toEqual([{ a: 1 }, ITEM])
  })

  it('is refused where something else is', () => {
    expect(() => setItem('{ "hooks": { "Stop": {} } }', LIST, ITEM, isOurs)).toThrow(/"Stop".*list/)
    expect(() => setItem('{ "hooks": [] }', LIST, ITEM, isOurs)).toThrow(/"hooks".*object/)
  })
})
