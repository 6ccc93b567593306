import manifest from '../../package.json' with { type: 'json' }
import { jsonText } from './json-text.ts'

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'

/** The registry accepts at most 100 characters. */
export const SHORT_DESCRIPTION =
  'Implement a written plan test first: the server runs the tests itself and ticks only proven tasks.'

/** `server.json`, the entry of this package in the MCP registry. */
export function serverJson(): string {
  const { name, version, mcpName, homepage, repository } = manifest
  return jsonText({
    $schema: SCHEMA,
    name: mcpName,
    title: 'redgreen',
    description: SHORT_DESCRIPTION,
    version,
    websiteUrl: homepage,
    repository: { url: repository.url.replace(/^git\+|\.git$/g, ''), source: 'github' },
    packages: [
      {
        registryType: 'npm',
        registryBaseUrl: 'https://registry.npmjs.org',
        identifier: name,
        version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
      },
    ],
  })
}
