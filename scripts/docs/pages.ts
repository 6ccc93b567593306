import { settingsSchema } from '../../src/store/settings.ts'
import { jsonText } from '../package/json-text.ts'
import { pluginFiles } from '../package/plugins.ts'
import { serverJson } from '../package/server-json.ts'
import { attacksPage } from './attacks-page.ts'
import { cliPage } from './cli-page.ts'
import { configurationPage } from './configuration-page.ts'
import { toolsPage } from './tools-page.ts'
import { troubleshootingPage } from './troubleshooting-page.ts'

/** Every generated file with its text. `npm run docs` writes them; a test fails when one is outdated. */
export function generatedPages(): Record<string, string> {
  return {
    'docs/attacks.md': attacksPage(),
    'docs/cli.md': cliPage(),
    'docs/configuration.md': configurationPage(),
    'docs/tools.md': toolsPage(),
    'docs/troubleshooting.md': troubleshootingPage(),
    'schema/redgreen.config.schema.json': jsonText(settingsSchema()),
    'server.json': serverJson(),
    ...pluginFiles(),
  }
}
