import { formatList } from '../../plan/format-list.ts'
import type { Kind, Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { standardsFiles } from './documents.ts'
import { baseName } from './paths.ts'
import { flavourIn } from './registry.ts'
import { rootOf } from './roots.ts'
import { topicOf } from './topics.ts'
import { preferencesOf, type Order, type Preferences } from './workflow.ts'

/** What workflow.md and the standards ask for in this task, beyond the loop. */
export function adviceOn(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
): { before: string[]; after: string[] } {
  // The assistant does not work on a task for a human.
  if (task.kind === 'person') return { before: [], after: [] }
  const root = rootOf(plan.feature.dir)
  const preferences = preferencesOf(reader, root)
  return {
    before: [
      ...preferences.order.map(order => ORDERS[order]),
      ...migrationAdvice(preferences, task),
      ...standardsAdvice(reader, root),
    ],
    after: commitAdvice(reader, root, preferences, plan, task),
  }
}

function migrationAdvice({ migrations }: Preferences, { title, phase }: Task): string[] {
  if (migrations === undefined || !/\bmigrat/i.test(`${phase} ${title}`)) return []
  return [MIGRATIONS[migrations]]
}

/** Names the standards files that exist. */
function standardsAdvice(reader: WorkspaceReader, root: string): string[] {
  const names = [...standardsFiles(reader, root), `${root}/tech-stack.md`]
    .filter(path => reader.exists(path))
    .map(baseName)
  if (reader.list(`${root}/code_styleguides`).length > 0) names.push('code_styleguides/')
  return names.length === 0 ? [] : [`Follow ${formatList(names)}.`]
}

function commitAdvice(
  reader: WorkspaceReader,
  root: string,
  { commits, types }: Preferences,
  plan: Plan,
  task: Task,
): string[] {
  if (commits === 'task') {
    const commit = `workflow.md asks for a commit after each task, for example: ${messageFor(task, types)}`
    if (flavourIn(reader, root) === 'table') return [commit]
    return [commit, 'The server does not commit, and writes no commit id after the title.']
  }
  const phase = plan.phases.find(({ tasks }) => tasks.includes(task.id))
  if (commits !== 'phase' || phase?.tasks.at(-1) !== task.id) return []
  return [`workflow.md asks for a commit after each phase; "${phase.name}" ends here.`]
}

/** A commit message by Conventional Commits, at most 72 characters long. */
function messageFor({ kind, title, phase }: Task, types: readonly string[]): string {
  const subject = title.replaceAll(/\s+/g, ' ').replace(/[.;:]+$/, '')
  const start = /^\p{Lu}\p{Ll}/u.test(subject)
    ? subject.slice(0, 1).toLowerCase()
    : subject.slice(0, 1)
  const message = `${typeOf(kind, title, topicOf(phase), types)}: ${start}${subject.slice(1)}`
  return message.length <= MAX_LENGTH ? message : message.slice(0, MAX_LENGTH).replace(CUT, '')
}

function typeOf(kind: Kind, title: string, topic: string, types: readonly string[]): string {
  if (/^fix\b/i.test(title)) return 'fix'
  if (kind === 'refactor' || /^refactor\b/i.test(title)) return 'refactor'
  if (types.includes('migration') && topic === 'migration') return 'migration'
  if (types.includes('perf') && topic === 'indexing') return 'perf'
  if (kind === 'test' || kind === 'cover') return 'test'
  if (kind !== 'check') return 'feat'
  return topic === 'documentation' || topic === 'schema' || DOCUMENTS.test(title) ? 'docs' : 'chore'
}

const ORDERS: Record<Order, string> = {
  'schema first':
    'workflow.md asks for the schema first, then its migration, then code that matches both.',
  'tests first':
    'workflow.md asks for tests first: unit and integration tests that fail, code that makes them pass, then refactoring.',
}

const MIGRATIONS: Record<NonNullable<Preferences['migrations']>, string> = {
  versioned: 'Migrations are versioned here: write a migration file, forward and backward.',
  automatic: 'Migrations are automatic here: let the migration tool make them.',
}

const DOCUMENTS = /\bdocument|\breadme\b|\bdocs\b/i
const MAX_LENGTH = 72
/** The last word, which may be cut off, and the small words before it. */
const CUT = /([\s,;:]+(a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with))*[\s,;:]+\S*$/i
