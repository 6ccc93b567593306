/** A test that fails when the requirement is broken. */
export interface Shown {
  /** Path of the test file. */
  test: string
  /** Its full name, or a distinctive part of it as the file has it; for a table, its template or the words of a row. */
  name: string
  /** The row of the table that is meant, as the file has it, where the name does not say it. */
  case?: string
}

/** What meets a requirement although no test shows it yet. */
export interface Untested {
  /** Path of the source file. */
  code: string
  /** What to look for in it. */
  part: string
}

/** How a requirement is met. */
type How =
  | { shown: Shown }
  /** A matter of the assistant, or of the person: why, and what the server contributes. */
  | { assistant: string }
  | { untested: Untested }
  /** What is missing, and with which work it comes. */
  | { later: string }

/** One requirement, or a few in a row that are met in the same way, such as `R166–R169`. */
export type Row = ({ id: string } | { ids: string }) & { text: string } & How

/** Every id that a row stands for. */
export function idsOf(row: Row): string[] {
  if ('id' in row) return [row.id]
  const [first = NaN, last = NaN] = row.ids.split('–').map(id => Number(id.slice(1)))
  return Array.from({ length: last - first + 1 }, (_, at) => `R${first + at}`)
}
