import { constants } from 'node:fs'
import path from 'node:path'
import { checkLine, GENESIS } from '../../evidence/chain.ts'
import { disk } from '../disk.ts'
import { makeFolder, syncFolder, writeFully } from '../files.ts'
import { parseJson } from '../../plan/parse-json.ts'
import type { State } from '../state.ts'
import { ledgerFolder } from '../ledger-folder.ts'
import type { Commit } from './commit-schema.ts'

/**
 * Writes the lines of a commit durably at their offset in the chain's file. Any process may do it any number of times, because the same
 * bytes go to the same place. Existing bytes are written again, because an earlier attempt may have failed without a trace before they were
 * on disk. Lines that another machine has can be read again after a power failure, and need not be durable. Returns `false` if the file
 * does not continue there, because another state of it is checked out.
 */
export function writeLines(
  state: State,
  feature: string,
  commit: Commit,
  { isDurable = true } = {},
): boolean {
  const folder = ledgerFolder(state, feature)
  const file = path.join(folder, commit.file)
  if (commit.offset > 0 && !disk.stat(file)?.isFile) return false
  makeFolder(folder)
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants
  const noWait = constants.O_NONBLOCK ?? 0
  const handle = disk.open(file, O_RDWR | O_CREAT | O_NOFOLLOW | noWait, 0o644)
  try {
    if (!disk.statOpen(handle).isFile || !goesOn(handle, commit)) return false
    writeFully(handle, Buffer.from(commit.lines.map(line => `${line}\n`).join('')), commit.offset)
    if (isDurable) disk.sync(handle)
  } finally {
    disk.close(handle)
  }
  if (commit.offset === 0 && isDurable) syncFolder(folder)
  return true
}

/** Whether the file is unchanged up to the offset. After it there may be a part of the lines, or the remains of a power failure. */
function goesOn(handle: number, { offset, prev, seq, lines }: Commit): boolean {
  const { size } = disk.statOpen(handle)
  if (size < offset || hashBefore(handle, offset) !== prev) return false
  const length = Buffer.byteLength(lines.join('\n')) + 1
  const there = disk.readAt(
    handle,
    Math.min(size - offset, Math.max(length, MAX_READ_BYTES)),
    offset,
  )
  const [line = ''] = there.toString('utf8').split('\n', 1)
  // Other complete lines at this place belong to another history.
  return line === lines[0] || 'broken' in checkLine(line, { seq: seq + 1, prev })
}

/** The hash in the line before this offset. */
function hashBefore(handle: number, offset: number): unknown {
  if (offset === 0) return GENESIS
  for (let length = 4096; ; length *= 4) {
    const from = Math.max(0, offset - length)
    const text = disk.readAt(handle, offset - from, from).toString('utf8')
    const begin = text.lastIndexOf('\n', text.length - 2)
    if (begin < 0 && from > 0) continue
    const line = parseJson(text.slice(begin + 1))
    return typeof line === 'object' && line && 'hash' in line ? line.hash : undefined
  }
}

/** How many bytes of a line of another history are read. */
const MAX_READ_BYTES = 1024 * 1024
