import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Command } from './contestant.ts'

/** Counts how often a server and its children wait for the disk. */
export interface SyncCounter {
  /** The command, run below `strace`. */
  traced: (command: Command) => Command
  /** The calls of `fsync` and `fdatasync` so far. */
  count: () => number
  remove: () => void
}

/** `undefined` if the machine has no `strace`, or does not let it trace. */
export function openSyncCounter(): SyncCounter | undefined {
  const { status } = spawnSync('strace', ['-f', '-e', 'trace=fsync', 'true'])
  if (status !== 0) return undefined
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-load-'))
  const output = path.join(folder, 'syncs')
  const options = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-e', 'signal=none', '-o', output]
  return {
    traced: ({ command, args, ...rest }) => ({
      ...rest,
      command: 'strace',
      args: [...options, command, ...args],
    }),
    // Two lines for a call that another thread interrupts.
    count: () => readFileSync(output, 'utf8').match(/ f(?:data)?sync\(/g)?.length ?? 0,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
