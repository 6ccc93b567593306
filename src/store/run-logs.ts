import { statSync } from 'node:fs'
import path from 'node:path'
import { withoutLinks } from './disk.ts'
import { namesIn, removeFile } from './files.ts'
import type { State } from './state.ts'

/** How many logs of runs are kept at most, how many bytes in total, and how many of the newest in any case. */
const MOST_LOGS = 200
const MOST_BYTES = 256 * 1024 * 1024
const ALWAYS = 10

/** Absolute path of the log of a run. */
export function runLogFile(state: State, run: string): string {
  return withoutLinks(path.join(folderOf(state), `${run}.log`))
}

/** Removes the oldest logs. The records of their runs stay in the ledger. */
export function pruneRunLogs(state: State): void {
  let bytes = 0
  for (const [index, log] of logsOf(folderOf(state)).entries()) {
    bytes += log.size
    if (index < ALWAYS || (index < MOST_LOGS && bytes <= MOST_BYTES)) continue
    removeFile(log.file)
  }
}

/** In milliseconds: the clock of the disk is coarser than that of the process. */
const A_MOMENT = 1000

interface Log {
  file: string
  size: number
  written: number
}

/**
 * Newest first. A log with a future time was written before the clock was set back, so it counts as older than all others.
 */
function logsOf(folder: string): Log[] {
  const now = Date.now()
  const own = namesIn(folder).filter(name => /^[\w-]+\.log$/.test(name))
  const logs = own.flatMap(name => {
    const file = path.join(folder, name)
    // Another server may be removing logs at the same time.
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat?.isFile() ? [{ file, size: stat.size, written: stat.mtimeMs }] : []
  })
  const isAhead = ({ written }: Log) => written > now + A_MOMENT
  return logs.sort((a, b) => Number(isAhead(a)) - Number(isAhead(b)) || b.written - a.written)
}

function folderOf(state: State): string {
  return path.join(state.local, 'runs')
}
