import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built reporter for a framework. */
export function reporterPath(name: string, ending = 'js'): string {
  return path.join(packageRoot(), 'dist', 'reporters', `${name}.${ending}`)
}

/** The folder of our own package: we run from the bundle or, in our own tests, from the sources. */
export function packageRoot(folder = path.dirname(fileURLToPath(import.meta.url))): string {
  const manifest = path.join(folder, 'package.json')
  if (existsSync(manifest) && /"name"\s*:\s*"redgreen-mcp"/.test(readFileSync(manifest, 'utf8')))
    return folder
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('The folder of redgreen-mcp was not found above its code.')
  return packageRoot(parent)
}
