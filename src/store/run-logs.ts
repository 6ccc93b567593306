import { createReadStream, statSync } from 'node:fs'
import path from 'node:path'
import type { RunLog } from '../runner/output.ts'
import { withoutLinks } from './own-paths.ts'
import { removeFile } from './files.ts'
import { namesIn } from './read-file.ts'
import { readSealedFile, sealFile } from './sealed-file.ts'
import type { State } from './state.ts'

/** How many logs of runs are kept at most, how many bytes in total, and how many of the newest in any case. */
const MAX_LOGS = 200
const MAX_BYTES = 256 * 1024 * 1024
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

/** A part of the log of a run in progress. */
export interface LogPart {
  text: string
  /** Offset in bytes of what comes after it. */
  next: number
}

/**
 * What was added to the log of a run in progress since `offset`: whole lines, up to a limit. Without an offset, the last lines. Call it
 * only for a log that the record of a live run names.
 */
export async function readGrowingLog(state: State, run: string, offset?: number): Promise<LogPart> {
  const empty = { text: '', next: offset ?? 0 }
  if (!/^[0-9a-f]{12}$/.test(run)) return empty
  const file = withoutLinks(runLogFile(state, run))
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const from = offset ?? Math.max(0, size - MAX_PART_BYTES)
  if (size <= from) return empty
  const bytes = await readPart(file, from, Math.min(size - from, MAX_PART_BYTES))
  // Another process may be writing a line, and the first one may be cut.
  const start = offset === undefined && from > 0 ? bytes.indexOf(10) + 1 : 0
  const end = bytes.lastIndexOf(10) + 1
  const length = end > start || bytes.length < MAX_PART_BYTES ? end : bytes.length
  return { text: bytes.toString('utf8', start, Math.max(start, length)), next: from + length }
}

const MAX_PART_BYTES = 64 * 1024

async function readPart(file: string, start: number, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(file, { start, end: start + length - 1 }))
    if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks)
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
    if (index < ALWAYS || (index < MAX_LOGS && bytes <= MAX_BYTES)) continue
    removeFile(log.file)
    for (const other of ['seal', 'count', 'stop']) removeFile(log.file.replace(/log$/, other))
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
