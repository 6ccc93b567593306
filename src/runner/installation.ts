import { realpathSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** How this program was installed, which decides the command that starts it again. */
export interface Installation {
  /** `package`: npm can find it by its name. `folder`: only its path is known, as in a clone. */
  kind: 'package' | 'folder'
  /** Absolute path of the program. */
  program: string
  /** Absolute path of Node, and of `npx` beside it. */
  node: string
  npx: string
}

export const PACKAGE = 'redgreen-mcp'

/** Folders that npm adds to the search path for one run. */
export const TEMPORARY = /node_modules[\\/]\.bin|node-gyp-bin|[\\/]_npx[\\/]/

/** How npm runs this program, if the program's path shows that npm installed it. */
export function installationOf(program: string, node: string, npx: string): Installation {
  const parts = program.split(/[\\/]/)
  const at = parts.lastIndexOf('node_modules')
  const kind = at >= 0 && parts[at + 1] === PACKAGE ? 'package' : 'folder'
  return { kind, program, node, npx }
}

/** The installation of the running program. */
export function currentInstallation(): Installation {
  const { argv, execPath } = process
  const npx = path.join(path.dirname(execPath), 'npx')
  return installationOf(realpathSync(argv[1] ?? execPath), execPath, npx)
}
