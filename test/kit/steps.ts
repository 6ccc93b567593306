import { lastEvent, type EventBody, type EventOf } from '../../src/evidence/event.ts'
import { toolFrontend } from '../../src/server/frontend.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { recordRed } from '../../src/workflow/record-red.ts'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import { Refusal, type RefusalCode } from '../../src/workflow/context/refusal.ts'
import { callAt } from './call.ts'
import { stackProject, type Project } from './project.ts'

/** What a step answers: text for a model, and the code of a refusal. */
export interface StepAnswer {
  text: string
  code: RefusalCode | undefined
}

/** A project with one build task, T001, that was started, in this process. */
export interface Steps {
  project: Project
  red(tests: string[], options?: { names?: string[]; late?: boolean }): Promise<StepAnswer>
  green(): Promise<StepAnswer>
  mark(): Promise<StepAnswer>
  /** The last event of a kind in the ledger. */
  lastEvent<K extends EventBody['kind']>(kind: K): Promise<EventOf<K> | undefined>
}

/** Starts the first task of a small project, without a server. */
export async function startSteps(
  tasks: string,
  files: Record<string, string> = {},
  options: { git?: boolean } = {},
): Promise<Steps> {
  const project = stackProject(tasks, files, options)
  return stepsAt(project)
}

/** Starts the first task of a project, without a server. */
async function stepsAt(project: Project): Promise<Steps> {
  const call = { ...callAt(project.root), frontend: toolFrontend }
  await nextTask(call, {})
  const task = 'T001'
  return {
    project,
    red: (tests, options) => answerOf(recordRed(call, { task, tests, ...options })),
    green: () => answerOf(recordGreen(call, { task })),
    mark: () => answerOf(markComplete(call, { task })),
    async lastEvent(kind) {
      const { ledger } = await loadContext(call)
      return lastEvent(ledger.events, kind)
    },
  }
}

async function answerOf(step: Promise<object>): Promise<StepAnswer> {
  try {
    return { text: JSON.stringify(await step), code: undefined }
  } catch (error) {
    if (error instanceof Refusal) return { text: error.message, code: error.code }
    throw error
  }
}
