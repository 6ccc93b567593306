import { readdirSync } from 'node:fs'

/** The names in folders, in lower case; `undefined` for one that cannot be listed. Absent if each question looks at the disk. */
let seen: Map<string, ReadonlySet<string> | undefined> | undefined

/**
 * Runs work that asks for many files that do not exist, and answers from one list of each folder. Only for work that writes nothing. What
 * changes on the disk meanwhile may not be noticed, as if it had changed afterwards.
 */
export function withOneLook<T>(work: () => T): T {
  if (seen) return work()
  seen = new Map()
  try {
    return work()
  } finally {
    seen = undefined
  }
}

/** False if it is known that the folder does not have the file, which is given by its path from there. */
export function mayExist(folder: string, relative: string): boolean {
  const [, name] = PLAIN.exec(relative) ?? []
  if (!seen || name === undefined) return true
  if (!seen.has(folder)) seen.set(folder, namesIn(folder))
  // The names of some file systems are not case-sensitive.
  return seen.get(folder)?.has(name.toLowerCase()) ?? true
}

/** The first name of a path. Other characters can be written in several ways. */
const PLAIN = /^(?!\.\.?(?:\/|$))([\w.@+-]+)(?:\/|$)/

function namesIn(folder: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(folder).map(name => name.toLowerCase()))
  } catch {
    return undefined
  }
}
