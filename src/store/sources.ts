import { isUtf8 } from 'node:buffer'
import { readBytes } from './read-file.ts'
import { absolute, contain, Outside, type Workspace } from './workspace.ts'

/** The texts of source files by relative path. Large and binary files are left out, and the total size is limited. */
export function readSources(
  workspace: Workspace,
  paths: readonly string[],
): { path: string; text: string }[] {
  let left = MAX_BYTES
  return paths.flatMap(path => {
    const bytes = left > 0 ? bytesOf(workspace, path) : undefined
    if (!bytes || bytes.length > MAX_FILE_BYTES || bytes.includes(0) || !isUtf8(bytes)) return []
    left -= bytes.length
    return [{ path, text: bytes.toString('utf8') }]
  })
}

/** A larger file is assumed to be generated. */
const MAX_FILE_BYTES = 512 * 1024
const MAX_BYTES = 64 * 1024 * 1024

/** Links out of the workspace are not followed. */
function bytesOf(workspace: Workspace, path: string): Buffer | undefined {
  try {
    return readBytes(absolute(workspace, contain(workspace, path)))
  } catch (error) {
    if (error instanceof Outside) return undefined
    throw error
  }
}
