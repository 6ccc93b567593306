import path from 'node:path'
import { writeUnsynced } from './files.ts'
import { readBytes } from './read-file.ts'
import { verifiedText, withSeal } from './secret.ts'
import type { State } from './state.ts'

/** The file that `redgreen hook` reads. This module imports no library, because a client starts the hook with every tool call. */

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

/** The state of one feature. */
export interface FeatureHookState {
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

export interface HookState {
  format: 1
  /** Also refuse edits of frozen files. */
  denyFrozen: boolean
  features: Record<string, FeatureHookState>
}

/** Below the workspace. */
export const HOOK_STATE_FILE = path.join('.redgreen', 'local', 'now.json')

/** The content of this clone's file; `undefined` if it is missing, was not written by this user, or has another format. */
export function readHookState(state: State): HookState | undefined {
  return stateIn(state, recordIn(state))
}

/** Computes the new content of the file from its current content. */
export type HookStateUpdate = (known: HookState | undefined) => HookState

/** Whether the update would leave the file as it is. */
export function isHookStateCurrent(state: State, update: HookStateUpdate): boolean {
  const record = recordIn(state)
  return record !== undefined && record === sealed(state, update(stateIn(state, record))).record
}

/** Writes the updated file. Its sentences reach an assistant, so it carries a seal, which no repository can ship. */
export function writeHookStateFile(state: State, update: HookStateUpdate): void {
  const before = recordIn(state)
  const written = sealed(state, update(stateIn(state, before)))
  if (before !== written.record)
    writeUnsynced(path.join(state.root, HOOK_STATE_FILE), written.record)
  lastWritten.set(state.root, written)
}

interface Written {
  now: HookState
  text: string
  record: string
}

/** What this process wrote last, by workspace. With many tasks, to parse and verify it again is slow. */
const lastWritten = new Map<string, Written>()

function sealed(state: State, now: HookState): Written {
  const text = JSON.stringify(now)
  const known = lastWritten.get(state.root)
  if (known?.text === text) return known
  return { now, text, record: withSeal(state, SEAL_CONTEXT, text) }
}

function stateIn(state: State, record: string | undefined): HookState | undefined {
  const known = lastWritten.get(state.root)
  if (known && record === known.record) return known.now
  const text = record === undefined ? undefined : verifiedText(state, SEAL_CONTEXT, record)
  return text === undefined ? undefined : parseHookState(text)
}

function recordIn({ root }: Pick<State, 'root'>): string | undefined {
  return readBytes(path.join(root, HOOK_STATE_FILE))?.toString('utf8')
}

const SEAL_CONTEXT = 'now'

function parseHookState(text: string): HookState | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isHookState(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isHookState(value: unknown): value is HookState {
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
