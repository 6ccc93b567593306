import type { Shelf } from '../../dialects/dialect.ts'
import type { Plan } from '../../plan/plan.ts'

/**
 * Reads a plan, or takes the one that was read before when everything that was asked of the files then has the same
 * answer now. A long plan takes longer to understand than to read.
 */
export function rememberedPlan(key: string, shelf: Shelf, read: (shelf: Shelf) => Plan): Plan {
  const known = KNOWN.get(key)
  if (known?.questions.every(({ ask, answer }) => same(ask(shelf), answer))) return known.plan
  const questions: Question[] = []
  const plan = frozen(read(listening(shelf, questions)))
  KNOWN.delete(key)
  KNOWN.set(key, { plan, questions })
  const [oldest] = KNOWN.keys()
  if (KNOWN.size > REMEMBERED && oldest !== undefined) KNOWN.delete(oldest)
  return plan
}

interface Question {
  ask: (shelf: Shelf) => unknown
  answer: unknown
}

const KNOWN = new Map<string, { plan: Plan; questions: Question[] }>()

const REMEMBERED = 16

function listening(shelf: Shelf, questions: Question[]): Shelf {
  function heard<T>(ask: (shelf: Shelf) => T): T {
    const answer = ask(shelf)
    questions.push({ ask, answer })
    return answer
  }
  return {
    read: file => heard(shelf => shelf.read(file)),
    exists: file => heard(shelf => shelf.exists(file)),
    list: folder => heard(shelf => shelf.list(folder)),
    rows: table => heard(shelf => shelf.rows(table)),
    branch: () => heard(shelf => shelf.branch()),
    variable: name => heard(shelf => shelf.variable(name)),
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
