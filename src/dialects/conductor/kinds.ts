import { kindOf } from '../../plan/kinds.ts'
import { writesTestsOnly } from '../../plan/test-titles.ts'
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
  /** The titles of its sub-tasks. */
  subtasks: readonly string[]
  /** It comes before the code that it tests. */
  ahead: boolean
}

type Proof = Pick<Task, 'kind' | 'kindReason'>

/** How a task has to be proven: by the dialect's own marks, else by the topic of its phase, else by the words of its title. */
export function conductorKind(clues: ComponentClues): Proof {
  const { title, phase, subtasks: parts, category } = clues
  if (isVerification(title)) return person('it is the manual verification of its phase')
  if (MANUAL.test(phase)) return person(`phase "${phase}" is a manual verification`)
  const general = byTitleAndFiles(clues, category === 'setup' ? 'work' : category)
  if (general.kind === 'person') return general
  if (isTestDriven(parts)) return proof('build', 'its sub-tasks write tests and implement')
  if (SCAFFOLD.test(title)) return proof('check', 'it creates folders')
  if (TESTING.test(title) && general.kind === 'build')
    return proof('cover', 'it tests existing code')
  const topic = topicIn(clues)
  return topic === undefined ? general : BY_TOPIC[topic](clues, general)
}

/** Does the task only write tests? */
export function isTestTask(title: string, files: readonly string[]): boolean {
  return !isVerification(title) && writesTestsOnly(title, files)
}

/** The topic of the phase. In a track, phases may have any name, so only set-up phases count. */
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
    isCode(clues) ? general : proof('check', `phase "${clues.phase}" designs and documents`),
  migration: (clues, general) =>
    PREPARES.test(clues.title) && !BEHAVIOUR.test(clues.title) && !isCode(clues)
      ? proof('check', 'it prepares a migration')
      : general,
  core: testsOfPhase,
  indexing: testsOfPhase,
  integrity: testsOfPhase,
  backup: testsOfPhase,
  testing: testsOfExistingCode,
  documentation: clues => proof('check', `phase "${clues.phase}" is documentation`),
  general: (_clues, general) => general,
}

/** In these phases, "Test the restore" means to write tests for what the phase has built. */
function testsOfPhase(clues: ComponentClues, general: Proof): Proof {
  if (!/^test\s/i.test(clues.title) || clues.ahead) return general
  return proof('cover', 'it tests what the phase has built')
}

function testsOfExistingCode(clues: ComponentClues, general: Proof): Proof {
  if (clues.category === 'test') return general
  // As in a test phase, but for existing code.
  const { kind, kindReason } = byTitleAndFiles(clues, 'test')
  if (kind !== 'test' && kind !== 'build') return { kind, kindReason }
  return proof('cover', `phase "${clues.phase}" tests existing code`)
}

function byTitleAndFiles(
  { phase, title, files, ahead }: ComponentClues,
  category: Category,
): Proof {
  // A folder does not show what the task changes, unless it is a folder of documents.
  const relevant = files.filter(file => !file.endsWith('/') || /(^|\/)docs?\/$/.test(file))
  return kindOf({ phase, title, files: relevant, ahead, category })
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
