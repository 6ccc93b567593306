import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The place of a file of the tree; git itself refuses names that lead out, and so do we. */
export function inside(root: string, file: string): string {
  const place = path.join(root, file)
  if (place.startsWith(root + path.sep)) return place
  throw new Error(`A kept tree names ${file}, which lies outside of it.`)
}

export function putFile(place: string, bytes: Buffer): void {
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, bytes)
}

export function link(target: string, place: string): void {
  mkdirSync(path.dirname(place), { recursive: true })
  symlinkSync(target, place)
}
