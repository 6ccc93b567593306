import { writeFileSync } from 'node:fs'
import { settingsSchema } from '../src/store/settings.ts'
import { requirementsPage } from './requirements/page.ts'
import { toolsPage } from './tools-page.ts'

// Writes what is generated from the code. A test fails when one of these files is behind.
writeFileSync('docs/tools.md', toolsPage())
writeFileSync('docs/requirements.md', requirementsPage())
writeFileSync(
  'schema/redgreen.config.schema.json',
  `${JSON.stringify(settingsSchema(), null, 2)}\n`,
)
