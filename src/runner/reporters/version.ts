import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fieldOf } from './writer.ts'

/** The version of the program that runs in this process, from the nearest package.json above its file; empty if there is none. */
export function runningProgramVersion(file = realpathSync(process.argv[1] ?? '.')): string {
  const folder = path.dirname(file)
  if (folder === file) return ''
  const manifest = path.join(folder, 'package.json')
  const version = existsSync(manifest) ? versionIn(manifest) : undefined
  return version ?? runningProgramVersion(folder)
}

function versionIn(manifest: string): string | undefined {
  const version = fieldOf(JSON.parse(readFileSync(manifest, 'utf8')), 'version')
  return typeof version === 'string' ? version : undefined
}
