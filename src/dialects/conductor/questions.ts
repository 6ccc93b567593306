import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { flavourIn } from './registry.ts'
import { rootOf } from './roots.ts'
import { topicOf, type Topic } from './topics.ts'
import { isVerification } from './task-title.ts'
import { asksToVerify } from './workflow.ts'

/** What a person is asked at the end of a phase: what to look at, and how. */
export function questionOf(reader: WorkspaceReader, plan: Plan, phase: Phase): string | undefined {
  const root = rootOf(plan.feature.dir)
  const tasks = plan.tasks.filter(({ id }) => phase.tasks.includes(id))
  const isTable = flavourIn(reader, root) === 'table'
  if (!isTable && !tasks.some(({ kind }) => kind === 'person') && !asksToVerify(reader, root))
    return undefined
  const { ask, look } = QUESTIONS[isTable ? topicOf(phase.name) : 'general']
  const files = [...new Set(tasks.flatMap(task => task.files))].slice(0, MOST)
  const where = files.length === 0 ? '' : ` Its tasks name ${files.join(', ')}.`
  return `${titled(phase)} is finished. ${ask} ${look}${where}${alsoAsked(tasks)}`
}

/** What else the plan wants a person to look at in this phase; the answer is for all of it. */
function alsoAsked(tasks: readonly Task[]): string {
  const titles = tasks
    .filter(({ kind, title }) => kind === 'person' && !isVerification(title))
    .map(({ title }) => `"${title}"`)
  return titles.length === 0 ? '' : ` Look at this too: ${titles.join(', ')}.`
}

function titled({ name }: Phase): string {
  return name === '' ? 'The work' : `"${name}"`
}

interface Question {
  ask: string
  look: string
}

const QUESTIONS: Record<Topic, Question> = {
  schema: {
    ask: 'Is the schema right?',
    look: 'Hold its fields, types, keys and relations against spec.md and the standards.',
  },
  migration: {
    ask: 'Do the migrations run, and are they documented?',
    look: 'Run them forward and back on sample data, and compare the schema before and after.',
  },
  core: {
    ask: 'Do create, read, update and delete work?',
    look: 'Try each once, and once with something that must be refused; nothing half-written may stay.',
  },
  indexing: {
    ask: 'Are the queries faster?',
    look: 'Compare the time or the plan of the main queries with and without the indexes.',
  },
  integrity: {
    ask: 'Do constraints and validations hold?',
    look: 'Try to store a duplicate, a missing and a wrong value; each must be refused with a reason.',
  },
  backup: {
    ask: 'Do backup and restore work?',
    look: 'Make a backup, lose something on purpose, restore it, and compare.',
  },
  testing: {
    ask: 'Do the tests cover what matters?',
    look: 'Run them, and hold their names against the criteria of spec.md.',
  },
  documentation: {
    ask: 'Is the documentation right and complete?',
    look: 'Follow it once, as somebody would who does not know the code.',
  },
  setup: {
    ask: 'Is everything set up?',
    look: 'Install and start it once in a fresh copy.',
  },
  general: {
    ask: 'Does it work as spec.md says?',
    look: 'Start it, and try what the tasks of this phase promise.',
  },
}

const MOST = 4
