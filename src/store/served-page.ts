import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import { removeFile, writeUnsynced } from './files.ts'
import { readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import { createHolder, holder, isAlive } from './leases/holder.ts'
import { verifiedText, withSeal } from './secret.ts'
import { ensureState, type State } from './state.ts'

/** A note that a process serves the live page of this workspace. Other processes name its address, and wait for decisions on it. */
const note = z.object({ address: z.string(), server: holder })

/** Notes that this process serves the page at an address. Returns a function that removes the note. */
export function noteServedPage(state: State, address: string): () => void {
  ensureState(state)
  const server = createHolder('page', 'redgreen serve', process.pid)
  // Sealed, because answers name the address.
  const text = JSON.stringify({ address, server } satisfies z.infer<typeof note>)
  const record = withSeal(state, SEAL_CONTEXT, text)
  writeUnsynced(fileOf(state), record)
  return () => {
    // Another server may serve it by now.
    if (readBytes(fileOf(state))?.toString('utf8') === record) removeFile(fileOf(state))
  }
}

/** The address of the page, if a live process of this machine serves it. */
export function servedPage(state: State): string | undefined {
  const record = readBytes(fileOf(state))?.toString('utf8')
  const text = record === undefined ? undefined : verifiedText(state, SEAL_CONTEXT, record)
  const found = text === undefined ? undefined : note.safeParse(parseJson(text)).data
  return found && isAlive(found.server) ? found.address : undefined
}

/** Whether a process may be serving the page. Only checks that the note exists. */
export function isPageNoted(state: State): boolean {
  return existsSync(fileOf(state))
}

const SEAL_CONTEXT = 'page'

function fileOf({ local }: State): string {
  return path.join(local, 'page.json')
}
