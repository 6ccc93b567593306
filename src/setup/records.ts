import path from 'node:path'
import * as z from 'zod'
import { sha256 } from '../evidence/chain.ts'
import { codeOf } from '../store/disk.ts'
import { removeFile, writeFile } from '../store/files.ts'
import { readBytes } from '../store/read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import { userFolder } from '../store/user-folder.ts'
import type { FileChange } from './text/undo.ts'

/**
 * What the set-up changed in each file, kept with the user's state, so that `--remove` restores the original bytes. Without a record the
 * entry is removed by its place in the file.
 */
const changes = z.array(
  z.object({
    created: z.boolean(),
    at: z.int(),
    removed: z.string(),
    inserted: z.string(),
    folders: z.array(z.string()).optional(),
  }),
)

/** The changes of a file, oldest first. */
export function recordedChanges(file: string): FileChange[] {
  const record = recordOf(file)
  const text = record === undefined ? undefined : readBytes(record)?.toString('utf8')
  return text === undefined ? [] : (changes.safeParse(parseJson(text)).data ?? [])
}

/** Keeps these changes of a file; none removes the record. It does nothing if the user's state cannot be written. */
export function recordChanges(file: string, list: readonly FileChange[]): void {
  const record = recordOf(file)
  if (record === undefined) return
  try {
    if (list.length === 0) removeFile(record)
    else writeFile(record, JSON.stringify(list))
  } catch (error) {
    if (codeOf(error) === undefined) throw error
  }
}

function recordOf(file: string): string | undefined {
  const folder = userFolder()
  return folder && path.join(folder, 'setup', `${sha256(file).slice(0, 32)}.json`)
}
