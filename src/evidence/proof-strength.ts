import { proofOf } from './chains.ts'
import type { Event } from './event.ts'
import { lastOfTask } from './event-index.ts'
import type { RunRecord } from './event-parts.ts'

/** Tasks whose proof a reader should know the limits of, by id. */
export interface ProofStrength {
  /** The tests ran with a command of the settings, and the server knows only what its report says. */
  settingsCommand: string[]
  /** The only result was an exit code: which test failed, and why, is unknown. */
  exitCodeOnly: string[]
}

/** The limits of the proofs of all tasks that are done, or of this one. */
export function proofStrength(events: readonly Event[], only?: string): ProofStrength {
  const tasks = only === undefined ? finishedTasks(events) : [only]
  const runs = tasks.map(task => ({ task, runs: runsOf(events, task) }))
  const withRun = (isWanted: (run: RunRecord) => boolean) =>
    runs.filter(({ runs }) => runs.some(isWanted)).map(({ task }) => task)
  return {
    settingsCommand: withRun(isSettingsCommand),
    exitCodeOnly: withRun(run => run.exitCodeOnly === true),
  }
}

function finishedTasks(events: readonly Event[]): string[] {
  return [...new Set(events.flatMap(event => (event.kind === 'done' ? event.task : [])))]
}

/** Did a test command of the settings make this run? */
export function isSettingsCommand({ framework }: Pick<RunRecord, 'framework'>): boolean {
  return framework === 'custom' || framework.startsWith('custom ')
}

/** The RED and GREEN that the last `done` of a task refers to. */
function runsOf(events: readonly Event[], task: string): RunRecord[] {
  const done = lastOfTask(events, task, 'done')
  const proof = done ? proofOf(events, done) : []
  return proof.flatMap(event =>
    (event.kind === 'red' || event.kind === 'green') && event.run ? [event.run] : [],
  )
}
