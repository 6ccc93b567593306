import path from 'node:path'
import { GENESIS } from '../../evidence/chain.ts'
import { linesOf, readChain, type Chain } from '../chain-file.ts'
import type { Commit } from '../transaction/commit-schema.ts'
import type { SharedCommit } from './coordinator.ts'
import { hasLine } from './write-commits.ts'

/** What this process knows of a feature in a shared store. */
export interface Known {
  version: number
  /** The last line of each chain, by its file. */
  tips: Map<string, { hash: string; seq: number }>
  /** The latest commit: its last line, and when the store got it, if that is known. */
  last: Pick<SharedCommit, 'tip' | 'added'> | undefined
}

/** What is known, if the files in the folder still have it: a branch with an older ledger may have been checked out. */
export function stillHere(known: Known | undefined, folder: string): Known | undefined {
  const all = [...(known?.tips ?? [])]
  return all.every(([file, { hash: tip }]) => isHere({ file, tip }, folder)) ? known : undefined
}

/** Is this the latest commit that is known? */
export function isLast({ last }: Known, { tip, added }: SharedCommit): boolean {
  const isSameTime = last?.added === undefined || added === undefined || last.added === added
  return last?.tip === tip && isSameTime
}

/** Do the files in the folder have the last line of a commit? */
export function isHere({ file, tip }: Pick<Commit, 'file' | 'tip'>, folder: string): boolean {
  return hasLine(readChain(path.join(folder, file)), tip)
}

/** The lines of a chain that the store does not have. One that forked is only here. */
export function missingIn(known: Known | undefined, chain: Chain): Commit | undefined {
  const file = path.basename(chain.file)
  const { hash: prev, seq } = known?.tips.get(file) ?? START
  if (chain.damage.length > 0 || chain.isForked || chain.tip.seq <= seq) return undefined
  const lines = linesOf(chain).slice(seq)
  const place = { format: 1 as const, file, offset: 0, branch: '' }
  return lines.length > 0 ? { ...place, prev, seq, lines, tip: chain.tip.hash } : undefined
}

/** The last line of a commit, as the end of its chain. */
export function tipOf({ tip, seq, lines }: Pick<Commit, 'tip' | 'seq' | 'lines'>): {
  hash: string
  seq: number
} {
  return { hash: tip, seq: seq + lines.length }
}

const START = { hash: GENESIS, seq: 0 }
