import path from 'node:path'
import { makeFolder, syncFolder } from '../files.ts'
import { parseJson } from '../json.ts'
import type { State } from '../state.ts'
import { putRecord, readRecord, readSequence, settleRecord, type Fence } from './sequence.ts'
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
  putRecord(commitFolder(state, feature), number, `${JSON.stringify(what)}\n`, fence)
  writeLines(state, feature, what)
  if (what.marks === undefined) settleCommit(state, feature, number)
}

/** The last commit; `undefined` before the first one. */
export function lastCommit(state: State, feature: string): { number: number; commit?: Commit } {
  const folder = commitFolder(state, feature)
  const { last } = readSequence(folder)
  const found = last > 0 ? readCommit(folder, last) : undefined
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
    const found = readCommit(folder, number)
    if (found?.branch !== branch || !writeLines(state, feature, found)) continue
    if (found.marks === undefined) settleRecord(folder, number)
    else left.push({ ...found, number })
  }
  return left
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

function readCommit(folder: string, number: number): Commit | undefined {
  const text = readRecord(folder, number)
  return text === undefined ? undefined : commitSchema.safeParse(parseJson(text)).data
}
