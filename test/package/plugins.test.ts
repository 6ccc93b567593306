import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import manifest from '../../package.json' with { type: 'json' }
import release from '../../release-please-config.json' with { type: 'json' }
import { pluginFiles } from '../../scripts/package/plugins.ts'
import { implement } from '../../src/prompts/implement.ts'
import { hooksIn, setHooks } from '../../src/setup/hooks/hook-format.ts'
import { hookClients } from '../../src/setup/hooks/index.ts'

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
const inPackage = z.string().startsWith('./')

/** The fields that Claude Code and Cursor document; Cursor refuses others. */
const plugin = z.strictObject({
  name,
  description: z.string(),
  version: z.literal(manifest.version),
  author: z.strictObject({ name: z.string().min(1) }),
  homepage: z.url(),
  repository: z.url(),
  license: z.string(),
  keywords: z.array(z.string()),
  skills: inPackage,
  hooks: inPackage,
  mcpServers: inPackage,
})

/** Codex limits its prompts to three of 128 characters. */
const codexPlugin = plugin.extend({
  interface: z.object({
    displayName: z.string(),
    shortDescription: z.string(),
    defaultPrompt: z.array(z.string().max(128)).max(3),
  }),
})

const files = pluginFiles()

describe.each([
  ['claude-code', '.claude-plugin', plugin, 'CLAUDE_PLUGIN_ROOT'],
  ['codex', '.codex-plugin', codexPlugin, 'PLUGIN_ROOT'],
  ['cursor', '.cursor-plugin', plugin, 'CURSOR_PLUGIN_ROOT'],
] as const)('the plugin of %s', (client, folder, schema, variable) => {
  const own = schema.parse(JSON.parse(files[`${folder}/plugin.json`] ?? ''))
  const hooks = files[path.normalize(own.hooks)] ?? ''
  const servers = files[path.normalize(own.mcpServers)] ?? ''

  it('names only files that the package contains', () => {
    const inManifest = [own.skills, own.hooks, own.mcpServers].map(file => path.normalize(file))
    const inCommands = [...`${hooks}${servers}`.matchAll(/\$\{\w+\}\/([\w./-]+)/g)].map(
      ([, file = '']) => file,
    )
    expect(inCommands).toContain('dist/hook.cjs')
    const built = new Map([
      ['dist/hook.cjs', 'src/hook/main.ts'],
      ['dist/cli.js', 'src/cli/start.ts'],
    ])
    const all = [`${folder}/plugin.json`, ...inManifest, ...inCommands]
    expect(all.filter(file => !existsSync(built.get(file) ?? file))).toEqual([])
    expect(all.filter(file => !manifest.files.includes(file.split('/')[0] ?? ''))).toEqual([])
  })

  it('has the hooks that `init --hooks` writes, with the program in the plugin', () => {
    const form = hookClients.find(hookClient => hookClient.client === client)
    if (!form) throw new Error(`${client} has no hooks.`)
    const commands = new Set(hooksIn(hooks, form).values())
    const command = `node "\${${variable}}/dist/hook.cjs" --client ${form.flag}`
    expect([...commands]).toEqual([command])
    expect(JSON.parse(hooks)).toEqual(JSON.parse(setHooks('', form, command)))
  })

  it('starts the server under its usual name', () => {
    const { mcpServers } = z
      .object({ mcpServers: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(servers))
    expect(Object.keys(mcpServers)).toEqual(['redgreen'])
  })

  it('gets its version from a release', () => {
    expect(release.packages['.']['extra-files']).toContainEqual({
      type: 'json',
      path: `${folder}/plugin.json`,
      jsonpath: '$.version',
    })
  })
})

it('the marketplace offers the published package', () => {
  expect(JSON.parse(files['.claude-plugin/marketplace.json'] ?? '')).toMatchObject({
    name: manifest.name,
    owner: { name: manifest.author },
    plugins: [{ name: 'redgreen', source: { source: 'npm', package: manifest.name } }],
  })
})

it('the skill says when it is used, and is the prompt of the server', () => {
  const file = 'plugin/skills/implement/SKILL.md'
  const [, head = '', body] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(files[file] ?? '') ?? []
  const fields = z.strictObject({ name: z.string(), description: z.string().max(1024) })
  const { name: skill, description } = fields.parse(parse(head))
  expect(skill).toBe(path.basename(path.dirname(file)))
  expect(description).toMatch(/asks to implement/)
  expect(body).toBe(`${implement.text(undefined)}\n`)
  expect(readFileSync(file, 'utf8')).toBe(files[file])
})
