import { existsSync } from 'node:fs'
import path from 'node:path'
import { PACKAGE, type Installation } from '../../runner/installation.ts'
import { disk } from '../../store/disk.ts'
import type { Level } from '../clients/client.ts'

/** The entry file of `redgreen hook`, beside the program. */
const HOOK_FILE = 'hook.cjs'

const INSTALLED = `node_modules/redgreen-mcp/dist/${HOOK_FILE}`

/** The command line that a client runs for its hooks. Node starts the entry file itself, because npx would take far longer. */
export function hookCommand(
  flag: string,
  level: Level,
  root: string,
  installation: Installation,
): string {
  if (usesInstalled(level, root, installation)) {
    const folder = flag === 'claude-code' ? '"$CLAUDE_PROJECT_DIR"/' : ''
    return `node ${folder}${INSTALLED} --client ${flag}`
  }
  // The cache of npx may be cleared at any time.
  if (isCached(installation)) return `npx -y ${PACKAGE} hook --client ${flag}`
  return `node "${besideProgram(installation)}" --client ${flag}`
}

/**
 * The same as a program and its arguments, for a start in any folder; `undefined` if the command names a file in the project that is
 * not part of the running program.
 */
export function hookStart(
  flag: string,
  level: Level,
  root: string,
  installation: Installation,
): [string, ...string[]] | undefined {
  const file = besideProgram(installation)
  if (usesInstalled(level, root, installation)) {
    const isOwn = existsSync(file) && disk.real(path.join(root, INSTALLED)) === disk.real(file)
    if (!isOwn) return undefined
  } else if (isCached(installation)) return ['npx', '-y', PACKAGE, 'hook', '--client', flag]
  return ['node', file, '--client', flag]
}

/** A project that has the program itself needs no path of this machine in its files. */
function usesInstalled(level: Level, root: string, { kind }: Installation): boolean {
  return kind === 'package' && level === 'project' && existsSync(path.join(root, INSTALLED))
}

function besideProgram({ program }: Installation): string {
  return path.join(path.dirname(program), HOOK_FILE)
}

function isCached({ program }: Installation): boolean {
  return program.split(/[\\/]/).includes('_npx')
}
