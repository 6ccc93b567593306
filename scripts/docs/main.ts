import { writeFileSync } from 'node:fs'
import { generatedPages } from './pages.ts'

// Writes the pages that are generated from the code. A test fails when one of them is outdated.
for (const [file, text] of Object.entries(generatedPages())) writeFileSync(file, text)
