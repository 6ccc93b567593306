import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { esmBanner, programOptions } from '../bundle-options.mjs'

const OUTPUT = path.resolve('node_modules/.cache/redgreen/floors')

/** Bundles the servers that do the least, as this project's own program is bundled; returns their paths. */
export async function buildFloors(): Promise<{ bare: string; lockedFile: string }> {
  mkdirSync(OUTPUT, { recursive: true })
  // One build for each, because together they would share chunks that a single server would not load.
  for (const name of ['bare', 'locked-file'])
    await build({
      ...programOptions,
      banner: esmBanner,
      entryPoints: [`scripts/bench/floors/${name}.ts`],
      outdir: path.join(OUTPUT, name),
      outExtension: { '.js': '.mjs' },
    })
  return {
    bare: path.join(OUTPUT, 'bare/bare.mjs'),
    lockedFile: path.join(OUTPUT, 'locked-file/locked-file.mjs'),
  }
}
