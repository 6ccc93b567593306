import path from 'node:path'
import { writeUnsynced } from './files.ts'
import { readBytes } from './read-file.ts'
import { sealedText, withSeal } from './secret.ts'
import type { State } from './state.ts'

/** The state of the work that `redgreen hook` reads. It imports no library, because a hook starts with every tool call of a client. */

/** A task between its start and its mark, with a valid lease. */
export interface OpenTask {
  task: string
  stage: string
  host: string
  pid: number
  /** Tag of the holder: a server over HTTP has several. */
  holder: string
  failed: boolean
  /** The next call, as a sentence. */
  next: string
}

/** What one feature says about itself now. */
export interface FeatureNow {
  /** Hash of the last event; it changes with every event. */
  head: string
  open: OpenTask[]
  /** Test files that may not change since a RED. */
  frozen: { file: string; task: string }[]
  /** Lines with the mark of a task that is not done, by file. */
  marks: { file: string; lines: string[] }[]
  /** Something waits for a human, or the feature is halted. */
  waits: boolean
  /** The next call if no task is open, as a sentence. */
  next: string | null
}

export interface Now {
  format: 1
  /** Also refuse edits of frozen files. */
  denyFrozen: boolean
  features: Record<string, FeatureNow>
}

/** Below the workspace. */
export const NOW_FILE = path.join('.redgreen', 'local', 'now.json')

/** What the file of this clone says; `undefined` without a file that this user wrote here and that this version can read. */
export function readNow(state: State): Now | undefined {
  return nowIn(state, recordIn(state))
}

/** What the file should say, if it says this now. */
export type NowAfter = (known: Now | undefined) => Now

/** Whether the file says what it should. */
export function isNoted(state: State, after: NowAfter): boolean {
  const record = recordIn(state)
  return record !== undefined && record === sealed(state, after(nowIn(state, record))).record
}

/** Writes what the file should say. Its sentences reach an assistant, so the file carries a seal that no repository can ship. */
export function writeNow(state: State, after: NowAfter): void {
  const before = recordIn(state)
  const written = sealed(state, after(nowIn(state, before)))
  if (before !== written.record) writeUnsynced(path.join(state.root, NOW_FILE), written.record)
  WRITTEN.set(state.root, written)
}

interface Written {
  now: Now
  text: string
  record: string
}

/** What this process wrote last, by workspace. With many tasks it takes its time to read that again. */
const WRITTEN = new Map<string, Written>()

function sealed(state: State, now: Now): Written {
  const text = JSON.stringify(now)
  const known = WRITTEN.get(state.root)
  if (known?.text === text) return known
  return { now, text, record: withSeal(state, SEAL_CONTEXT, text) }
}

function nowIn(state: State, record: string | undefined): Now | undefined {
  const known = WRITTEN.get(state.root)
  if (known && record === known.record) return known.now
  const text = record === undefined ? undefined : sealedText(state, SEAL_CONTEXT, record)
  return text === undefined ? undefined : parseNow(text)
}

function recordIn({ root }: Pick<State, 'root'>): string | undefined {
  return readBytes(path.join(root, NOW_FILE))?.toString('utf8')
}

const SEAL_CONTEXT = 'now'

function parseNow(text: string): Now | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isNow(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isNow(value: unknown): value is Now {
  if (typeof value !== 'object' || value === null) return false
  if (!('format' in value && value.format === 1 && 'features' in value)) return false
  const { features } = value
  return (
    typeof features === 'object' &&
    features !== null &&
    Object.values(features).every(
      (feature: unknown) =>
        typeof feature === 'object' &&
        feature !== null &&
        ['open', 'frozen', 'marks'].every(key => Array.isArray(Reflect.get(feature, key))),
    )
  )
}
