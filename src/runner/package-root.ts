import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Path of the built reporter for a framework. */
export function reporterPath(name: string, extension = 'js'): string {
  return path.join(packageRoot(), 'dist', 'reporters', `${name}.${extension}`)
}

/** The folder of the redgreen-mcp package. This code runs from the bundle or, in its own tests, from the sources. */
export function packageRoot(folder = path.dirname(fileURLToPath(import.meta.url))): string {
  const manifest = path.join(folder, 'package.json')
  if (existsSync(manifest) && /"name"\s*:\s*"redgreen-mcp"/.test(readFileSync(manifest, 'utf8')))
    return folder
  const parent = path.dirname(folder)
  if (parent === folder)
    throw new Error('No package.json of redgreen-mcp was found above its code. Install it again.')
  return packageRoot(parent)
}
