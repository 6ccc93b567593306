import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Folders of npm packages: one that `REDGREEN_RUNNERS` names for runners that we do not depend on, and our own. */
const FOLDERS = [process.env['REDGREEN_RUNNERS'] ?? '', 'node_modules']

/** `REDGREEN_SLOW=1` plays in full what takes minutes, such as everything that starts a Java machine for each run. */
export const isThorough = (process.env['REDGREEN_SLOW'] ?? '') !== ''

/** The first folder of packages that has this one. */
export function modulesWith(name: string): string | undefined {
  const folder = FOLDERS.find(folder => folder !== '' && existsSync(path.join(folder, name)))
  return folder && path.resolve(folder)
}
