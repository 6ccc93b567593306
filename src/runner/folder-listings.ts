import { readdirSync } from 'node:fs'

/** Lower-case names by folder, `undefined` for a folder that cannot be listed. Set only while `withCachedListings` runs. */
let listings: Map<string, ReadonlySet<string> | undefined> | undefined

/**
 * Runs work that checks many files that do not exist, with one listing of each folder instead of one system call per file. The work must
 * be synchronous and must not write files. It may miss a change that another process makes meanwhile.
 */
export function withCachedListings<T>(work: () => T): T {
  if (listings) return work()
  listings = new Map()
  try {
    return work()
  } finally {
    listings = undefined
  }
}

/** Whether the folder may contain the file, a path relative to it. False only if the cached listing rules it out. */
export function mayExist(folder: string, relative: string): boolean {
  const [, name] = FIRST_NAME.exec(relative) ?? []
  if (!listings || name === undefined) return true
  if (!listings.has(folder)) listings.set(folder, namesIn(folder))
  // The names of some file systems are not case-sensitive.
  return listings.get(folder)?.has(name.toLowerCase()) ?? true
}

/** Matches the first name of a path: `src` of `src/app.ts`. Only ASCII, because Unicode has several spellings of one name. */
const FIRST_NAME = /^(?!\.\.?(?:\/|$))([\w.@+-]+)(?:\/|$)/

function namesIn(folder: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(folder).map(name => name.toLowerCase()))
  } catch {
    return undefined
  }
}
