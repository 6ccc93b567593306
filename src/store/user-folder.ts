import path from 'node:path'
import process from 'node:process'
import { homeFolder } from './home-folder.ts'

/** Where programs keep what belongs to the user and to no project; `undefined` if the system names no such folder. */
export function userFolder(): string | undefined {
  const { env } = process
  const home = env['XDG_STATE_HOME'] ?? env['LOCALAPPDATA']
  if (home !== undefined && path.isAbsolute(home)) return path.join(home, 'redgreen')
  const own = homeFolder()
  return own === undefined ? undefined : path.join(own, '.local', 'state', 'redgreen')
}
