import { build } from 'esbuild'
import path from 'node:path'

/** Bundles a file of the tests, so that a thread or a process of its own can run it. */
export async function bundled(entry: string): Promise<string> {
  const name = entry.replaceAll(/\W+/g, '-')
  const outfile = path.resolve('node_modules/.cache/redgreen', `${name}-${process.pid}.mjs`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  })
  return outfile
}
