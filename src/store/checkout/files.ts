import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The absolute path of a file in the checkout. Throws for a name that leads out of it, as git does. */
export function inside(root: string, file: string): string {
  const place = path.join(root, file)
  if (place.startsWith(root + path.sep)) return place
  throw new Error(`The snapshot contains ${file}, which is outside of the checkout.`)
}

export function putFile(place: string, bytes: Buffer): void {
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, bytes)
}

export function link(target: string, place: string): void {
  mkdirSync(path.dirname(place), { recursive: true })
  symlinkSync(target, place)
}
