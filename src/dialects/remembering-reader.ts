import type { WorkspaceReader } from './dialect.ts'

/** A reader that asks the workspace each question once. For one moment only: what changes later, it does not notice. */
export function rememberingReader(reader: WorkspaceReader): WorkspaceReader {
  const list = remembered((folder: string) => reader.list(folder))
  let branch: { name: string | undefined } | undefined
  return {
    read: remembered((file: string) => reader.read(file)),
    exists: remembered((file: string) => reader.exists(file)),
    list: folder => [...list(folder)],
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
