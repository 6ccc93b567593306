import { readdirSync, realpathSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

/**
 * A new folder of our own in the system's temporary folder. Its name says which process it belongs to; what others left
 * behind that were killed is taken away.
 */
export async function openTemporary(purpose: 'report' | 'scratch'): Promise<string> {
  const place = realpathSync(tmpdir())
  sweep(place)
  return mkdtemp(path.join(place, `redgreen-${purpose}-${process.pid}-`))
}

function sweep(place: string): void {
  for (const name of readdirSync(place)) {
    const [, pid] = /^redgreen-(?:report|scratch)-(\d+)-/.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(path.join(place, name), { recursive: true, force: true })
    } catch {
      // Another user's, or being swept by somebody else at this moment: no reason to run no tests.
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
