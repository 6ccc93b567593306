import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { applyPlan } from '../../src/setup/apply.ts'
import { clients } from '../../src/setup/clients/index.ts'
import { planRemoval, planSetup } from '../../src/setup/plan.ts'
import {
  hookTarget,
  serverTarget,
  type Surroundings,
  type Target,
} from '../../src/setup/targets.ts'

/** A project and a home folder, both temporary. */
function places({ home = true } = {}) {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-setup-')))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  vi.stubEnv('XDG_STATE_HOME', path.join(top, 'state'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const root = path.join(top, 'project')
  mkdirSync(root)
  const surroundings: Surroundings = {
    root,
    machine: {
      platform: 'linux',
      home: home ? path.join(top, 'home') : '',
      variable: () => undefined,
    },
    installation: { kind: 'folder', program: '/r/dist/cli.js', node: '/n/node', npx: '/n/npx' },
    isOnPath: () => false,
  }
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  return {
    root,
    surroundings,
    write,
    read: (file: string) => readFileSync(path.join(root, file), 'utf8'),
  }
}

function targets(surroundings: Surroundings, names: string[], hooks = false): Target[] {
  return clients
    .filter(({ name }) => names.includes(name))
    .flatMap(client => {
      const hook = hooks ? hookTarget(client, undefined, surroundings) : undefined
      const server = serverTarget(client, undefined, surroundings)
      return hook ? [server, hook] : [server]
    })
}

function setUp(surroundings: Surroundings, names: string[], hooks = false) {
  const all = targets(surroundings, names, hooks)
  return applyPlan(planSetup(surroundings.root, all), all, surroundings.root)
}

function remove(surroundings: Surroundings, names: string[], hooks = false) {
  const all = targets(surroundings, names, hooks)
  return applyPlan(planRemoval(surroundings.root, all), all, surroundings.root)
}

const CURSOR = '.cursor/mcp.json'

