// Bundles and runs a TypeScript script: `node scripts/run.mjs scripts/demo/main.ts [arguments]`.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [, , script] = process.argv
if (!script) throw new Error('Usage: node scripts/run.mjs SCRIPT [ARGUMENTS]')

const outfile = path.resolve('node_modules/.cache/redgreen', script.replace(/\W+/g, '-') + '.mjs')
await mkdir(path.dirname(outfile), { recursive: true })
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
})
process.argv.splice(1, 2, outfile)
await import(pathToFileURL(outfile).href)
