import { chmodSync, lstatSync, realpathSync, rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { inside, putFile } from './files.ts'

/**
 * Writes other text to a source file of a checkout, or removes it. Returns false, and writes nothing, if the path does not lead to
 * a file inside the checkout: a link could lead into the workspace.
 *
 * @param version differs for each text of the file: Python recognizes a changed file by its size and its time in seconds only
 */
export function replaceSource(
  root: string,
  file: string,
  text: string | undefined,
  version: number,
): boolean {
  const place = inside(root, file)
  if (!isInside(root, path.dirname(place))) return false
  const stat = lstatSync(place, { throwIfNoEntry: false })
  if (stat && !stat.isFile()) return false
  // A new file: the old one may have another name, outside of the checkout.
  rmSync(place, { force: true })
  if (text === undefined) return true
  putFile(place, Buffer.from(text))
  if (stat) chmodSync(place, stat.mode & 0o777)
  if (file.endsWith('.py')) utimesSync(place, version, version)
  return true
}

function isInside(root: string, folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (!stat) return false
  const relative = path.relative(realpathSync(root), realpathSync(folder))
  return !relative.startsWith('..') && !path.isAbsolute(relative)
}
