import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes files, by path relative to the root, with their folders. */
export function writeFiles(root: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
}
