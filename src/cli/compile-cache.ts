import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { userFolder } from '../store/user-folder.ts'
import type { CompiledCode } from './compiled-code.ts'
import { isOnlyWritableByUser } from './own-status.ts'

/**
 * Uses the compiled code of earlier servers of this build, which is in the user's own folder. Not if somebody else could have written it,
 * nor if the program belongs to another user: then a program that may write in the folder could run other code than is installed. Returns
 * what keeps the code of this server, to be called after an answer.
 */
export function useCompiledCode(code: CompiledCode): () => void {
  const user = userFolder()
  if (user === undefined || !isWritable(fileURLToPath(import.meta.url))) return () => undefined
  const builds = path.join(user, 'compile-cache')
  const folder = path.join(builds, code.build.slice(0, NAME_LENGTH))
  if (!mayBeOurs(builds) || !mayBeOurs(folder)) return () => undefined
  code.use(folder)
  let isKept = false
  return () => {
    if (isKept) return
    isKept = true
    setTimeout(() => void keepCode(code, builds), IDLE_MS).unref()
  }
}

/** Now, and at the end that of files which later calls needed. If that fails, the next start takes longer. */
async function keepCode(code: CompiledCode, builds: string): Promise<void> {
  try {
    const { writeFile } = await import('../store/files.ts')
    const { removeOldFolders } = await import('../store/old-folders.ts')
    code.keep(writeFile)
    process.once('exit', () => {
      try {
        code.keep(writeFile)
      } catch {
        // See above.
      }
    })
    removeOldFolders(builds, MAX_BUILDS)
  } catch {
    // The program may have been replaced by a new installation meanwhile.
  }
}

/** Whether nobody but this user can write here, or there is nothing yet. */
function mayBeOurs(folder: string): boolean {
  const status = statSync(folder, { throwIfNoEntry: false })
  return !status || isOnlyWritableByUser(status)
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Characters of a build's hash that name its folder. */
const NAME_LENGTH = 16

/** The code of this many builds is kept. */
const MAX_BUILDS = 3

/** Time for the first answer to be written, in milliseconds: the next call of a model comes later. */
const IDLE_MS = 500
