import { kindOf, writesTestsOnly } from '../../plan/kinds.ts'
import type { Category, Kind, Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { topicOf, type Topic } from './topics.ts'
import type { Flavour } from './registry.ts'
import { isVerification } from './task-title.ts'

export interface ComponentClues {
  flavour: Flavour
  phase: string
  category: Category
  title: string
  files: readonly string[]
  /** The sub-tasks. */
  subtasks: readonly string[]
  /** It stands before the work that it tests. */
  ahead: boolean
}

type Proof = Pick<Task, 'kind' | 'kindReason'>

/** How a task is proven; the dialect's own marks come first, then the topic of the phase, then the words of the title. */
export function conductorKind(clues: ComponentClues): Proof {
  const { title, phase, subtasks: parts, category } = clues
  if (isVerification(title)) return person('it is the manual verification of its phase')
  if (MANUAL.test(phase)) return person(`phase "${phase}" is verified by hand`)
  const general = byWords(clues, category === 'setup' ? 'work' : category)
  if (general.kind === 'person') return general
  if (isTestDriven(parts)) return proof('build', 'its sub-tasks write tests and implement')
  if (SCAFFOLD.test(title)) return proof('check', 'it makes folders')
  if (TESTING.test(title) && general.kind === 'build')
    return proof('cover', 'it tests code that exists')
  const topic = topicIn(clues)
  return topic === undefined ? general : BY_TOPIC[topic](clues, general)
}

/** Does the task do nothing but write tests? */
export function isTestTask(title: string, files: readonly string[]): boolean {
  return !isVerification(title) && writesTestsOnly(title, files)
}

/** In a registry the names of phases are free, so only set-up says something about the proof. */
function topicIn({ flavour, phase, category }: ComponentClues): Topic | undefined {
  if (flavour === 'table') return topicOf(phase)
  return category === 'setup' ? 'setup' : undefined
}

const BY_TOPIC: Record<Topic, (clues: ComponentClues, general: Proof) => Proof> = {
  setup: (clues, general) =>
    SETS_UP.test(clues.title) && !general.kindReason.includes('tests')
      ? proof('check', `phase "${clues.phase}" sets things up`)
      : general,
  schema: (clues, general) =>
    isCode(clues) ? general : proof('check', `phase "${clues.phase}" designs and writes down`),
  migration: (clues, general) =>
    PREPARES.test(clues.title) && !BEHAVIOUR.test(clues.title) && !isCode(clues)
      ? proof('check', 'it prepares a migration')
      : general,
  core: work,
  indexing: work,
  integrity: work,
  backup: work,
  testing: afterwards,
  documentation: clues => proof('check', `phase "${clues.phase}" documents`),
  general: (_clues, general) => general,
}

/** "Test the restore" tests what the phase has built: a test, not a try. */
function work(clues: ComponentClues, general: Proof): Proof {
  if (!/^test\s/i.test(clues.title) || clues.ahead) return general
  return proof('cover', 'it tests what the phase has built')
}

function afterwards(clues: ComponentClues, general: Proof): Proof {
  if (clues.category === 'test') return general
  // As in a test phase, but for code that is there already.
  const { kind, kindReason } = byWords(clues, 'test')
  if (kind !== 'test' && kind !== 'build') return { kind, kindReason }
  return proof('cover', `phase "${clues.phase}" tests code that exists`)
}

function byWords({ phase, title, files, ahead }: ComponentClues, category: Category): Proof {
  // A folder says nothing about what is done in it, except where documents lie.
  const parsedTest = files.filter(file => !file.endsWith('/') || /(^|\/)docs?\/$/.test(file))
  return kindOf({ phase, title, files: parsedTest, ahead, category })
}

function isTestDriven(parts: readonly string[]): boolean {
  const testAt = parts.findIndex(part => WRITES_TESTS.test(part))
  return testAt >= 0 && parts.some(part => IMPLEMENTS.test(part))
}

function isCode({ title, files }: ComponentClues): boolean {
  return (
    files.some(file => CODE.test(file) && !isTestFile(file)) ||
    /^(implement|build|code)\b/i.test(title)
  )
}

function proof(kind: Kind, kindReason: string): Proof {
  return { kind, kindReason }
}

function person(reason: string): Proof {
  return proof('person', reason)
}

const SCAFFOLD = /\b(director(y|ies)|folders?|project|package) (structure|scaffold|skeleton)\b/i
const TESTING = /^(unit|integration|e2e|end-to-end|regression|smoke) testing\b/i
const MANUAL = /\bmanual (verification|testing|qa)\b|\buser acceptance\b/i
const WRITES_TESTS =
  /^(red\b|(write|add|create|define)\b.*\b(tests?|specs?)\b|(failing|unit|integration) tests?\b)/i
const IMPLEMENTS =
  /^(green\b|implement|build|write (?!.*\btests?\b)|update|create (?!.*\btests?\b)|add (?!.*\btests?\b)|make\b.*\bpass)/i
const CODE = /\.([cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|php|swift|dart|scala|exs?|c|cc|cpp|h)$/i
const SETS_UP =
  /\b(set(s|ting)?[ -]?up|scaffold|initiali[sz]e|init|install|configure|bootstrap)\b|^(create|add)\b.*\b(project|repo(sitory)?|structure|folders?|director(y|ies)|workspace|package|dependenc(y|ies)|config(uration)?|skeleton)\b/i
const PREPARES =
  /^(set ?up|configure|install|choose|select|add|create|define|generate|plan|name|prepare|write|document)\b/i
const BEHAVIOUR =
  /\b(rollbacks?|roll back|revert|runner|engine|idempoten\w*|backfill|transform|convert|copy|detect|verif\w*|validat\w*|appl(y|ies)|execute)\b|\btest\b/i
