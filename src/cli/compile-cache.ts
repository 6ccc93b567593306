import module from 'node:module'
import path from 'node:path'
import { userFolder } from '../store/user-folder.ts'

/** Lets Node keep the compiled code of this program between starts, in the user's own folder. Node 22.1 and later can do that. */
export function keepCompiledCode(): void {
  const folder = userFolder()
  if (folder === undefined || !canKeep(module)) return
  module.enableCompileCache(path.join(folder, 'compile-cache'))
}

/** Node 20, for which this program is compiled, does not have the function. */
function canKeep(of: object): of is { enableCompileCache: (folder: string) => unknown } {
  return 'enableCompileCache' in of
}
