import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A small disk of its own can be had by root on Linux only. */
export function canMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && mounts()
}

/** Puts a small disk in the place of a folder; what it returns takes it away again. */
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
