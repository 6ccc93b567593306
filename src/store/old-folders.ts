import path from 'node:path'
import { removeEmptyFolder } from './disk.ts'
import { removeFile } from './files.ts'
import { linkStatOf, namesIn } from './read-file.ts'

/** Removes a folder with all that is in it. It follows no link. */
function removeFolder(folder: string): void {
  for (const name of namesIn(folder)) {
    const place = path.join(folder, name)
    if (linkStatOf(place)?.isDirectory()) removeFolder(place)
    else removeFile(place)
  }
  removeEmptyFolder(folder)
}

/** Removes the folders in a folder, except for those that were changed last. */
export function removeOldFolders(above: string, most: number): void {
  const folders = namesIn(above).flatMap(name => {
    const status = linkStatOf(path.join(above, name))
    return status?.isDirectory() ? [{ name, changed: status.mtimeMs }] : []
  })
  const old = folders.toSorted((a, b) => b.changed - a.changed).slice(most)
  for (const { name } of old) removeFolder(path.join(above, name))
}
