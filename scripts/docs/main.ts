import { writeFileSync } from 'node:fs'
import { settingsSchema } from '../../src/store/settings.ts'
import { attacksPage } from './attacks-page.ts'
import { toolsPage } from './tools-page.ts'

// Writes the pages that are generated from the code. A test fails when one of them is outdated.
writeFileSync('docs/tools.md', toolsPage())
writeFileSync('docs/attacks.md', attacksPage())
writeFileSync(
  'schema/redgreen.config.schema.json',
  `${JSON.stringify(settingsSchema(), null, 2)}\n`,
)
