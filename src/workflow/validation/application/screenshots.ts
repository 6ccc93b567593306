import path from 'node:path'
import { sha256 } from '../../../evidence/chain.ts'
import type { Event } from '../../../evidence/event.ts'
import { writeFile } from '../../../store/files.ts'
import { readSealedFile, sealFile } from '../../../store/sealed-file.ts'
import type { State } from '../../../store/state.ts'

/** The screenshots of one validation. They stay in this clone. The ledger has their hashes. */
export interface Screenshots {
  keep(what: string, png: Buffer): void
  pictures: { name: string; sha256: string }[]
}

/** `run`: the id of the application's run, which the names begin with. */
export function createScreenshots(state: State, run: string): Screenshots {
  const pictures: Screenshots['pictures'] = []
  return {
    pictures,
    keep(what, png) {
      const slug = what
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .slice(0, 40)
      const name = `${run}-${pictures.length + 1}-${slug}.png`
      const file = path.join(folderOf(state), name)
      writeFile(file, png)
      sealFile(state, name, `${file}.seal`, sha256(png))
      pictures.push({ name, sha256: sha256(png) })
    },
  }
}

/** A screenshot by name; `undefined` if this clone does not have it. */
export function readScreenshot(state: State, name: string): Buffer | undefined {
  if (!/^[\da-f]{12}-[\w-]+\.png$/.test(name)) return undefined
  const file = path.join(folderOf(state), name)
  return readSealedFile(state, name, `${file}.seal`, file)
}

/** The names of all screenshots in the ledger, the newest first. */
export function screenshotsIn(events: readonly Event[]): string[] {
  const screenshots = events.flatMap(event =>
    event.kind === 'validation' ? (event.screenshots ?? []) : [],
  )
  return screenshots.map(({ name }) => name).toReversed()
}

function folderOf(state: State): string {
  return path.join(state.local, 'screenshots')
}
