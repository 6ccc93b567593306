import path from 'node:path'
import { GENESIS } from '../../evidence/chain.ts'
import { mergeLedgers } from '../../evidence/merge-ledgers.ts'
import { commitLines } from '../append-events.ts'
import { readChain, type Chain } from '../chain-file.ts'
import { writeFile } from '../files.ts'
import { readBytes } from '../read-file.ts'
import { checkedOut } from '../git-folder.ts'
import { ledgerFolder } from '../ledger-folder.ts'
import type { State } from '../state.ts'
import { commitSchema, type Commit } from '../transaction/commit-schema.ts'
import { continuesChain, lastCommit } from '../transaction/commit.ts'
import { Overtaken } from '../transaction/sequence.ts'
import { writeLines } from '../transaction/write-lines.ts'
import { writeAttached } from './attached-files.ts'
import { forgetMarks, hasUnwrittenMarks } from './unwritten-marks.ts'
import type { SharedCommit } from './coordinator.ts'

/** Where the commits of a shared store are written. */
export interface LedgerPlace {
  state: State
  feature: string
}

/** Writes what a shared store has of a feature into the ledger of this clone. What is there already is not written again. */
export function writeCommits(place: LedgerPlace, commits: readonly SharedCommit[]): void {
  for (const commit of commits) writeAttached(place.state, place.feature, commit.attached)
  const valid = commits.filter(commit => isValid(commit, place.feature))
  for (const commit of joined(valid, one => isOwnMark(place, one))) writeCommit(place, commit)
}

/** Makes lines that the store already has durable here, and notes that their marks may be missing. */
export function commitHere({ state, feature }: LedgerPlace, commit: Commit): void {
  for (;;) {
    const last = lastCommit(state, feature)
    if (last.commit?.tip === commit.tip) return
    try {
      commitLines(state, feature, last.number + 1, commit)
      return
    } catch (error) {
      // Another process of this clone was faster. The store has decided, so that changes nothing.
      if (!(error instanceof Overtaken)) throw error
    }
  }
}

/** Does the chain have the line? */
export function hasLine({ tip, events }: Chain, hash: string): boolean {
  return tip.hash === hash || events.some(event => event.hash === hash)
}

function writeCommit(place: LedgerPlace, commit: SharedCommit): void {
  const { state, feature } = place
  const chain = readChain(path.join(ledgerFolder(state, feature), commit.file))
  // A damaged chain stays as it is. A step that records something refuses it.
  if (chain.damage.length > 0 || hasLine(chain, commit.tip)) return
  const missing = missingLines(chain, commit, feature)
  if (!missing) return writeFork(chain, commit)
  const whole: Commit = {
    format: 1,
    ...missing,
    offset: chain.whole,
    branch: checkedOut(state.root) ?? '',
  }
  if (!isOwnMark(place, commit)) {
    // Not synced, because the store has the lines, and with many clones the sync would take most of the time of a step.
    writeLines(state, feature, whole, { isDurable: false })
    return
  }
  commitHere(place, whole)
  forgetMarks(state, feature, commit.tip)
}

/** The lines that the chain does not have yet; `undefined` if it went on differently. */
function missingLines(
  { tip }: Chain,
  { file, seq: first, lines, tip: end, marks }: SharedCommit,
  feature: string,
): Omit<Commit, 'format' | 'offset' | 'branch'> | undefined {
  const rest = {
    file,
    tip: end,
    lines: lines.slice(Math.max(0, tip.seq - first)),
    prev: tip.hash,
    seq: tip.seq,
    ...(marks !== undefined && { marks }),
  }
  return rest.lines.length > 0 && continuesChain(rest, feature) ? rest : undefined
}

/** Copies of a clone continued one chain. Lines that follow nothing here are left out: they would break the chain for every reader. */
function writeFork(chain: Chain, { lines, prev }: SharedCommit): void {
  if (prev !== GENESIS && !hasLine(chain, prev)) return
  const theirs = lines.map(line => `${line}\n`).join('')
  const merged = mergeLedgers(readBytes(chain.file)?.toString('utf8') ?? '', theirs)
  if (merged !== undefined) writeFile(chain.file, merged)
}

/** Each file is written once, except that a decision whose marks may be missing stays apart. */
function joined(
  commits: readonly SharedCommit[],
  isAlone: (commit: SharedCommit) => boolean,
): SharedCommit[] {
  const all: SharedCommit[] = []
  const latest = new Map<string, number>()
  for (const commit of commits) {
    const at = latest.get(commit.file) ?? -1
    const before = all[at]
    if (before?.tip === commit.prev && !isAlone(before) && !isAlone(commit)) {
      all[at] = { ...before, lines: [...before.lines, ...commit.lines], tip: commit.tip }
      continue
    }
    latest.set(commit.file, all.length)
    all.push(commit)
  }
  return all
}

/** Only the worktree that finished a task writes its marks: others, and other branches, get them with the code. */
function isOwnMark({ state, feature }: LedgerPlace, { marks, tip }: SharedCommit): boolean {
  return marks !== undefined && hasUnwrittenMarks(state, feature, tip)
}

/** The store is believed to keep what it got, and nothing more: a line that does not verify is not written. */
function isValid(commit: SharedCommit, feature: string): boolean {
  const whole = { ...commit, format: 1, offset: 0, branch: '' }
  return commitSchema.safeParse(whole).success && continuesChain(commit, feature)
}
