import { existsSync } from 'node:fs'
import path from 'node:path'
import { writeUnsynced } from './files.ts'
import { readBytes } from './read-file.ts'
import { verifiedText, withSeal } from './secret.ts'
import { isPageNoted } from './served-page.ts'
import type { State } from './state.ts'

/** What processes say to each other about a run with a log: how many tests have ended, and that a human stopped it. */

/** Notes how many tests of a run have ended, if somebody may want to know. */
export function noteFinishedTests(state: State, log: string, count: number): void {
  if (!isPageNoted(state)) return
  try {
    writeUnsynced(fileOf(state, log, 'count'), `${count}\n`)
  } catch {
    // The number is only shown.
  }
}

/** How many tests of a run have ended; `undefined` if nobody noted it. */
export function finishedTests(state: State, log: string): number | undefined {
  const text =
    readBytes(fileOf(state, log, 'count'))
      ?.toString('utf8')
      .trim() ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** Notes that a human stops the run, so that its end is not taken for a crash. */
export function noteStopped(state: State, log: string): void {
  writeUnsynced(fileOf(state, log, 'stop'), withSeal(state, contextOf(log), STOPPED))
}

/** Did a human stop the run? */
export function wasStopped(state: State, log: string): boolean {
  const file = fileOf(state, log, 'stop')
  const record = existsSync(file) ? readBytes(file)?.toString('utf8') : undefined
  return record !== undefined && verifiedText(state, contextOf(log), record) === STOPPED
}

const STOPPED = 'stopped'

function contextOf(log: string): string {
  return `stop\0${log}`
}

function fileOf({ local }: State, log: string, extension: 'count' | 'stop'): string {
  return path.join(local, 'runs', `${log}.${extension}`)
}
