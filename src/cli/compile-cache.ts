import { accessSync, constants } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { userFolder } from '../store/user-folder.ts'

/**
 * Lets Node keep the compiled code of this program between starts, in the user's own folder. Node 22.1 and later can do that. Not if the program
 * belongs to another user: then a program that may write in the folder could run other code than is installed.
 */
export function keepCompiledCode(): void {
  const folder = userFolder()
  if (folder === undefined || !isWritable(fileURLToPath(import.meta.url)) || !canKeep(module))
    return
  module.enableCompileCache(path.join(folder, 'compile-cache'))
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Node 20, for which this program is compiled, does not have the function. */
function canKeep(of: object): of is { enableCompileCache: (folder: string) => unknown } {
  return 'enableCompileCache' in of
}
