import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Sizes, times and inodes of files, and of the files in folders, as one text. It changes if any of them is written. */
export function fileStamps(places: readonly string[]): string {
  return places.map(stampOf).join('\n')
}

function stampOf(place: string): string {
  try {
    const stat = statSync(place, { bigint: true })
    if (!stat.isDirectory()) return [stat.ino, stat.size, stat.mtimeNs].join(' ')
    return readdirSync(place)
      .map(name => stampOf(path.join(place, name)))
      .join(' ')
  } catch {
    // It does not exist or may not be read.
    return 'absent'
  }
}
