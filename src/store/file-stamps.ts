import { lstatSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Sizes, times and inodes of files, and of the files in folders, as one text. It changes if any of them is written. */
export function fileStamps(places: readonly string[]): string {
  return places.map(stampOf).join('\n')
}

function stampOf(place: string, depth = 0): string {
  try {
    // Below a folder, links are not followed: they may lead in a circle.
    const stat = depth === 0 ? statSync(place, BIG) : lstatSync(place, BIG)
    if (!stat.isDirectory() || depth === MAX_DEPTH)
      return [stat.ino, stat.size, stat.mtimeNs].join(' ')
    const names = readdirSync(place)
    const stamps = names.slice(0, MAX_FILES).map(name => stampOf(path.join(place, name), depth + 1))
    return [names.length, ...stamps].join(' ')
  } catch {
    // It does not exist or may not be read.
    return 'absent'
  }
}

const BIG = { bigint: true } as const
/** The ledger of a feature has a file for each clone, in one folder. More is not ours, and this runs several times a second. */
const MAX_DEPTH = 2
const MAX_FILES = 1_000
