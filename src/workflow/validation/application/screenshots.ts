import path from 'node:path'
import type { Event } from '../../../evidence/event.ts'
import { sha256 } from '../../../evidence/chain.ts'
import { readBytes, writeFile } from '../../../store/files.ts'
import type { State } from '../../../store/state.ts'

/** The pictures of one validation. They stay in this clone; the ledger has their hashes. */
export interface Screenshots {
  keep(what: string, png: Buffer): void
  pictures: { name: string; sha256: string }[]
}

export function createScreenshots(state: State, run: string): Screenshots {
  const pictures: Screenshots['pictures'] = []
  return {
    pictures,
    keep(what, png) {
      const word = what
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .slice(0, 40)
      const name = `${run}-${pictures.length + 1}-${word}.png`
      writeFile(path.join(folderOf(state), name), png)
      pictures.push({ name, sha256: sha256(png) })
    },
  }
}

/** A picture that this clone has; `undefined` for one that it has not. */
export function readScreenshot(state: State, name: string): Buffer | undefined {
  if (!/^[\da-f]{12}-[\w-]+\.png$/.test(name)) return undefined
  return readBytes(path.join(folderOf(state), name))
}

/** The names of all pictures that the ledger knows, the newest first. */
export function screenshotsIn(events: readonly Event[]): string[] {
  const seen = events.flatMap(event =>
    event.kind === 'validation' ? (event.screenshots ?? []) : [],
  )
  return seen.map(({ name }) => name).toReversed()
}

function folderOf(state: State): string {
  return path.join(state.local, 'screenshots')
}
