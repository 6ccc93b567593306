import path from 'node:path'
import { checkLine } from '../../evidence/chain.ts'
import { makeFolder, syncFolder } from '../files.ts'
import { parseJson } from '../../plan/parse-json.ts'
import type { State } from '../state.ts'
import { verifiedText, withSeal } from '../secret.ts'
import {
  addRecord,
  recordNumbers,
  readRecord,
  readSequence,
  settleRecord,
  type Fence,
  type Sequence,
} from './sequence.ts'
import { commitSchema, type Commit } from './commit-schema.ts'
import { writeLines } from './write-lines.ts'

/** A commit with its number. */
export type NumberedCommit = Commit & { number: number }

/** Commits: from here on the lines belong to the ledger, whichever process writes them. Throws `Overtaken`. */
export function commitAt(
  state: State,
  feature: string,
  number: number,
  what: Commit,
  fence?: Fence,
): void {
  const text = JSON.stringify(what)
  const record = withSeal(state, sealContext(feature, number), text)
  addRecord(commitFolder(state, feature), number, record, { fence })
  writeLines(state, feature, what)
  if (what.marks === undefined) settleCommit(state, feature, number)
}

/** The numbers of a feature's commits: the latest, 0 before the first one, and those that are not settled. */
export function commitNumbers(state: State, feature: string): Sequence {
  return readSequence(commitFolder(state, feature))
}

/** The latest commit; number 0 before the first one. */
export function lastCommit(state: State, feature: string): { number: number; commit?: Commit } {
  const folder = commitFolder(state, feature)
  const { last } = readSequence(folder)
  const found = last > 0 ? readCommit(state, feature, last) : undefined
  return { number: last, ...(found && { commit: found }) }
}

/** Numbers of commits that are not settled, and the branch of those that are asked for. */
interface Unsettled {
  pending: readonly number[]
  branch: string
}

/** Writes the lines of this branch's commits that a crash left out. Returns the commits whose marks may be missing. */
export function finishCommits(
  state: State,
  feature: string,
  { pending, branch }: Unsettled,
): NumberedCommit[] {
  const folder = commitFolder(state, feature)
  const left: NumberedCommit[] = []
  // The process that wrote them may not have synced their names, and nothing may follow from a record that is not durable.
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
export function pendingCommits(
  state: State,
  feature: string,
  { pending, branch }: Unsettled,
): NumberedCommit[] {
  return pending.flatMap(number => {
    const found = readCommit(state, feature, number)
    return found?.branch === branch ? [{ ...found, number }] : []
  })
}

/** Number of the unsettled commit that ends with this line. */
export function commitWith(state: State, feature: string, tip: string): number {
  const { pending } = readSequence(commitFolder(state, feature))
  return pending.findLast(number => readCommit(state, feature, number)?.tip === tip) ?? 0
}

/** Every commit for this branch that this clone still keeps, oldest first. */
export function recordedCommits(state: State, feature: string, branch: string): Commit[] {
  return recordNumbers(commitFolder(state, feature)).flatMap(number => {
    const found = readCommit(state, feature, number)
    return found?.branch === branch ? [found] : []
  })
}

/** Call it after the marks of a commit were written, or if they must not be written any more. */
export function settleCommit(state: State, feature: string, number: number): void {
  settleRecord(commitFolder(state, feature), number)
}

/** Whether a commit is finished. */
export function isSettled(state: State, feature: string, number: number): boolean {
  return !readSequence(commitFolder(state, feature)).pending.includes(number)
}

/** Absolute path of the commits of a feature. */
export function commitFolder(state: State, feature: string): string {
  return path.join(state.local, 'commits', feature)
}

/** A record that this user sealed and whose lines continue a chain. Any other file at that place means nothing. */
function readCommit(state: State, feature: string, number: number): Commit | undefined {
  const record = readRecord(commitFolder(state, feature), number) ?? ''
  const text = verifiedText(state, sealContext(feature, number), record)
  if (text === undefined) return undefined
  const { data } = commitSchema.safeParse(parseJson(text))
  return data && continuesChain(data, feature) ? data : undefined
}

function sealContext(feature: string, number: number): string {
  return `commit\0${feature}\0${number}`
}

/** Is each line a line of this feature's chain, in order from the one that the commit follows? */
export function continuesChain(
  { lines, prev, seq, tip }: Pick<Commit, 'lines' | 'prev' | 'seq' | 'tip'>,
  feature: string,
): boolean {
  let last = { hash: prev, seq }
  for (const line of lines) {
    const checked = checkLine(line, { prev: last.hash, seq: last.seq + 1 })
    if (line.includes('\n') || 'broken' in checked || checked.entry['feature'] !== feature)
      return false
    last = { hash: checked.hash, seq: last.seq + 1 }
  }
  return last.hash === tip
}
