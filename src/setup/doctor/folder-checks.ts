import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { networkFileSystem } from '../../store/network-file-system.ts'
import { userFolder } from '../../store/user-folder.ts'
import type { DiagnosisResult } from '../../workflow/diagnosis/result.ts'

/** Checks that the server can write where it has to, and on which kind of disk. */
export function checkFolders(root: string): DiagnosisResult[] {
  const own = userFolder()
  const folders = [root, path.join(root, '.redgreen'), ...(own === undefined ? [] : [own])]
  const refused = [...new Set(folders.map(nearestFolder))].filter(folder => !isWritable(folder))
  return [
    ...(refused.length === 0 ? [WRITABLE] : refused.map(notWritable)),
    ...(own === undefined ? [NO_USER_FOLDER] : []),
    disk(root),
  ]
}

const WRITABLE = { name: 'permissions', ok: true, found: 'the folders can be written' }

const NO_USER_FOLDER = {
  name: 'permissions',
  ok: false,
  found: 'the system names no home folder, so the server cannot keep its secret',
  remedy: 'Set HOME or XDG_STATE_HOME.',
}

function notWritable(folder: string): DiagnosisResult {
  const found = `${folder} cannot be written`
  return { name: 'permissions', ok: false, found, remedy: `Give your user the right to write it.` }
}

function disk(root: string): DiagnosisResult {
  const kind = networkFileSystem(root)
  if (kind === undefined) return { name: 'disk', ok: true, found: 'no known network disk' }
  const found = `the workspace is on a network disk (${kind}). Locks and new files of others appear late there.`
  return { name: 'disk', ok: false, found, remedy: 'Clone the project on a local disk.' }
}

/** The folder, or the nearest one above it that exists: there the folder would be created. */
function nearestFolder(folder: string): string {
  const above = path.dirname(folder)
  return existsSync(folder) || above === folder ? folder : nearestFolder(above)
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
