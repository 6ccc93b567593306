import manifest from '../../package.json' with { type: 'json' }
import { tools } from '../../src/tools/index.ts'
import { SHORT_DESCRIPTION } from './server-json.ts'

/** `manifest.json` of the `.mcpb` bundle. Claude Desktop has no project, so it asks for the folder. */
export function bundleManifest(): object {
  const { name, version, description, author, homepage, license, keywords, bugs, engines } =
    manifest
  return {
    manifest_version: '0.3',
    name,
    display_name: 'redgreen',
    version,
    description: SHORT_DESCRIPTION,
    long_description: description,
    author: { name: author },
    homepage,
    documentation: homepage,
    support: bugs,
    license,
    keywords,
    server: {
      type: 'node',
      entry_point: 'dist/cli.js',
      mcp_config: {
        command: 'node',
        args: ['${__dirname}/dist/cli.js', '--root', '${user_config.project}'],
      },
    },
    tools: tools.map(({ name, title }) => ({ name, description: title })),
    user_config: {
      project: {
        type: 'directory',
        title: 'Project folder',
        description: 'The folder of the project whose plan is implemented.',
        required: true,
      },
    },
    compatibility: { runtimes: { node: engines.node } },
  }
}
