import { describe, expect, it } from 'vitest'
import { readTable, removeTable, setTable } from '../../../src/setup/text/toml-table.ts'
import { Unusable } from '../../../src/setup/text/unusable.ts'

const PATH = ['mcp_servers', 'redgreen']
const FIELDS = { command: 'npx', args: ['-y', 'redgreen-mcp'], startup_timeout_sec: 60 }
const TABLE =
  '[mcp_servers.redgreen]\ncommand = "npx"\nargs = ["-y", "redgreen-mcp"]\nstartup_timeout_sec = 60\n'

const TEXTS: Record<string, string> = {
  nothing: '',
  'a comment only': '# mine\n',
  'other tables': 'model = "x" # the best\n\n[mcp_servers.other]\ncommand = "y"\n\n# end\n',
  'no final newline': '[mcp_servers.other]\ncommand = "y"',
  'Windows line ends': 'model = "x"\r\n\r\n[a]\r\nb = 1\r\n',
  'a byte order mark': '\uFEFFmodel = "x"\n',
  'tabs and text over several lines':
    '[a]\n\tb = """\n[mcp_servers.redgreen]\n"""\n\tc = { d = 1 }\n',
  'a list of tables at the end': '[[hooks.stop]]\ncommand = ["a"]\n',
  'the parent as a table of its own': '[mcp_servers]\n\n[other]\na = 1\n',
}

describe('a table in a TOML file', () => {
  it.each(Object.entries(TEXTS))('is appended to a file with %s', (_, text) => {
    const after = setTable(text, PATH, FIELDS)
    expect(after.startsWith(text)).toBe(true)
    expect(readTable(after, PATH)).toEqual(FIELDS)
    expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r\n'))
    expect(setTable(after, PATH, FIELDS)).toBe(after)
  })

  it.each(Object.entries(TEXTS))('is removed again: %s', (_, text) => {
    const removed = removeTable(setTable(text, PATH, FIELDS), PATH)
    const missingNewline = text !== '' && !text.endsWith('\n') ? '\n' : ''
    expect(removed).toBe(`${text}${missingNewline}`)
  })

  it('has an empty line before it', () => {
    expect(setTable('a = 1\n', PATH, FIELDS)).toBe(`a = 1\n\n${TABLE}`)
    expect(setTable('', PATH, FIELDS)).toBe(TABLE)
  })

  it('that exists keeps what is not ours', () => {
    const text =
      '[mcp_servers.redgreen]\n# mine\ncommand = "node" # old\nargs = ["a"]\nenv = { A = "1" }\n\n[mcp_servers.redgreen.more]\nb = 2\n\n[c]\n'
    expect(setTable(text, PATH, FIELDS)).toBe(
      text
        .replace('"node"', '"npx"')
        .replace('["a"]', '["-y", "redgreen-mcp"]')
        .replace('"1" }\n', '"1" }\nstartup_timeout_sec = 60\n'),
    )
    expect(removeTable(text, PATH)).toBe('\n[c]\n')
  })

  it('that exists without a field is completed', () => {
    expect(readTable(setTable('[mcp_servers.redgreen]\n[b]\n', PATH, FIELDS), PATH)).toEqual(FIELDS)
  })

  it('in another form is accepted if it is the same', () => {
    const text = `[mcp_servers]\nredgreen = { command = "npx", args = ["-y", "redgreen-mcp"], startup_timeout_sec = 60 }\n`
    expect(setTable(text, PATH, FIELDS)).toBe(text)
  })

  it.each([
    ['a = ', /not valid TOML \(line 1/],
    ['a = 1\na = 2\n', /not valid TOML \(line 2/],
    ['mcp_servers = { other = { command = "x" } }\n', /in a form that cannot be changed/],
    ['[mcp_servers]\nredgreen = { command = "x" }\n', /in a form that cannot be changed/],
    ['mcp_servers.redgreen.command = "x"\n', /in a form that cannot be changed/],
  ])('is refused in %j', (text, reason) => {
    expect(() => setTable(text, PATH, FIELDS)).toThrow(Unusable)
    expect(() => setTable(text, PATH, FIELDS)).toThrow(reason)
  })
})
