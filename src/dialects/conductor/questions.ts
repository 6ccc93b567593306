import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { flavourIn } from './registry.ts'
import { rootOf } from './roots.ts'
import { topicOf, type Topic } from './topics.ts'
import { isVerification } from './task-title.ts'
import { asksToVerify } from './workflow.ts'

/** The question for a human at the end of a phase, with what to check and how; `undefined` if none is required. */
export function questionOf(reader: WorkspaceReader, plan: Plan, phase: Phase): string | undefined {
  const root = rootOf(plan.feature.dir)
  const tasks = plan.tasks.filter(({ id }) => phase.tasks.includes(id))
  const isTable = flavourIn(reader, root) === 'table'
  if (!isTable && !tasks.some(({ kind }) => kind === 'person') && !asksToVerify(reader, root))
    return undefined
  const { question, check } = QUESTIONS[isTable ? topicOf(phase.name) : 'general']
  const files = [...new Set(tasks.flatMap(task => task.files))].slice(0, MAX_FILES)
  const where = files.length === 0 ? '' : ` Its tasks name ${files.join(', ')}.`
  return `${titled(phase)} is finished. ${question} ${check}${where}${alsoCheck(tasks)}`
}

/** Other tasks of the phase that a human has to check; the answer covers them too. */
function alsoCheck(tasks: readonly Task[]): string {
  const titles = tasks
    .filter(({ kind, title }) => kind === 'person' && !isVerification(title))
    .map(({ title }) => `"${title}"`)
  return titles.length === 0 ? '' : ` Also check: ${titles.join(', ')}.`
}

function titled({ name }: Phase): string {
  return name === '' ? 'The work' : `"${name}"`
}

interface Question {
  question: string
  check: string
}

const QUESTIONS: Record<Topic, Question> = {
  schema: {
    question: 'Is the schema right?',
    check: 'Compare its fields, types, keys and relations with spec.md and the standards.',
  },
  migration: {
    question: 'Do the migrations run, and are they documented?',
    check: 'Run them forward and back on sample data, and compare the schema before and after.',
  },
  core: {
    question: 'Do create, read, update and delete work?',
    check: 'Try each once, and once with input that must be refused; no partial data may remain.',
  },
  indexing: {
    question: 'Are the queries faster?',
    check: 'Compare the time or the plan of the main queries with and without the indexes.',
  },
  integrity: {
    question: 'Do constraints and validations hold?',
    check:
      'Try to store a duplicate, a missing and a wrong value; each must be refused with a reason.',
  },
  backup: {
    question: 'Do backup and restore work?',
    check: 'Make a backup, delete something on purpose, restore it, and compare.',
  },
  testing: {
    question: 'Do the tests cover what matters?',
    check: 'Run them, and compare their names with the criteria in spec.md.',
  },
  documentation: {
    question: 'Is the documentation right and complete?',
    check: 'Follow it once, like somebody who does not know the code.',
  },
  setup: {
    question: 'Is everything set up?',
    check: 'Install and start it once in a fresh copy.',
  },
  general: {
    question: 'Does it work as spec.md says?',
    check: 'Start it, and try what the tasks of this phase promise.',
  },
}

const MAX_FILES = 4
