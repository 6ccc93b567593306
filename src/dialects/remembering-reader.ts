import type { WorkspaceReader } from './dialect.ts'

/** A reader that asks the workspace each question once. For one moment only: what changes later, it does not notice. */
export function rememberingReader(reader: WorkspaceReader): WorkspaceReader {
  const list = remembered((folder: string) => reader.list(folder))
  const names = remembered((folder: string) => namesIn(() => list(folder)))
  /** Most questions are about folders that no one has. The names of some file systems are not case-sensitive. */
  const mayExist = (file: string) => {
    const [, first] = PLAIN.exec(file) ?? []
    return first === undefined || (names('')?.has(first.toLowerCase()) ?? true)
  }
  let branch: { name: string | undefined } | undefined
  return {
    read: remembered((file: string) => (mayExist(file) ? reader.read(file) : undefined)),
    exists: remembered((file: string) => mayExist(file) && reader.exists(file)),
    list: folder => (folder === '' || mayExist(folder) ? [...list(folder)] : []),
    rows: table => reader.rows(table),
    branch: () => (branch ??= { name: reader.branch() }).name,
    variable: name => reader.variable(name),
  }
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

/** The first name of a path. Other characters can be written in several ways. */
const PLAIN = /^(?!\.\.?(?:\/|$))([\w.@+-]+)(?:\/|$)/

/** `undefined` for a folder that cannot be listed. */
function namesIn(list: () => readonly string[]): ReadonlySet<string> | undefined {
  try {
    return new Set(list().map(name => name.replace(/\/$/, '').toLowerCase()))
  } catch {
    return undefined
  }
}
