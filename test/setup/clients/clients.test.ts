import { describe, expect, it } from 'vitest'
import type { Client } from '../../../src/setup/clients/client.ts'
import { clients } from '../../../src/setup/clients/index.ts'
import { installationOf } from '../../../src/runner/installation.ts'
import { launchFor } from '../../../src/setup/launch.ts'
import type { Machine } from '../../../src/setup/machine.ts'
import { Unusable } from '../../../src/setup/text/unusable.ts'
import { changeBetween, undo } from '../../../src/setup/text/undo.ts'

const LINUX: Machine = { platform: 'linux', home: '/home/ada', variable: () => undefined }
const MAC: Machine = { ...LINUX, platform: 'darwin', home: '/Users/ada' }
const WINDOWS: Machine = {
  platform: 'win32',
  home: 'C:\\Users\\ada',
  variable: name => (name === 'APPDATA' ? 'C:\\Users\\ada\\AppData\\Roaming' : undefined),
}
const LAUNCH = { command: 'npx', args: ['-y', 'redgreen-mcp'] }

/** The key of the servers in the JSON of a client; Codex has TOML. */
const KEYS: Record<string, string> = { vscode: 'servers', zed: 'context_servers', opencode: 'mcp' }

/** Files of a client by their form. `#` stands for a comment. */
function textsOf({ name }: Client): Record<string, string> {
  if (name === 'codex') {
    return {
      empty: '',
      'with comments':
        '# mine\nmodel = "x" # best\n\n[mcp_servers.other]\ncommand = "y" # why\n# end\n',
      'with other servers': '[mcp_servers.other]\ncommand = "y"\n',
      'with CRLF': '[a]\r\nb = 1\r\n',
      'with a byte order mark': '\uFEFFa = 1\n',
      'without a final newline': '[a]\nb = 1',
      'with tabs': '[a]\n\tb = 1\n',
    }
  }
  const key = KEYS[name] ?? 'mcpServers'
  const lines = `{\n  "theme": "dark",\n  "${key}": {\n    "other": { "command": "y" }\n  }\n}\n`
  return {
    empty: '',
    'with an empty object': '{}\n',
    'with comments': `// mine\n${lines.replace('{ "command"', '/* why */ { "command"').replace(' }\n', ' } // last\n')}`,
    'with trailing commas': lines.replace('"y" }', '"y", },').replace('  }\n}', '  },\n}'),
    'with other servers': lines,
    'with CRLF': lines.replaceAll('\n', '\r\n'),
    'with a byte order mark': `\uFEFF${lines}`,
    'without a final newline': lines.trimEnd(),
    'with tabs': lines.replaceAll('  ', '\t'),
    'on one line': JSON.stringify({ [key]: { other: { command: 'y' } } }),
  }
}

const CASES = clients.flatMap(client =>
  Object.entries(textsOf(client)).map(([form, text]) => ({
    name: client.name,
    form,
    client,
    text,
  })),
)

describe('the file of a client', () => {
  it.each(CASES)('$name $form: gets the server and gives the bytes back', ({ client, text }) => {
    const { set, read, remove } = client.format
    const after = set(text, LAUNCH)
    expect(read(after)).toEqual(LAUNCH)
    expect(set(after, LAUNCH)).toBe(after)
    expect(undo(after, changeBetween(text, after))).toBe(text)
    // Without a record of the change too, everything of others stays.
    const removed = remove(after)
    expect(read(removed)).toBeUndefined()
    for (const own of text.match(/"other".*|\/\/ .*|# \w+|"theme".*/g) ?? []) {
      const [word = ''] = own.split(/\s*[,{]|\r/)
      expect(removed).toContain(word.trimEnd())
    }
  })

  it.each(clients.map(client => [client.name, client] as const))(
    '%s that is malformed is refused',
    (_, { format }) => {
      for (const text of ['{ "a": ', '[[[', 'a b c']) {
        expect(() => format.set(text, LAUNCH)).toThrow(Unusable)
        expect(() => format.read(text)).toThrow(Unusable)
        expect(() => format.remove(text)).toThrow(Unusable)
      }
    },
  )

  it.each(clients.map(client => [client.name, client] as const))(
    '%s with an older entry is updated',
    (_, { format }) => {
      const old = format.set('', { command: 'node', args: ['/old/cli.js'] })
      const after = format.set(old, LAUNCH)
      expect(format.read(after)).toEqual(LAUNCH)
      expect(undo(after, changeBetween(old, after))).toBe(old)
    },
  )

  it('has the form of each client', () => {
    const entries = clients.map(({ name, format }) => [name, format.set('', LAUNCH)])
    expect(Object.fromEntries(entries)).toMatchSnapshot()
  })

  it('lies where each client reads it, on every system', () => {
    const places = clients.map(({ name, userFiles, projectFiles }) => [
      name,
      [LINUX, MAC, WINDOWS].map(machine => userFiles(machine)[0]),
      projectFiles?.[0] ?? '–',
    ])
    expect(places).toMatchSnapshot()
  })

  it('of opencode keeps the newer layout, if that is there', () => {
    const opencode = clients.find(({ name }) => name === 'opencode')
    const after = opencode?.format.set('{ "mcp": { "servers": {} } }', LAUNCH) ?? ''
    expect(JSON.parse(after)).toHaveProperty(['mcp', 'servers', 'redgreen', 'command'])
    expect(opencode?.format.read(after)).toEqual(LAUNCH)
  })
})

describe('the entry of a client', () => {
  const byName = (name: string) => clients.find(client => client.name === name) ?? clients[0]
  const installed = installationOf(
    '/usr/lib/node_modules/redgreen-mcp/dist/cli.js',
    '/n/node',
    '/n/npx',
  )
  const clone = installationOf('/src/redgreen/dist/cli.js', '/n/node', '/n/npx')
  const launch = (name: string, level: 'user' | 'project', machine = LINUX, from = installed) => {
    const client = byName(name)
    return client && launchFor(client, level, '/p', from, machine)
  }

  it('runs the package, or the program of a clone', () => {
    expect(launch('claude-code', 'project')).toEqual(LAUNCH)
    expect(launch('claude-code', 'project', LINUX, clone)).toEqual({
      command: 'node',
      args: ['/src/redgreen/dist/cli.js'],
    })
  })

  it('goes through cmd on Windows', () => {
    expect(launch('cursor', 'user', WINDOWS)).toEqual({
      command: 'cmd',
      args: ['/c', 'npx', '-y', 'redgreen-mcp'],
    })
  })

  it('names program and project for a client that starts elsewhere', () => {
    const machine = { ...LINUX, variable: () => '/p/node_modules/.bin:/usr/bin:/usr/bin' }
    expect(launch('claude-desktop', 'user', machine)).toEqual({
      command: '/n/npx',
      args: ['-y', 'redgreen-mcp', '--root', '/p'],
      env: { PATH: '/usr/bin' },
    })
    expect(launch('claude-desktop', 'user', LINUX, clone)).toMatchObject({ command: '/n/node' })
    expect(launch('windsurf', 'user')?.args).toContain('/p')
  })

  it('has the variable of a client in a project, and none for all projects', () => {
    expect(launch('vscode', 'project')?.args.slice(-2)).toEqual(['--root', '${workspaceFolder}'])
    expect(launch('vscode', 'user')?.args).not.toContain('--root')
  })
})