describe('a set-up', () => {
  it('of every client is written, repeated without a change, and removed', () => {
    const { root, surroundings } = places()
    const all = clients.map(({ name }) => name)
    const first = setUp(surroundings, all, true)
    expect(first.map(({ action }) => action)).toEqual(
      // VS Code reads the hooks of Claude Code.
      first.map(({ client, what }) =>
        client === 'vscode' && what === 'hooks' ? 'present' : 'add',
      ),
    )
    const again = planSetup(root, targets(surroundings, all, true))
    expect(again.files).toEqual([])
    expect(new Set(again.steps.map(({ action }) => action))).toEqual(new Set(['present']))
    const files = first.map(({ file }) => file)
    expect(files.filter(file => !existsSync(file))).toEqual([])
    remove(surroundings, all, true)
    expect(files.filter(file => existsSync(file))).toEqual([])
  })

  it('keeps server and hooks in one file, and gives its bytes back', () => {
    const { surroundings, write, read } = places()
    const before = '// mine\n{ "theme": "dark", "hooks": { "BeforeTool": [] } }'
    write('.gemini/settings.json', before)
    setUp(surroundings, ['gemini'])
    setUp(surroundings, ['gemini'], true)
    expect(read('.gemini/settings.json')).toMatch(/mcpServers[\s\S]*/)
    expect(read('.gemini/settings.json')).toContain('AfterAgent')
    remove(surroundings, ['gemini'], true)
    expect(read('.gemini/settings.json')).toBe(before)
  })

  it('that was changed since is removed without what others added', () => {
    const { surroundings, read, write } = places()
    write(CURSOR, '{\n  "mcpServers": {}\n}\n')
    setUp(surroundings, ['cursor'])
    write(
      CURSOR,
      read(CURSOR).replace('"mcpServers": {', '"mcpServers": {\n    "other": { "command": "x" },'),
    )
    remove(surroundings, ['cursor'])
    expect(JSON.parse(read(CURSOR))).toEqual({ mcpServers: { other: { command: 'x' } } })
  })

  it('restores the entry that it replaced', () => {
    const { surroundings, read, write } = places()
    const before = '{ "mcpServers": { "redgreen": { "command": "mine", "args": [] } } }'
    write(CURSOR, before)
    expect(setUp(surroundings, ['cursor'])).toMatchObject([{ action: 'update' }])
    remove(surroundings, ['cursor'])
    expect(read(CURSOR)).toBe(before)
  })

  it.each([
    ['malformed', '{ "mcpServers": ', /not valid JSON/],
    ['a list', '[]', /not a JSON object/],
    ['with a key twice', '{ "mcpServers": {}, "mcpServers": {} }', /twice/],
  ])('is refused for a file that is %s, and nothing is written', (_, text, reason) => {
    const { surroundings, write, read } = places()
    write(CURSOR, text)
    const [step, other] = setUp(surroundings, ['cursor', 'kiro'])
    expect(step).toMatchObject({ action: 'refused', reason: expect.stringMatching(reason) })
    expect(read(CURSOR)).toBe(text)
    expect(other).toMatchObject({ client: 'kiro', action: 'add' })
  })

  it('is refused for a read-only file, also if the user could replace it', () => {
    const { root, surroundings, write, read } = places()
    write(CURSOR, '{}')
    chmodSync(path.join(root, CURSOR), 0o444)
    expect(setUp(surroundings, ['cursor'])).toMatchObject([
      { action: 'refused', reason: 'it is read-only' },
    ])
    expect(read(CURSOR)).toBe('{}')
  })

  it('is refused for a link, a folder, and a folder that leads out of the project', () => {
    const { root, surroundings, write } = places()
    const elsewhere = path.join(path.dirname(root), 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(path.join(elsewhere, 'mcp.json'), '{}')
    mkdirSync(path.join(root, '.cursor'))
    symlinkSync(path.join(elsewhere, 'mcp.json'), path.join(root, CURSOR))
    mkdirSync(path.join(root, '.vscode/mcp.json'), { recursive: true })
    symlinkSync(elsewhere, path.join(root, '.zed'))
    write('.junie/mcp/mcp.json', 'caf\u00e9')
    writeFileSync(path.join(root, '.junie/mcp/mcp.json'), Buffer.from([0x7b, 0xff, 0x7d]))
    const steps = setUp(surroundings, ['cursor', 'vscode', 'zed', 'junie'])
    expect(Object.fromEntries(steps.map(({ client, reason = '' }) => [client, reason]))).toEqual({
      cursor: expect.stringMatching(/is a symbolic link to .*elsewhere/),
      vscode: 'it is a folder',
      zed: expect.stringMatching(/out of the workspace through a symbolic link/),
      junie: 'it is not UTF-8 text',
    })
    expect(readFileSync(path.join(elsewhere, 'mcp.json'), 'utf8')).toBe('{}')
    expect(existsSync(path.join(elsewhere, 'settings.json'))).toBe(false)
    expect(lstatSync(path.join(root, CURSOR)).isSymbolicLink()).toBe(true)
  })

  it('writes one entry if two clients share a file', () => {
    const { root, surroundings } = places()
    const [first, second] = targets(surroundings, ['cursor', 'kiro'])
    if (!first || !second) throw new Error('there are two')
    const shared = [first, { ...second, file: first.file }]
    const { steps, files } = planSetup(root, shared)
    expect(steps).toMatchObject([
      { action: 'add' },
      { action: 'present', reason: expect.stringContaining('Cursor uses the same file') },
    ])
    expect(files).toHaveLength(1)
  })

  it('says which client has no file here', () => {
    const { surroundings } = places({ home: false })
    expect(setUp(surroundings, ['windsurf', 'cursor'])).toMatchObject([
      { client: 'cursor', action: 'add' },
      { client: 'windsurf', action: 'refused', reason: expect.stringContaining('no home folder') },
    ])
    const windsurf = clients.find(({ name }) => name === 'windsurf')
    const target = windsurf && serverTarget(windsurf, 'project', surroundings)
    expect(target?.unavailable).toContain('--user')
  })

  it('leaves the entry of another project', () => {
    const { surroundings } = places()
    const other = { ...surroundings, root: path.join(path.dirname(surroundings.root), 'other') }
    mkdirSync(other.root)
    setUp(other, ['windsurf'])
    const [step] = remove(surroundings, ['windsurf'])
    expect(step).toMatchObject({ action: 'absent', reason: expect.stringContaining(other.root) })
    expect(remove(other, ['windsurf'])).toMatchObject([{ action: 'remove' }])
  })
})
