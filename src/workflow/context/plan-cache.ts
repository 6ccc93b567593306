import type { WorkspaceReader } from '../../dialects/dialect.ts'
import type { Plan } from '../../plan/plan.ts'

/**
 * Reads a plan, or takes the one that was read before when everything that was asked of the files then has the same
 * answer now. A long plan takes longer to understand than to read.
 */
export function cachedPlan(
  key: string,
  reader: WorkspaceReader,
  read: (reader: WorkspaceReader) => Plan,
): Plan {
  const known = KNOWN.get(key)
  if (known?.questions.every(({ ask, answer }) => same(ask(reader), answer))) return known.plan
  const questions: Question[] = []
  const plan = frozen(read(listening(reader, questions)))
  KNOWN.delete(key)
  KNOWN.set(key, { plan, questions })
  const [oldest] = KNOWN.keys()
  if (KNOWN.size > REMEMBERED && oldest !== undefined) KNOWN.delete(oldest)
  return plan
}

interface Question {
  ask: (reader: WorkspaceReader) => unknown
  answer: unknown
}

const KNOWN = new Map<string, { plan: Plan; questions: Question[] }>()

const REMEMBERED = 16

function listening(reader: WorkspaceReader, questions: Question[]): WorkspaceReader {
  function heard<T>(ask: (reader: WorkspaceReader) => T): T {
    const answer = ask(reader)
    questions.push({ ask, answer })
    return answer
  }
  return {
    read: file => heard(reader => reader.read(file)),
    exists: file => heard(reader => reader.exists(file)),
    list: folder => heard(reader => reader.list(folder)),
    rows: table => heard(reader => reader.rows(table)),
    branch: () => heard(reader => reader.branch()),
    variable: name => heard(reader => reader.variable(name)),
  }
}

/** A step that changed a remembered plan would lie to the next call: it fails instead. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
