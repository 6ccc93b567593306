import { fieldOf } from '../reporters/writer.ts'

/** The message of a standby that is ready: what its result depends on, so that the server can find out whether that changed. */
export interface StandbyReady {
  /** The configuration and the files that it imports, absolute. */
  configuration: string[]
  /** Folders whose files it looked at, absolute. */
  folders: string[]
  /** The folder of static files, whose names it read with all folders below. */
  publicFolder?: string
  /** Each test file gets fresh modules, so their order does not matter. */
  isolates: boolean
  /** Why this project needs a new process for each run. */
  unsuitable?: string
}

/** The message that makes a standby run tests. */
export interface StandbyRun {
  /** Arguments of the command line that select the tests. */
  words: string[]
  /** Path of the report. The key is in a file beside it. */
  report: string
}

/** The message of a process that runs the code of the project, so it can be anything. */
export function readReady(message: unknown): StandbyReady | undefined {
  const [configuration, folders] = [textsIn(message, 'configuration'), textsIn(message, 'folders')]
  if (!configuration || !folders) return undefined
  const publicFolder = fieldOf(message, 'publicFolder')
  const unsuitable = fieldOf(message, 'unsuitable')
  return {
    configuration,
    folders,
    isolates: fieldOf(message, 'isolates') === true,
    ...(typeof publicFolder === 'string' && { publicFolder }),
    ...(typeof unsuitable === 'string' && { unsuitable }),
  }
}

export function readRun(message: unknown): StandbyRun | undefined {
  const words = textsIn(message, 'words')
  const report = fieldOf(message, 'report')
  return words && typeof report === 'string' ? { words, report } : undefined
}

function textsIn(message: unknown, field: string): string[] | undefined {
  const list = fieldOf(message, field)
  if (!Array.isArray(list)) return undefined
  return list.filter((one): one is string => typeof one === 'string')
}
