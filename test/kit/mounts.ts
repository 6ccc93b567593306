import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Only root on Linux can mount a small disk. */
export function canMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && mounts()
}

/** Mounts a small disk on a folder. Returns a function that unmounts it. */
export function mounted(folder: string, options: string): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  return () => execFileSync('umount', ['-l', folder])
}

function mounts(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}
