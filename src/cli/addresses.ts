import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * The text of an answer for a terminal: addresses of resources, which only a client can open, become the path of the file,
 * relative to the project folder, or the command that prints the same.
 */
export function withPaths(text: string, root: string): string {
  return text.replaceAll(ADDRESS, (address, feature: string, name: string) => {
    const [kind = '', id = ''] = name.split('/')
    const place = PLACES.get(kind)?.(feature, decoded(id))
    if (place === undefined) return address
    // The log of a run in another clone is not here.
    const isThere = place.startsWith('`') || existsSync(path.join(root, place))
    return isThere ? place : address
  })
}

/** The output of a program may contain anything. */
function decoded(id: string): string {
  return /^(?:[\w.-]|%[2-7][\dA-F])*$/i.test(id) ? decodeURIComponent(id) : id
}

const ADDRESS = /redgreen:\/\/([^\s/`),;]+)\/([\w%.-]+(?:\/[\w%.-]*[\w%])?)(?<!\.)/g

/** A map, because an address may contain any word, such as `constructor`. */
const PLACES = new Map<string, (feature: string, id: string) => string>([
  ['runs', (_feature, id) => `.redgreen/local/runs/${id}.log`],
  ['screenshots', (_feature, id) => `.redgreen/local/screenshots/${id}`],
  ['validation', feature => `.redgreen/reports/${feature}.md`],
  ['evidence', (_feature, id) => `\`redgreen show ${id}\``],
  ['progress', () => '`redgreen status`'],
])
