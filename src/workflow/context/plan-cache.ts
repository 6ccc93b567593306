import type { WorkspaceReader } from '../../dialects/dialect.ts'
import { withChangedMarks, type MarkReading } from '../../plan/changed-marks.ts'
import type { Plan } from '../../plan/plan.ts'

/** A plan and the files that it was read from. */
export interface PlanReading {
  plan: Plan
  /** Text of each file that the plan was read from, by path; `undefined` for a file that was missing. */
  planTexts: ReadonlyMap<string, string | undefined>
}

/**
 * Reads a plan, or returns the cached one if everything that it was read from is unchanged, because parsing a long plan takes longer than
 * reading its files. With `markState` of the dialect, a plan in which only marks changed is updated instead of parsed again.
 */
export function cachedPlan(
  key: string,
  reader: WorkspaceReader,
  read: (reader: WorkspaceReader) => Plan,
  markState?: MarkReading,
): PlanReading {
  const cached = cache.get(key)
  const known = cached && revalidated(cached, reader, markState)
  if (known && known === cached) return known
  const reading = known ?? newReading(reader, read)
  cache.delete(key)
  cache.set(key, reading)
  const [oldest] = cache.keys()
  if (cache.size > CACHE_SIZE && oldest !== undefined) cache.delete(oldest)
  return reading
}

/** One access of a dialect to the workspace, which can be repeated to see whether its answer changed. */
interface Question {
  ask: (reader: WorkspaceReader) => unknown
  answer: unknown
  /** The file whose text is the answer. */
  file?: string
}

interface CachedReading extends PlanReading {
  questions: Question[]
}

function newReading(
  reader: WorkspaceReader,
  read: (reader: WorkspaceReader) => Plan,
): CachedReading {
  const questions: Question[] = []
  const planTexts = new Map<string, string | undefined>()
  const plan = frozen(read(recordingReader(reader, questions, planTexts)))
  return { plan, planTexts, questions }
}

/** The cached plan, with new marks if only marks of one file changed; `undefined` if the plan has to be parsed again. */
function revalidated(
  cached: CachedReading,
  reader: WorkspaceReader,
  markState?: MarkReading,
): CachedReading | undefined {
  let changed: { question: Question; answer: unknown } | undefined
  for (const question of cached.questions) {
    const answer = question.ask(reader)
    if (isSame(answer, question.answer)) continue
    if (changed) return undefined
    changed = { question, answer }
  }
  if (!changed) return cached
  const { question, answer: after } = changed
  const { file: path, answer: before } = question
  if (path === undefined || typeof before !== 'string' || typeof after !== 'string')
    return undefined
  const plan = markState && withChangedMarks(cached.plan, { path, before, after }, markState)
  if (!plan) return undefined
  const questions = cached.questions.map(one =>
    one === question ? { ...one, answer: after } : one,
  )
  return { plan: frozen(plan), planTexts: new Map(cached.planTexts).set(path, after), questions }
}

const cache = new Map<string, CachedReading>()

const CACHE_SIZE = 16

/** Records what the plan was read from. Each file is read once, so that a save in between cannot mix two versions. */
function recordingReader(
  reader: WorkspaceReader,
  questions: Question[],
  texts: Map<string, string | undefined>,
): WorkspaceReader {
  function recorded<T>(ask: (reader: WorkspaceReader) => T, file?: string): T {
    const answer = ask(reader)
    questions.push({ ask, answer, ...(file !== undefined && { file }) })
    return answer
  }
  return {
    read(file) {
      if (!texts.has(file))
        texts.set(
          file,
          recorded(reader => reader.read(file), file),
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
