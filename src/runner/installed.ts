import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

/** A package in the nearest `node_modules`. */
export interface Installed {
  version: string
  /** Absolute path of the JavaScript file behind its command: a `.cmd` shim would need a shell. */
  entry: string
}

/** Looks in the folder and above it, as Node does. */
export function findInstalled(folder: string, name: string, bin = name): Installed | undefined {
  const home = path.join(folder, 'node_modules', name)
  if (existsSync(path.join(home, 'package.json'))) return readInstalled(home, bin)
  const parent = path.dirname(folder)
  return parent === folder ? undefined : findInstalled(parent, name, bin)
}

function readInstalled(home: string, bin: string): Installed | undefined {
  const read = manifest.safeParse(parse(readFileSync(path.join(home, 'package.json'), 'utf8')))
  if (!read.success) return undefined
  const entry = typeof read.data.bin === 'string' ? read.data.bin : read.data.bin[bin]
  if (entry === undefined) return undefined
  return { version: read.data.version, entry: path.join(home, entry) }
}

const manifest = z.object({
  version: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]),
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
