import { settingsSchema } from '../../src/store/settings.ts'
import { attacksPage } from './attacks-page.ts'
import { toolsPage } from './tools-page.ts'

/** Every generated file with its text. `npm run docs` writes them; a test fails when one is outdated. */
export function generatedPages(): Record<string, string> {
  return {
    'docs/attacks.md': attacksPage(),
    'docs/tools.md': toolsPage(),
    'schema/redgreen.config.schema.json': `${JSON.stringify(settingsSchema(), null, 2)}\n`,
  }
}
