import { readFileSync, writeFileSync } from 'node:fs'
import { settingsSchema } from '../../src/store/settings.ts'
import { withCheats } from './attacks-table.ts'
import { requirementsPage } from '../requirements/page.ts'
import { toolsPage } from './tools-page.ts'

// Writes what is generated from the code. A test fails when one of these files is behind.
writeFileSync('docs/tools.md', toolsPage())
writeFileSync('docs/requirements.md', requirementsPage())
writeFileSync('README.md', withCheats(readFileSync('README.md', 'utf8')))
writeFileSync(
  'schema/redgreen.config.schema.json',
  `${JSON.stringify(settingsSchema(), null, 2)}\n`,
)
