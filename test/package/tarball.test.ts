import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { unpackExtension } from '@anthropic-ai/mcpb'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { expect, it } from 'vitest'
import * as z from 'zod'
import manifest from '../../package.json' with { type: 'json' }
import { makeBundle } from '../../scripts/package/bundle.ts'
import { makeProject, stackProject } from '../kit/project.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 Add a stack in src/stack.js\n'

/** The name and version of a server that a client starts so, and the plan that it reads. */
async function serverOf(launch: { command: string; args: string[]; cwd: string }) {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioClientTransport({ ...launch, stderr: 'ignore' }))
  try {
    const { structuredContent } = await client.callTool({
      name: 'read_document',
      arguments: { document: 'tasks' },
    })
    return { ...client.getServerVersion(), text: Reflect.get(Object(structuredContent), 'text') }
  } finally {
    await client.close()
  }
}

it('the package installs alone into an empty folder and starts from there, also as a plugin', async () => {
  const { root } = makeProject({}, { git: false })
  const npm = (...args: string[]) =>
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [packed] = z
    .array(z.object({ filename: z.string() }))
    .parse(JSON.parse(npm('pack', process.cwd(), '--ignore-scripts', '--json')))
  npm('install', `./${packed?.filename}`, '--no-audit', '--no-fund', '--ignore-scripts')
  const installed = readdirSync(path.join(root, 'node_modules')).filter(
    name => !name.startsWith('.'),
  )
  expect(installed).toEqual([manifest.name])
  expect(execFileSync('npx', ['redgreen', '--version'], { cwd: root, encoding: 'utf8' })).toBe(
    `${manifest.version}\n`,
  )
  const project = stackProject(PLAN)
  const command = path.join(root, 'node_modules/.bin/redgreen-mcp')
  // This program is not the one that is on the search path.
  const help = execFileSync(command, ['approve', '--help'], { encoding: 'utf8' })
  expect(help).toContain('Usage: npx redgreen-mcp approve')
  expect(await serverOf({ command, args: [], cwd: project.root })).toMatchObject({
    version: manifest.version,
    text: PLAN,
  })
  const plugin = path.join(root, 'node_modules', manifest.name)
  const { mcpServers } = pluginServers.parse(
    JSON.parse(readFileSync(path.join(plugin, 'plugin/claude-code.mcp.json'), 'utf8')),
  )
  const { redgreen } = mcpServers
  const args = redgreen.args.map(word => word.replace('${CLAUDE_PLUGIN_ROOT}', plugin))
  expect(await serverOf({ ...redgreen, args, cwd: project.root })).toMatchObject({ text: PLAN })
})

const launch = z.object({ command: z.string(), args: z.array(z.string()) })
const pluginServers = z.object({ mcpServers: z.object({ redgreen: launch }) })
const bundled = z.object({ server: z.object({ mcp_config: launch }) })

it('the bundle is valid and starts the server in the folder that the user chooses', async () => {
  const { root } = makeProject({}, { git: false })
  const project = stackProject(PLAN)
  const bundle = path.join(root, 'content')
  mkdirSync(bundle)
  await unpackExtension({ mcpbPath: await makeBundle(root), outputDir: bundle, silent: true })
  const { server } = bundled.parse(
    JSON.parse(readFileSync(path.join(bundle, 'manifest.json'), 'utf8')),
  )
  const { command, args } = server.mcp_config
  const words = args.map(word =>
    word.replace('${__dirname}', bundle).replace('${user_config.project}', project.root),
  )
  expect(await serverOf({ command, args: words, cwd: root })).toMatchObject({ text: PLAN })
})

it('the notices name every package whose code is in the build, and no other', () => {
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  const marked = files
    .filter(file => /\.c?js$/.test(file))
    .flatMap(file => [
      // The bundler begins each module with its path.
      ...readFileSync(path.join('dist', file), 'utf8').matchAll(
        /^ *\/\/ .*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm,
      ),
    ])
  // The page is made smaller, and has no such marks.
  const inBuild = new Set([...marked.map(([, name = '']) => name), 'preact'])
  const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8')
  const named = new Set(
    [...notices.matchAll(/^-{80}\n(\S+) \d\S* \(.+\)$/gm)].map(([, name]) => name),
  )
  expect(named).toEqual(inBuild)
  for (const file of readdirSync('dist/tree-sitter')) {
    const name = /^(?:tree-sitter-)?(.+)\.wasm/.exec(file)?.[1]
    expect(notices).toMatch(new RegExp(`^${name}: Copyright \\(c\\) \\d{4}`, 'm'))
  }
  expect(inBuild.size).toBeGreaterThan(20)
})
