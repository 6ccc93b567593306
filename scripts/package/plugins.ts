import { dialects } from '../../src/dialects/index.ts'
import manifest from '../../package.json' with { type: 'json' }
import { implement } from '../../src/prompts/implement.ts'
import { mcpServers, SERVER, type Launch } from '../../src/setup/clients/client.ts'
import { setHooks } from '../../src/setup/hooks/hook-format.ts'
import { hookClients } from '../../src/setup/hooks/index.ts'
import { jsonText } from './json-text.ts'
import { SHORT_DESCRIPTION } from './server-json.ts'

/** What the plugin of a client is made of. The root of the plugin is the installed package. */
interface Plugin {
  /** Name of the client in `hookClients`. */
  client: string
  /** Folder of the manifest. */
  folder: string
  /** How the client writes the root of the plugin. */
  root: string
  server: Launch
  /** More fields of the manifest. */
  more?: object
}

const PLUGINS: readonly Plugin[] = [
  {
    client: 'claude-code',
    folder: '.claude-plugin',
    root: '${CLAUDE_PLUGIN_ROOT}',
    server: { command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/dist/cli.js'] },
  },
  {
    client: 'codex',
    folder: '.codex-plugin',
    root: '${PLUGIN_ROOT}',
    // It replaces no variables in the entry of a server.
    server: { command: 'npx', args: ['-y', manifest.name] },
    more: {
      interface: {
        displayName: SERVER,
        shortDescription: 'Implement a written plan test first',
        developerName: manifest.author,
        category: 'Developer Tools',
        capabilities: ['Read', 'Write'],
        websiteURL: manifest.homepage,
        defaultPrompt: ['Implement the feature with the redgreen tools.'],
      },
    },
  },
  {
    client: 'cursor',
    folder: '.cursor-plugin',
    root: '${CURSOR_PLUGIN_ROOT}',
    server: { command: 'node', args: ['${CURSOR_PLUGIN_ROOT}/dist/cli.js'] },
  },
]

/** The files of the plugins, by path in the package. */
export function pluginFiles(): Record<string, string> {
  return {
    ...Object.assign({}, ...PLUGINS.map(filesOf)),
    '.claude-plugin/marketplace.json': marketplace(),
    'plugin/skills/implement/SKILL.md': skill(),
  }
}

function filesOf({ client, folder, root, server, more }: Plugin): Record<string, string> {
  const hooks = `plugin/${client}.hooks.json`
  const servers = `plugin/${client}.mcp.json`
  const form = hookClients.find(hookClient => hookClient.client === client)
  if (!form) throw new Error(`${client} has no hooks.`)
  const command = `node "${root}/dist/hook.cjs" --client ${form.flag}`
  return {
    [`${folder}/plugin.json`]: jsonText({
      ...about(),
      version: manifest.version,
      skills: './plugin/skills/',
      hooks: `./${hooks}`,
      mcpServers: `./${servers}`,
      ...more,
    }),
    [hooks]: setHooks('', form, command),
    [servers]: mcpServers().set('', server),
  }
}

function about(): object {
  const { author, homepage, license, keywords, repository } = manifest
  return {
    name: SERVER,
    description: SHORT_DESCRIPTION,
    author: { name: author },
    homepage,
    repository: repository.url.replace(/^git\+|\.git$/g, ''),
    license,
    keywords,
  }
}

/** Claude Code and Codex install the plugin from npm, because the repository does not contain the build. */
function marketplace(): string {
  return jsonText({
    name: manifest.name,
    owner: { name: manifest.author },
    plugins: [{ ...about(), source: { source: 'npm', package: manifest.name } }],
  })
}

/** The prompt as a skill, which a client uses by itself when the description fits the request. */
function skill(): string {
  return `---
name: implement
description: Implements a written plan (${dialects.map(({ title }) => title).join(', ')}) test first with the redgreen tools. Use it when the user asks to implement, continue or finish a plan, a feature, a spec, a track or its next task.
---

${implement.text(undefined)}
`
}
