import { parse } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { readEntry, setEntry } from '../../../src/setup/text/json-entry.ts'
import { removeEntry } from '../../../src/setup/text/json-removal.ts'
import { Unusable } from '../../../src/setup/text/unusable.ts'

const PATH = ['mcpServers', 'redgreen'] as const
const ENTRY = { command: 'npx', args: ['-y', 'redgreen-mcp'] }
const LINES = `"redgreen": {
      "command": "npx",
      "args": ["-y", "redgreen-mcp"]
    }`

/** Texts that the entry is added to, by what is special about them. */
const TEXTS: Record<string, string> = {
  'an empty object': '{}\n',
  'no final newline': '{\n  "mcpServers": {\n    "other": { "command": "x" }\n  }\n}',
  'other settings only': '{\n  "theme": "dark"\n}\n',
  'an empty map': '{\n  "mcpServers": {}\n}\n',
  'a map with only a comment': '{\n  "mcpServers": {\n    // none yet\n  }\n}\n',
  'comments everywhere':
    '// top\n{\n  /* a */ "theme": "dark", // the dark one\n  "mcpServers": {\n    "a": { "command": "x" } // last one, really\n    // end of the servers\n  } /* z */\n}\n// bottom\n',
  'trailing commas': '{\n  "mcpServers": {\n    "a": { "command": "x", },\n  },\n}\n',
  'a trailing comma with a comment':
    '{\n  "mcpServers": {\n    "a": { "command": "x" }, // with, a comma\n  },\n}\n',
  'a comment that looks like JSON':
    '{\n  "mcpServers": {\n    "a": { "url": "https://x/" } /* , "b": {} */\n  }\n}\n',
  'Windows line ends': '{\r\n  "mcpServers": {\r\n    "a": { "command": "x" }\r\n  }\r\n}\r\n',
  'a byte order mark': '\uFEFF{\n  "mcpServers": {\n    "a": {}\n  }\n}\n',
  tabs: '{\n\t"mcpServers": {\n\t\t"a": {}\n\t}\n}\n',
  'four spaces': '{\n    "mcpServers": {\n        "a": {}\n    }\n}\n',
  'one line': '{"mcpServers":{"a":{"command":"x"}}}',
  'one line with spaces': '{ "mcpServers": { "a": { "command": "x" } } }\n',
  'one line with an empty map': '{"theme": "dark", "mcpServers": {}}\n',
  'a map on one line in a file of several lines': '{\n  "mcpServers": { "a": {} },\n  "b": 1\n}\n',
  'commas at the start of lines': '{\n    "a": 1\n  , "mcpServers": {\n      "b": {}\n    }\n}\n',
  'keys and values outside of ASCII':
    '{\n  "名前": "é\\u00e9",\n  "mcpServers": { "日本": {} }\n}\n',
}

describe('an entry in a JSON file', () => {
  it.each(Object.entries(TEXTS))(
    'is added to a file with %s, and nothing else changes',
    (_, text) => {
      const after = setEntry(text, PATH, ENTRY)
      expect(readEntry(after, PATH)).toEqual(ENTRY)
      expect(isSubsequence(text, after)).toBe(true)
      const [before, value] = [text, after].map(each => parse(each.replace('\uFEFF', '')))
      expect(value).toEqual({ ...before, mcpServers: { ...before.mcpServers, redgreen: ENTRY } })
      expect(after.includes('\r\n')).toBe(text.includes('\r\n'))
      expect(after.replaceAll('\r\n', '').includes('\n')).toBe(
        text.replaceAll('\r\n', '').includes('\n'),
      )
    },
  )

  it.each(Object.entries(TEXTS))('is not added to it again: %s', (_, text) => {
    const after = setEntry(text, PATH, ENTRY)
    expect(setEntry(after, PATH, ENTRY)).toBe(after)
  })

  it.each(Object.entries(TEXTS))('is removed from it without loss of a comment: %s', (_, text) => {
    const removed = removeEntry(setEntry(text, PATH, ENTRY), PATH)
    expect(readEntry(removed, PATH)).toBeUndefined()
    const value = parse(text.replace('\uFEFF', ''))
    expect(parse(removed.replace('\uFEFF', ''))).toEqual({
      ...value,
      mcpServers: value.mcpServers ?? {},
    })
    for (const comment of text.match(/\/\/ .*|\/\*.*?\*\//g) ?? [])
      expect(removed).toContain(comment)
  })

  it('stands in the form of the file', () => {
    expect(setEntry('', PATH, ENTRY)).toBe(`{\n  "mcpServers": {\n    ${LINES}\n  }\n}\n`)
    expect(setEntry('// mine\n', PATH, ENTRY)).toMatch(/^\/\/ mine\n\{\n {2}"mcpServers"/)
    expect(setEntry(TEXTS['a trailing comma with a comment'] ?? '', PATH, ENTRY)).toBe(
      `{\n  "mcpServers": {\n    "a": { "command": "x" }, // with, a comma\n    ${LINES},\n  },\n}\n`,
    )
    expect(setEntry(TEXTS['one line'] ?? '', PATH, ENTRY)).toBe(
      '{"mcpServers":{"a":{"command":"x"},"redgreen":{"command":"npx","args":["-y","redgreen-mcp"]}}}',
    )
  })

  it('that exists keeps the fields and comments that are not ours', () => {
    const text =
      '{\n  "mcpServers": {\n    "redgreen": {\n      // my own\n      "command": "node",\n      "env": { "A": "1" }, "args": []\n    }\n  }\n}\n'
    const after = setEntry(text, PATH, ENTRY)
    expect(readEntry(after, PATH)).toEqual({ ...ENTRY, env: { A: '1' } })
    expect(after).toBe(text.replace('"node"', '"npx"').replace('[]', '["-y", "redgreen-mcp"]'))
  })

  it('that is not an object is replaced', () => {
    const after = setEntry('{ "mcpServers": { "redgreen": false } }', PATH, ENTRY)
    expect(readEntry(after, PATH)).toEqual(ENTRY)
  })

  it.each([
    ['{ "mcpServers": { "a": ', /not valid JSON \(line 1, column \d+: a [a-z ]+ is missing/],
    ['{\n  "mcpServers": {}\n  "b": 1\n}', /not valid JSON \(line 3, column 3: a comma is missing/],
    ['[]', /not a JSON object/],
    ['"text"', /not a JSON object/],
    ['{ "mcpServers": [] }', /"mcpServers" does not hold an object/],
    ['{ "mcpServers": null }', /"mcpServers" does not hold an object/],
    ['{ "mcpServers": {},\n "mcpServers": {} }', /"mcpServers" twice \(line 2\)/],
    ['{ "mcpServers": { "redgreen": {}, "redgreen": {} } }', /"redgreen" twice/],
    ['\u0000\u0001', /not valid JSON/],
  ])('is refused in %j', (text, reason) => {
    expect(() => setEntry(text, PATH, ENTRY)).toThrow(Unusable)
    expect(() => setEntry(text, PATH, ENTRY)).toThrow(reason)
  })
})

/** Are all characters of a text still there, in the same order? */
function isSubsequence(text: string, longer: string): boolean {
  let at = 0
  for (const character of longer) if (text[at] === character) at += 1
  return at === text.length
}
