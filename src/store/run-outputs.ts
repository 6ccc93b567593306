import path from 'node:path'
import * as z from 'zod'
import { writeFile } from './files.ts'
import { readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import type { State } from './state.ts'

/** Data files that test runs of this workspace were seen to write: relative paths. */
export function runOutputs(state: State): ReadonlySet<string> {
  const known = outputsSchema.safeParse(parseJson(readBytes(fileOf(state))?.toString('utf8') ?? ''))
  return new Set(known.success ? known.data : [])
}

/** Adds files to those that test runs write. */
export function addRunOutputs(state: State, files: readonly string[]): void {
  const known = runOutputs(state)
  const all = new Set([...known, ...files])
  if (all.size === known.size) return
  writeFile(fileOf(state), `${JSON.stringify([...all].sort())}\n`)
}

const outputsSchema = z.array(z.string())

function fileOf({ local }: State): string {
  return path.join(local, 'run-outputs.json')
}
