import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Level } from '../clients/client.ts'
import type { Installation } from '../../runner/installation.ts'

/** The entry file of `redgreen hook`, beside the program. */
const HOOK_FILE = 'hook.js'

const INSTALLED = `node_modules/redgreen-mcp/dist/${HOOK_FILE}`

/** The command line that a client runs for its hooks. Node starts the entry file itself, because npx would take far longer. */
export function hookCommand(
  flag: string,
  level: Level,
  root: string,
  { kind, program }: Installation,
): string {
  if (kind === 'package' && level === 'project' && existsSync(path.join(root, INSTALLED))) {
    const folder = flag === 'claude-code' ? '"$CLAUDE_PROJECT_DIR"/' : ''
    return `node ${folder}${INSTALLED} --client ${flag}`
  }
  // The cache of npx may be cleared at any time.
  if (isCached(program)) return `npx -y redgreen-mcp hook --client ${flag}`
  return `node "${path.join(path.dirname(program), HOOK_FILE)}" --client ${flag}`
}

function isCached(program: string): boolean {
  return program.split(/[\\/]/).includes('_npx')
}
