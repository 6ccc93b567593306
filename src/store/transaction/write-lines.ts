import { constants } from 'node:fs'
import path from 'node:path'
import { checkLine, GENESIS } from '../../evidence/chain.ts'
import { disk } from '../disk.ts'
import { makeFolder, syncFolder, writeFully } from '../files.ts'
import { parseJson } from '../json.ts'
import type { State } from '../state.ts'
import { ledgerFolder } from '../ledger-folder.ts'
import type { Commit } from './commit-schema.ts'

/**
 * Writes the lines of a commit at their place in the chain's file, durably. Anybody may do it, at any time, any number
 * of times: the same bytes go to the same place. What stands there already is written again, because an earlier attempt
 * may have failed to bring it to the disk without a trace. `false`: the file does not go on there, because another
 * state of it is checked out.
 */
export function writeLines(state: State, feature: string, commit: Commit): boolean {
  const folder = ledgerFolder(state, feature)
  const file = path.join(folder, commit.file)
  if (commit.offset > 0 && !disk.look(file)?.isFile) return false
  makeFolder(folder)
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants
  const noWait = constants.O_NONBLOCK ?? 0
  const handle = disk.open(file, O_RDWR | O_CREAT | O_NOFOLLOW | noWait, 0o644)
  try {
    if (!disk.lookAt(handle).isFile || !goesOn(handle, commit)) return false
    writeFully(handle, Buffer.from(commit.lines.map(line => `${line}\n`).join('')), commit.offset)
    disk.sync(handle)
  } finally {
    disk.close(handle)
  }
  if (commit.offset === 0) syncFolder(folder)
  return true
}

/** Is the file, up to where the lines begin, as it was? After that there may be a part of them, or what a power cut left. */
function goesOn(handle: number, { offset, prev, seq, lines }: Commit): boolean {
  const { size } = disk.lookAt(handle)
  if (size < offset || hashBefore(handle, offset) !== prev) return false
  const length = Buffer.byteLength(lines.join('\n')) + 1
  const there = disk.readAt(handle, Math.min(size - offset, Math.max(length, LONGEST)), offset)
  const [line = ''] = there.toString('utf8').split('\n', 1)
  // Whole lines that follow there are of another history, when they are not these.
  return line === lines[0] || 'broken' in checkLine(line, { seq: seq + 1, prev })
}

/** The hash that the line before this place tells of itself. */
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

/** As much as is looked at of a line of another history. */
const LONGEST = 1024 * 1024
