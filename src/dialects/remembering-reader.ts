import type { WorkspaceReader } from './dialect.ts'

/** A reader that caches every answer, so that it sees the workspace at one moment. It does not notice later changes. */
export interface RememberingReader extends WorkspaceReader {
  /** A reader with the same cached names that reads the text of each file again. */
  withTextsNow(): WorkspaceReader
}

/** Wraps a reader so that each question reaches the workspace once. */
export function rememberingReader(reader: WorkspaceReader): RememberingReader {
  const listed = new Set([''])
  const list = remembered((folder: string) => {
    listed.add(folder)
    return reader.list(folder)
  })
  const names = remembered((folder: string) => namesIn(() => list(folder)))
  const asked = new Map<string, number>()
  const mayBeInFolder = (folder: string, name: string) => {
    const count = (asked.get(folder) ?? 0) + 1
    asked.set(folder, count)
    if (!listed.has(folder) && count <= MAX_SINGLE_LOOKUPS) return true
    return names(folder)?.has(name.toLowerCase()) ?? true
  }
  /** Most questions are about files that no one has. The names of some file systems are not case-sensitive. */
  const mayExist = (file: string) => {
    for (let from = 0; ;) {
      const [found, name] = FIRST_NAME.exec(file.slice(from)) ?? []
      if (found === undefined || name === undefined) return true
      if (!mayBeInFolder(file.slice(0, Math.max(0, from - 1)), name)) return false
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

/** Caches the answers of a function. An error is not cached. */
function remembered<T>(ask: (question: string) => T): (question: string) => T {
  const answers = new Map<string, { answer: T }>()
  return question => {
    const known = answers.get(question) ?? { answer: ask(question) }
    answers.set(question, known)
    return known.answer
  }
}

/** After this many checks of single files, the folder is listed instead. Not earlier, because a folder can have very many files. */
const MAX_SINGLE_LOOKUPS = 3

/** Matches the first name of a path: `src` of `src/app.ts`. Only ASCII, because Unicode has several spellings of one name. */
const FIRST_NAME = /^(?!\.\.?(?:\/|$))([\w.@+-]+)(?:\/|$)/

/** The names in a folder, in lower case; `undefined` if it cannot be listed. An unreadable folder looks empty, so that counts as well. */
function namesIn(list: () => readonly string[]): ReadonlySet<string> | undefined {
  try {
    const names = list()
    if (names.length === 0) return undefined
    return new Set(names.map(name => name.replace(/\/$/, '').toLowerCase()))
  } catch {
    return undefined
  }
}
