import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

/** A folder that is used by one run only. */
export interface TemporaryFolder {
  path: string
  remove(): void
}

/**
 * Creates a folder in the system's temporary folder. Its name contains the id of this process, so that folders of processes
 * that were killed can be recognized; the first call deletes them.
 */
export function createTemporaryFolder(
  purpose: 'report' | 'checkout' | 'app' | 'canary',
): TemporaryFolder {
  const parent = realpathSync(tmpdir())
  // Once, because this folder may have thousands of entries, and each run needs a folder.
  if (!CLEANED.has(parent)) removeLeftFolders(parent)
  CLEANED.add(parent)
  const folder = mkdtempSync(path.join(parent, `redgreen-${purpose}-${process.pid}-`))
  return {
    path: folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** The temporary folders that this process has looked through. */
const CLEANED = new Set<string>()

function removeLeftFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^redgreen-(?:report|checkout|app|canary)-(\d+)-/.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true })
    } catch {
      // The folder belongs to another user, or another process is deleting it. That must not prevent a run.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
