import type { WorkspaceReader } from './dialect.ts'

/** A reader for one moment only: what changes later, it does not notice. */
export interface RememberingReader extends WorkspaceReader {
  /** Knows the same names, and reads each file anew. */
  withTextsNow(): WorkspaceReader
}

/** A reader that asks the workspace each question once. */
export function rememberingReader(reader: WorkspaceReader): RememberingReader {
  const listed = new Set([''])
  const list = remembered((folder: string) => {
    listed.add(folder)
    return reader.list(folder)
  })
  const names = remembered((folder: string) => namesIn(() => list(folder)))
  const asked = new Map<string, number>()
  const mayBeIn = (folder: string, name: string) => {
    const count = (asked.get(folder) ?? 0) + 1
    asked.set(folder, count)
    if (!listed.has(folder) && count <= FEW) return true
    return names(folder)?.has(name.toLowerCase()) ?? true
  }
  /** Most questions are about files that no one has. The names of some file systems are not case-sensitive. */
  const mayExist = (file: string) => {
    for (let from = 0; ;) {
      const [found, name] = PLAIN.exec(file.slice(from)) ?? []
      if (found === undefined || name === undefined) return true
      if (!mayBeIn(file.slice(0, Math.max(0, from - 1)), name)) return false
      from += found.length
      if (from >= file.length) return true
    }
  }
  let branch: { name: string | undefined } | undefined
  const reading = () =>
    remembered((file: string) => (mayExist(file) ? reader.read(file) : undefined))
  const moment: WorkspaceReader = {
    read: reading(),
    exists: remembered((file: string) => mayExist(file) && reader.exists(file)),
    list: folder => (folder === '' || mayExist(folder) ? [...list(folder)] : []),
    rows: table => reader.rows(table),
    branch: () => (branch ??= { name: reader.branch() }).name,
    variable: name => reader.variable(name),
  }
  return { ...moment, withTextsNow: () => ({ ...moment, read: reading() }) }
}

/** Errors are not kept. */
function remembered<T>(ask: (question: string) => T): (question: string) => T {
  const answers = new Map<string, { answer: T }>()
  return question => {
    const known = answers.get(question) ?? { answer: ask(question) }
    answers.set(question, known)
    return known.answer
  }
}

/** So many files of a folder are looked at before its names are listed: a folder can have very many. */
const FEW = 3

/** The first name of a path. Other characters can be written in several ways. */
const PLAIN = /^(?!\.\.?(?:\/|$))([\w.@+-]+)(?:\/|$)/

/** `undefined` for a folder that cannot be listed: one that may not be read looks empty. */
function namesIn(list: () => readonly string[]): ReadonlySet<string> | undefined {
  try {
    const names = list()
    if (names.length === 0) return undefined
    return new Set(names.map(name => name.replace(/\/$/, '').toLowerCase()))
  } catch {
    return undefined
  }
}
