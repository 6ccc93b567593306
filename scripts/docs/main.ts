import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generatedPages } from './pages.ts'

// Writes the pages that are generated from the code. A test fails when one of them is outdated.
for (const [file, text] of Object.entries(generatedPages())) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
