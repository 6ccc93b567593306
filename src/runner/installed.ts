import { existsSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { textOfFile } from './text-file.ts'
import { parseJson } from '../plan/parse-json.ts'

/** An npm package in the nearest `node_modules`. */
export interface InstalledPackage {
  version: string
  /** Absolute path of the file behind its command. It is run directly, because a `.cmd` shim would need a shell. */
  entry: string
}

/** Looks for a package in the folder and in every folder above it, as Node does. */
export function findInstalled(
  folder: string,
  name: string,
  bin = name,
): InstalledPackage | undefined {
  const packageFolder = path.join(folder, 'node_modules', name)
  if (existsSync(path.join(packageFolder, 'package.json'))) return readInstalled(packageFolder, bin)
  const parent = path.dirname(folder)
  return parent === folder ? undefined : findInstalled(parent, name, bin)
}

function readInstalled(packageFolder: string, bin: string): InstalledPackage | undefined {
  const read = manifest.safeParse(parseJson(textOfFile(path.join(packageFolder, 'package.json'))))
  if (!read.success) return undefined
  const entry = typeof read.data.bin === 'string' ? read.data.bin : read.data.bin[bin]
  if (entry === undefined) return undefined
  return { version: read.data.version, entry: path.join(packageFolder, entry) }
}

const manifest = z.object({
  version: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]),
})
