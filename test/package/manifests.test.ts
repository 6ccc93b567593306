import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import manifest from '../../package.json' with { type: 'json' }
import release from '../../release-please-config.json' with { type: 'json' }
import { bundleManifest } from '../../scripts/package/bundle-manifest.ts'
import { serverJson } from '../../scripts/package/server-json.ts'
import type { Client } from '../../src/setup/clients/client.ts'
import { cursor } from '../../src/setup/clients/cursor.ts'
import { vscode } from '../../src/setup/clients/vscode.ts'
import { launchFor } from '../../src/setup/launch.ts'

describe('package.json', () => {
  it('has no dependencies, because the build bundles them', () => {
    expect(Object.keys(manifest)).not.toContain('dependencies')
  })
})

/** The rules of the registry's schema for a package on npm. */
const registered = z.strictObject({
  $schema: z.literal(
    'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  ),
  name: z.string().regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  websiteUrl: z.url(),
  repository: z.strictObject({ url: z.url(), source: z.literal('github') }),
  packages: z.array(
    z.strictObject({
      registryType: z.literal('npm'),
      registryBaseUrl: z.url(),
      identifier: z.literal(manifest.name),
      version: z.literal(manifest.version),
      runtimeHint: z.literal('npx'),
      transport: z.strictObject({ type: z.literal('stdio') }),
    }),
  ),
})

describe('server.json', () => {
  it("follows the registry's schema and has the name that the npm package confirms", () => {
    const server = registered.parse(JSON.parse(serverJson()))
    expect(server.name).toBe(manifest.mcpName)
    // The registry gives a name only to the owner of the repository.
    const owner = new URL(server.repository.url).pathname.split('/')[1]
    expect(server.name.split('/')[0]).toBe(`io.github.${owner}`)
  })
})

const versioned = z.union([
  z.string(),
  z.object({ type: z.literal('json'), path: z.string(), jsonpath: z.string() }),
])

describe('the version', () => {
  const files = release.packages['.']['extra-files'].map(entry => versioned.parse(entry))

  it('is the same in every file that a release changes', () => {
    for (const file of files) {
      const found =
        typeof file === 'string'
          ? [
              ...readFileSync(file, 'utf8').matchAll(/(\d+\.\d+\.\d+).*x-release-please-version/g),
            ].map(([, version]) => version)
          : [valueAt(JSON.parse(readFileSync(file.path, 'utf8')), file.jsonpath)]
      expect({ file, found: [...new Set(found)] }).toEqual({ file, found: [manifest.version] })
    }
  })

  it('is changed by a release in every generated manifest that has one', () => {
    const paths = files.map(file =>
      typeof file === 'string' ? file : `${file.path} ${file.jsonpath}`,
    )
    expect(paths).toEqual(
      expect.arrayContaining(['server.json $.version', 'server.json $.packages[0].version']),
    )
    expect(bundleManifest()).toMatchObject({ version: manifest.version })
  })
})

/** The value at a path such as `$.packages[0].version`. */
function valueAt(value: unknown, jsonpath: string): unknown {
  const keys = jsonpath
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter(key => key !== '')
  return keys.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value)
}

describe('the install links of the README', () => {
  const readme = readFileSync('README.md', 'utf8')
  const configOf = (start: string) => {
    const link = readme.split('(').find(part => part.startsWith(start)) ?? ''
    const url = new URL(link.slice(0, link.indexOf(')')))
    const config = url.searchParams.get('config') ?? ''
    expect(url.search).toBe(`?name=redgreen&config=${encodeURIComponent(config)}`)
    return config
  }

  it.each([
    ['Cursor', cursor, 'mcpServers', () => atob(configOf('https://cursor.com/en/install-mcp?'))],
    ['VS Code', vscode, 'servers', () => configOf('https://vscode.dev/redirect/mcp/install?')],
  ])('add to %s what `init --user` writes', (_title, client, key, config) => {
    expect(JSON.parse(config())).toEqual(entryOf(client, key))
  })
})

/** The entry of an installed package in the user's configuration. */
function entryOf(client: Client, key: string): unknown {
  const machine = { platform: 'linux', home: '/home/user', variable: () => undefined } as const
  const installation = { kind: 'package', program: '', node: 'node', npx: 'npx' } as const
  const launch = launchFor(client, 'user', '/project', installation, machine)
  return valueAt(JSON.parse(client.format.set('', launch)), `$.${key}.redgreen`)
}

describe('the package', () => {
  it('contains every file that package.json names', () => {
    const names = manifest.files.filter(name => !name.startsWith('!') && name !== 'dist')
    expect(names.filter(name => !existsSync(name))).toEqual([])
  })
})
