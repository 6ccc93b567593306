import { statSync } from 'node:fs'
import path from 'node:path'
import { withoutLinks } from './disk.ts'
import { namesIn, removeFile } from './files.ts'
import type { State } from './state.ts'

/** The newest logs of runs are kept, up to this many and this many bytes in all; the youngest few in any case. */
const MOST_LOGS = 200
const MOST_BYTES = 256 * 1024 * 1024
const ALWAYS = 10

/** Where the output of a run goes. */
export function runLogFile(state: State, run: string): string {
  return withoutLinks(path.join(folderOf(state), `${run}.log`))
}

/** Takes away the oldest logs; what was recorded of their runs stays in the ledger. */
export function pruneRunLogs(state: State): void {
  let bytes = 0
  for (const [index, log] of logsOf(folderOf(state)).entries()) {
    bytes += log.size
    if (index < ALWAYS || (index < MOST_LOGS && bytes <= MOST_BYTES)) continue
    removeFile(log.file)
  }
}

/** The disk's clock is not as fine as ours. */
const A_MOMENT = 1000

interface Log {
  file: string
  size: number
  written: number
}

/**
 * The newest first. One that is of a time to come was written before the clock was set back: whatever is written by the
 * clock of now is newer.
 */
function logsOf(folder: string): Log[] {
  const now = Date.now()
  const own = namesIn(folder).filter(name => /^[\w-]+\.log$/.test(name))
  const logs = own.flatMap(name => {
    const file = path.join(folder, name)
    // Another server may be pruning at this moment.
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat?.isFile() ? [{ file, size: stat.size, written: stat.mtimeMs }] : []
  })
  const isAhead = ({ written }: Log) => written > now + A_MOMENT
  return logs.sort((a, b) => Number(isAhead(a)) - Number(isAhead(b)) || b.written - a.written)
}

function folderOf(state: State): string {
  return path.join(state.local, 'runs')
}
