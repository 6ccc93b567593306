import { statSync } from 'node:fs'
import path from 'node:path'
import type { RunLog } from '../runner/output.ts'
import { withoutLinks } from './disk.ts'
import { namesIn, removeFile } from './files.ts'
import { readSealedFile, sealFile } from './sealed-file.ts'
import type { State } from './state.ts'

/** How many logs of runs are kept at most, how many bytes in total, and how many of the newest in any case. */
const MOST_LOGS = 200
const MOST_BYTES = 256 * 1024 * 1024
const ALWAYS = 10

/** Where the output of a run goes. */
export function newRunLog(state: State, run: string): RunLog {
  return {
    file: withoutLinks(runLogFile(state, run)),
    closed: hash => sealFile(state, `log ${run}`, sealOfLog(state, run), hash),
  }
}

/** The whole output of a run that has ended; `undefined` if this clone did not write it. */
export function readRunLog(state: State, run: string): string | undefined {
  if (!/^[0-9a-f]{12}$/.test(run)) return undefined
  const files = [sealOfLog(state, run), runLogFile(state, run)] as const
  return readSealedFile(state, `log ${run}`, ...files)?.toString('utf8')
}

/** Absolute path of the log of a run. */
function runLogFile(state: State, run: string): string {
  return path.join(folderOf(state), `${run}.log`)
}

function sealOfLog(state: State, run: string): string {
  return path.join(folderOf(state), `${run}.seal`)
}

/** Removes the oldest logs. The records of their runs stay in the ledger. */
export function pruneRunLogs(state: State): void {
  let bytes = 0
  for (const [index, log] of logsOf(folderOf(state)).entries()) {
    bytes += log.size
    if (index < ALWAYS || (index < MOST_LOGS && bytes <= MOST_BYTES)) continue
    removeFile(log.file)
    removeFile(log.file.replace(/log$/, 'seal'))
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
