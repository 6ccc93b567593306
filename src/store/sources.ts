import { isUtf8 } from 'node:buffer'
import { readBytes } from './files.ts'
import { absolute, contain, Outside, type Workspace } from './workspace.ts'

/** The texts of source files (relative paths), without those that are too big or no text; bounded in all. */
export function readSources(
  workspace: Workspace,
  paths: readonly string[],
): { path: string; text: string }[] {
  let left = MOST_BYTES
  return paths.flatMap(path => {
    const bytes = left > 0 ? bytesOf(workspace, path) : undefined
    if (!bytes || bytes.length > LARGEST || bytes.includes(0) || !isUtf8(bytes)) return []
    left -= bytes.length
    return [{ path, text: bytes.toString('utf8') }]
  })
}

/** What nobody writes by hand is larger. */
const LARGEST = 512 * 1024
const MOST_BYTES = 64 * 1024 * 1024

/** A link that leads out of the workspace is not followed. */
function bytesOf(workspace: Workspace, path: string): Buffer | undefined {
  try {
    return readBytes(absolute(workspace, contain(workspace, path)))
  } catch (error) {
    if (error instanceof Outside) return undefined
    throw error
  }
}
