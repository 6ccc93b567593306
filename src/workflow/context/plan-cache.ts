import type { WorkspaceReader } from '../../dialects/dialect.ts'
import type { Plan } from '../../plan/plan.ts'

/** A plan and the files that it was read from. */
export interface PlanReading {
  plan: Plan
  /** Text of each file that the plan was read from, by path; `undefined` for a file that was missing. */
  planTexts: ReadonlyMap<string, string | undefined>
}

/**
 * Reads a plan. Returns the cached plan instead if every question that was asked of the workspace at that time has the same
 * answer now: to parse a long plan takes longer than to read its files.
 */
export function cachedPlan(
  key: string,
  reader: WorkspaceReader,
  read: (reader: WorkspaceReader) => Plan,
): PlanReading {
  const cached = cache.get(key)
  if (cached?.questions.every(({ ask, answer }) => isSame(ask(reader), answer))) return cached
  const questions: Question[] = []
  const planTexts = new Map<string, string | undefined>()
  const plan = frozen(read(recordingReader(reader, questions, planTexts)))
  const reading = { plan, planTexts, questions }
  cache.delete(key)
  cache.set(key, reading)
  const [oldest] = cache.keys()
  if (cache.size > CACHE_SIZE && oldest !== undefined) cache.delete(oldest)
  return reading
}

interface Question {
  ask: (reader: WorkspaceReader) => unknown
  answer: unknown
}

const cache = new Map<string, PlanReading & { questions: Question[] }>()

const CACHE_SIZE = 16

/** Records what the plan was read from. Each file is read once, so that a save in between cannot mix two versions. */
function recordingReader(
  reader: WorkspaceReader,
  questions: Question[],
  texts: Map<string, string | undefined>,
): WorkspaceReader {
  function recorded<T>(ask: (reader: WorkspaceReader) => T): T {
    const answer = ask(reader)
    questions.push({ ask, answer })
    return answer
  }
  return {
    read(file) {
      if (!texts.has(file))
        texts.set(
          file,
          recorded(reader => reader.read(file)),
        )
      return texts.get(file)
    },
    exists: file => recorded(reader => reader.exists(file)),
    list: folder => recorded(reader => reader.list(folder)),
    rows: table => recorded(reader => reader.rows(table)),
    branch: () => recorded(reader => reader.branch()),
    variable: name => recorded(reader => reader.variable(name)),
  }
}

/** Freezes a cached plan, so that a step that tries to change it fails at once. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
