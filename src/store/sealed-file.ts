import { sha256 } from '../evidence/chain.ts'
import { writeUnsynced } from './files.ts'
import { readBytes } from './read-file.ts'
import { isSealed, sealOf } from './secret.ts'
import type { State } from './state.ts'

/**
 * Files of any content that only this clone may have written, such as the log of a run. The seal lies beside the file. A repository
 * can ship both, but no seal that is valid here.
 */

/** Notes that this clone wrote the file. `name` says what it is, such as `log 0123456789ab`. */
export function sealFile(state: State, name: string, seal: string, hash: string): void {
  try {
    writeUnsynced(seal, `${sealOf(state, contextOf(name), hash)}\n`)
  } catch {
    // The run is recorded all the same. Its output is then not served.
  }
}

/** The content of a file that this clone wrote; `undefined` for any other file. */
export function readSealedFile(
  state: State,
  name: string,
  seal: string,
  file: string,
): Buffer | undefined {
  const bytes = readBytes(file)
  const found = bytes && readBytes(seal)?.toString('utf8').trim()
  return bytes && isSealed(state, contextOf(name), sha256(bytes), found) ? bytes : undefined
}

function contextOf(name: string): string {
  return `file\0${name}`
}
