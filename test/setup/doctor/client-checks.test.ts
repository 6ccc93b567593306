import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { clients } from '../../../src/setup/clients/index.ts'
import { checkClients } from '../../../src/setup/doctor/client-checks.ts'
import { serverTarget, type Surroundings } from '../../../src/setup/targets.ts'
import { makeProject } from '../../kit/project.ts'

/** A server that notes how it was started, and then answers. */
const SERVER = `
  import { readdirSync, writeFileSync } from 'node:fs'
  import { createInterface } from 'node:readline'
  const root = process.env.REDGREEN_ROOT
  const { A, B } = process.env
  const note = { folder: process.cwd(), files: readdirSync('.'), root, A, B }
  writeFileSync(import.meta.dirname + '/note.json', JSON.stringify(note))
  createInterface({ input: process.stdin }).on('line', line => {
    const { id, method } = JSON.parse(line)
    const text = JSON.stringify({ workspace: root ?? process.argv.at(-1) })
    const serverInfo = { name: 'redgreen', version: '1' }
    const result = method === 'initialize' ? { serverInfo } : { content: [{ text }] }
    if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
  })
`

const startNote = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  root: z.string().optional(),
  A: z.string().optional(),
  B: z.string().optional(),
})

/** A project, an installation whose server notes its start, and the checks. */
function place() {
  const project = makeProject({}, { git: false })
  const installation = makeProject({ 'server.mjs': SERVER }, { git: false })
  const home = makeProject({}, { git: false })
  const program = path.join(installation.root, 'server.mjs')
  const { execPath, platform } = process
  const surroundings: Surroundings = {
    root: project.root,
    machine: {
      platform,
      home: home.root,
      variable: name => (name === 'PATH' ? '/usr/bin:/bin' : undefined),
    },
    installation: { kind: 'folder', program, node: execPath, npx: 'npx' },
    isOnPath: () => false,
  }
  return {
    home,
    program,
    project,
    surroundings,
    check: () => checkClients(surroundings, new AbortController().signal),
    start: () =>
      existsSync(path.join(installation.root, 'note.json'))
        ? startNote.parse(JSON.parse(installation.read('note.json')))
        : undefined,
  }
}

const EVIL = { NODE_OPTIONS: '--require ./evil.js' }

it.each(clients.filter(({ projectFiles }) => projectFiles))(
  'an entry in a project is started only if it says what init writes: $title',
  async client => {
    const { check, project, start, surroundings } = place()
    const { file, expected, set } = serverTarget(client, 'project', surroundings)
    const name = path.relative(project.root, file)
    const launch = expected ?? { command: '', args: [] }
    const more = client.format.set('', { ...launch, env: { ...launch.env, ...EVIL } })
    const table = '\n[mcp_servers.redgreen.env]\nNODE_OPTIONS = "--require ./evil.js"\n'
    project.write(name, client.name === 'codex' ? `${more}${table}` : more)
    const found = `${client.title}: the entry in ${file} has more than init writes. It was not started: `
    expect(await check()).toMatchObject([{ ok: true, found: expect.stringContaining(found) }])
    expect(start()).toBeUndefined()
    project.write(name, set(''))
    const answers = expect.stringContaining(`answers as redgreen 1 and works in ${project.root}`)
    expect(await check()).toMatchObject([{ ok: true, found: answers }])
    expect(start()).toMatchObject({ files: [] })
  },
)

it.each([{ N: 1 }, { N: true }, { N: null }, ['a'], { __proto__x: 'a', PATH: '.' }])(
  'variables of any form are more than init writes: %j',
  async env => {
    const { check, program, project, start } = place()
    const redgreen = { command: 'node', args: [program], env }
    project.write('.mcp.json', JSON.stringify({ mcpServers: { redgreen } }))
    expect(await check()).toMatchObject([{ found: expect.stringContaining('has more than') }])
    expect(start()).toBeUndefined()
  },
)

it('an empty list of variables is no more than init writes', async () => {
  const { check, program, project } = place()
  const redgreen = { command: 'node', args: [program], env: {} }
  project.write('.mcp.json', JSON.stringify({ mcpServers: { redgreen } }))
  expect(await check()).toMatchObject([{ found: expect.stringContaining('answers as') }])
})

it('a server of the user is started in an empty folder, which is removed', async () => {
  const { check, home, program, project, start } = place()
  const redgreen = { command: process.execPath, args: [program] }
  home.write('.gemini/settings.json', JSON.stringify({ mcpServers: { redgreen } }))
  expect(await check()).toMatchObject([{ ok: true }])
  expect(start()).toMatchObject({ files: [], root: project.root })
  expect(start()?.folder).not.toBe(project.root)
  expect(existsSync(start()?.folder ?? '.')).toBe(false)
})

it('a client that starts the server anywhere has to name the folder itself', async () => {
  const { check, home, program, project, start } = place()
  const redgreen = { command: process.execPath, args: [program, '--root', project.root] }
  home.write('.codeium/windsurf/mcp_config.json', JSON.stringify({ mcpServers: { redgreen } }))
  expect(await check()).toMatchObject([{ ok: true }])
  expect(start()).toEqual({ files: [], folder: expect.not.stringContaining(project.root) })
})

it('the folder, the file with variables and the variables of a user are used', async () => {
  const { check, home, program, start } = place()
  home.write('servers/own.env', '# own\nA="from the file"\nB=file\n')
  const entry = { command: process.execPath, args: [program], env: { B: 'entry' } }
  const redgreen = { ...entry, cwd: '~/servers', envFile: '${userHome}/servers/own.env' }
  home.write('.gemini/settings.json', JSON.stringify({ mcpServers: { redgreen } }))
  expect(await check()).toMatchObject([{ ok: true, found: expect.stringContaining('answers as') }])
  expect(start()).toMatchObject({
    folder: path.join(home.root, 'servers'),
    files: ['own.env'],
    A: 'from the file',
    B: 'entry',
  })
})

it.each([
  [{ cwd: '/no/such/folder' }, false, 'its folder /no/such/folder does not exist'],
  [{ envFile: '/no/such/file' }, false, 'its file /no/such/file does not exist'],
  [{ cwd: '${workspaceFolder}' }, true, 'is in the project'],
  [{ cwd: '.' }, true, 'is in the project'],
  [{ envFile: '${workspaceFolder}/.env' }, true, 'is in the project'],
  [{ envFile: 'sub/.env' }, true, 'is in the project'],
])('a server of the user is not started in another place: %j', async (more, ok, reason) => {
  const { check, home, program, start } = place()
  const redgreen = { command: process.execPath, args: [program], ...more }
  home.write('.gemini/settings.json', JSON.stringify({ mcpServers: { redgreen } }))
  expect(await check()).toMatchObject([{ ok, found: expect.stringContaining(reason) }])
  expect(start()).toBeUndefined()
})

it.each([{ cwd: '/tmp' }, { envFile: 'x.env' }])(
  'a place in an entry of the project is more than init writes: %j',
  async more => {
    const { check, program, project, start } = place()
    const redgreen = { command: 'node', args: [program], ...more }
    project.write('.mcp.json', JSON.stringify({ mcpServers: { redgreen } }))
    expect(await check()).toMatchObject([{ found: expect.stringContaining('has more than') }])
    expect(start()).toBeUndefined()
  },
)
