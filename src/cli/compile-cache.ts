import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { userFolder } from '../store/user-folder.ts'
import type { CompiledCode } from './compiled-code.ts'

/**
 * Uses the compiled code of earlier servers, which is in the user's own folder. Not if the program belongs to another user: then a program that may
 * write in the folder could run other code than is installed. Returns what keeps the code of this server, to be called after its first answer.
 */
export function useCompiledCode(code: CompiledCode): () => void {
  const folder = userFolder()
  if (folder === undefined || !isWritable(fileURLToPath(import.meta.url))) return () => undefined
  code.use(path.join(folder, 'compile-cache'))
  let isKept = false
  return () => {
    if (isKept) return
    isKept = true
    setTimeout(() => void keepCode(code), IDLE_MS).unref()
  }
}

/** Now, and at the end that of files which later calls needed. */
async function keepCode(code: CompiledCode): Promise<void> {
  const { writeFile } = await import('../store/files.ts')
  const keep = () => {
    try {
      code.keep(writeFile)
    } catch {
      // The next start takes longer.
    }
  }
  keep()
  process.once('exit', keep)
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Time for the first answer to be written, in milliseconds: the next call of a model comes later. */
const IDLE_MS = 500
