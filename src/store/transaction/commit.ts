import path from 'node:path'
import { checkLine } from '../../evidence/chain.ts'
import { makeFolder, syncFolder } from '../files.ts'
import { parseJson } from '../json.ts'
import type { State } from '../state.ts'
import { isSealed, sealOf } from '../secret.ts'
import {
  putRecord,
  recordNumbers,
  readRecord,
  readSequence,
  settleRecord,
  type Fence,
} from './sequence.ts'
import { commitSchema, type Commit } from './commit-schema.ts'
import { writeLines } from './write-lines.ts'

/** A commit with its number. */
export type Numbered = Commit & { number: number }

/** Decides: from here on the lines are in the ledger, whoever writes them there. Throws `Overtaken`. */
export function commitAt(
  state: State,
  feature: string,
  number: number,
  what: Commit,
  fence?: Fence,
): void {
  const text = JSON.stringify(what)
  const seal = sealOf(state, sealContext(feature, number), text)
  putRecord(commitFolder(state, feature), number, `${text}\n${seal}\n`, fence)
  writeLines(state, feature, what)
  if (what.marks === undefined) settleCommit(state, feature, number)
}

/** The last commit; `undefined` before the first one. */
export function lastCommit(state: State, feature: string): { number: number; commit?: Commit } {
  const folder = commitFolder(state, feature)
  const { last } = readSequence(folder)
  const found = last > 0 ? readCommit(state, feature, last) : undefined
  return { number: last, ...(found && { commit: found }) }
}

/** Writes what a crash left unwritten of the commits for this branch, and returns those whose marks are not seen to be written. */
export function finishCommits(state: State, feature: string, branch: string): Numbered[] {
  const folder = commitFolder(state, feature)
  const left: Numbered[] = []
  const { pending } = readSequence(folder)
  // Whoever put them may have failed to bring their names to the disk; nothing may follow from what is not there for good.
  if (pending.length > 0) {
    makeFolder(folder)
    syncFolder(folder)
  }
  for (const number of pending) {
    const found = readCommit(state, feature, number)
    if (found?.branch !== branch || !writeLines(state, feature, found)) continue
    if (found.marks === undefined) settleRecord(folder, number)
    else left.push({ ...found, number })
  }
  return left
}

/** The commits for this branch that are not settled. Writes nothing. */
export function pendingCommits(state: State, feature: string, branch: string): Numbered[] {
  const { pending } = readSequence(commitFolder(state, feature))
  return pending.flatMap(number => {
    const found = readCommit(state, feature, number)
    return found?.branch === branch ? [{ ...found, number }] : []
  })
}

/** Every commit for this branch that this clone still keeps, oldest first. */
export function recordedCommits(state: State, feature: string, branch: string): Commit[] {
  return recordNumbers(commitFolder(state, feature)).flatMap(number => {
    const found = readCommit(state, feature, number)
    return found?.branch === branch ? [found] : []
  })
}

/** Call it when the marks of a commit are written, or are not to be written any more. */
export function settleCommit(state: State, feature: string, number: number): void {
  settleRecord(commitFolder(state, feature), number)
}

/** Is nothing to be written any more for a commit? */
export function isSettled(state: State, feature: string, number: number): boolean {
  return !readSequence(commitFolder(state, feature)).pending.includes(number)
}

/** Where a feature's commits are kept until nobody needs them, absolute. */
export function commitFolder(state: State, feature: string): string {
  return path.join(state.local, 'commits', feature)
}

/** A record that this user sealed and whose lines continue a chain. Any other file at that place means nothing. */
function readCommit(state: State, feature: string, number: number): Commit | undefined {
  const [text = '', seal] = (readRecord(commitFolder(state, feature), number) ?? '').split('\n')
  if (!isSealed(state, sealContext(feature, number), text, seal)) return undefined
  const { data } = commitSchema.safeParse(parseJson(text))
  return data && continuesChain(data, feature) ? data : undefined
}

function sealContext(feature: string, number: number): string {
  return `commit\0${feature}\0${number}`
}

/** Is each line a line of this feature's chain, in order from the one that the commit follows? */
function continuesChain({ lines, prev, seq, tip }: Commit, feature: string): boolean {
  let last = { hash: prev, seq }
  for (const line of lines) {
    const checked = checkLine(line, { prev: last.hash, seq: last.seq + 1 })
    if (line.includes('\n') || 'broken' in checked || checked.entry['feature'] !== feature)
      return false
    last = { hash: checked.hash, seq: last.seq + 1 }
  }
  return last.hash === tip
}
