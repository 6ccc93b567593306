import path from 'node:path'

/** The state of the work that `redgreen hook` reads. It imports no library, because a hook starts with every tool call of a client. */

/** A task between its start and its mark, with a valid lease. */
export interface OpenTask {
  task: string
  stage: string
  host: string
  pid: number
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

/** The content of a file, if it is one that this version can read. */
export function parseNow(text: string): Now | undefined {
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
