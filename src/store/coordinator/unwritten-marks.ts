import path from 'node:path'
import * as z from 'zod'
import { removeFile, writeFile } from '../files.ts'
import { readBytes } from '../read-file.ts'
import { checkedOut } from '../git-folder.ts'
import { parseJson } from '../../plan/parse-json.ts'
import { verifiedText, withSeal } from '../secret.ts'
import type { State } from '../state.ts'

/**
 * Decisions of this worktree whose marks are not written yet. Each is noted before the store decides, so that the marks are written after a
 * crash: here, on this branch, and nowhere else, because only here the code is.
 */

const note = z.object({ branch: z.string() })

/** Notes that marks follow from the commit that ends with this line, if the store takes it. */
export function noteMarks(state: State, feature: string, tip: string): void {
  const text = JSON.stringify({ branch: checkedOut(state.root) ?? '' })
  writeFile(fileOf(state, feature, tip), withSeal(state, sealContext(feature, tip), text))
}

/** Are marks of this commit to be written on the branch that is checked out? */
export function hasUnwrittenMarks(state: State, feature: string, tip: string): boolean {
  const record = readBytes(fileOf(state, feature, tip))?.toString('utf8') ?? ''
  const text = verifiedText(state, sealContext(feature, tip), record)
  const known = text === undefined ? undefined : note.safeParse(parseJson(text)).data
  return known !== undefined && known.branch === (checkedOut(state.root) ?? '')
}

/** The commit has its own record by now, or the store did not take it. */
export function forgetMarks(state: State, feature: string, tip: string): void {
  removeFile(fileOf(state, feature, tip))
}

function fileOf(state: State, feature: string, tip: string): string {
  return path.join(state.local, 'unwritten', feature, tip)
}

function sealContext(feature: string, tip: string): string {
  return `marks\0${feature}\0${tip}`
}
