import { addressOf } from './context/resource-uri.ts'
import { eventId, type EventOf } from '../evidence/event.ts'
import type { SeenTest } from '../evidence/event-parts.ts'
import type { Counts } from '../evidence/outcome.ts'
import { judgeRed } from '../evidence/verdict.ts'
import type { Stage } from '../evidence/stage.ts'
import type { Task } from '../plan/plan.ts'
import type { Call, Next } from './context/call.ts'
import { taskOf, type Desk } from './context/context.ts'
import { atDesk, openDesk } from './context/transaction.ts'
import { mayMove, type Started } from './guards/may-move.ts'
import { refuseMoved } from './guards/moved.ts'
import { testFilesOf, type TestFiles } from './guards/test-files.ts'
import { prepareFiles } from './testing/snapshots.ts'
import { keepRed } from './testing/record-run.ts'
import { lateRed } from './checkout/late-red.ts'
import { nextFor } from './response/next-step.ts'
import { isOwnModule } from './testing/own-module.ts'
import { Refusal } from './context/refusal.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'
import { frozenBy, hashesOf } from './testing/frozen-files.ts'
import { witness, type WitnessedRun } from './testing/test-run.ts'

/** What a recorded run of tests said. */
export interface Recorded {
  task: string
  stage: Stage
  /** Event id in the ledger. */
  evidence: string
  command: string[]
  exitCode: number | null
  tests: SeenTest[]
  counts: Counts
  /** The last lines. */
  output: string
  /** URI of the whole output. */
  log: string
  /** RED without test ids: the tests could not be loaded yet. */
  shallow?: true
  /** There was no report: neither which test failed nor why was seen. */
  exitCodeOnly?: true
  loadErrors?: { file: string; message: string }[]
  /** A RED that was seen in a checkout aside: without code that is there, or again because the tests were changed. */
  aside?: 'late' | 'tests-changed'
  next: Next
}

export interface RedRequest {
  task: string
  tests: string[]
  names?: string[] | undefined
  late?: boolean | undefined
}

/** Runs the tests of a task and records that they fail for want of the behaviour they ask for. */
export async function recordRed(call: Call, request: RedRequest): Promise<Recorded> {
  const desk = await openDesk(call)
  const task = taskOf(desk, request.task)
  const started = mayMove(desk, task, 'record_red')
  const tests = await testFilesOf(desk, started, request.tests)
  const names = request.names ?? []
  const known = sameRun(desk, started, tests, names)
  if (known) return recordedRun(desk, known)
  if (request.late) {
    refuseLate(desk, task)
    return recordedRun(desk, await lateRed(desk, started, tests, names))
  }
  const witnessed = await witness(desk, tests.bench, tests.files, names)
  const shallow = judge(desk, started, tests, witnessed)
  await prepareFiles(desk, witnessed.after)
  return atDesk(call, async desk => {
    const { task } = mayMove(desk, taskOf(desk, request.task), 'record_red')
    return recordedRun(desk, await keepRed(desk, task, witnessed, { names, shallow }))
  })
}

/** A recorded run of tests, told again. */
export function recordedRun(desk: Desk, event: EventOf<'red'> | EventOf<'green'>): Recorded {
  const { run } = event
  const { feature } = desk.plan
  return {
    task: event.task,
    stage: event.kind,
    evidence: eventId(event),
    command: run?.command ?? [],
    exitCode: run?.exitCode ?? null,
    tests: event.tests,
    counts: event.counts,
    output: run?.output ?? '',
    log: run ? addressOf(feature, `runs/${run.id}`) : '',
    ...(run?.exitCodeOnly && { exitCodeOnly: true }),
    ...(event.kind === 'red' && event.shallow && { shallow: true, loadErrors: event.loadErrors }),
    ...(event.kind === 'red' && event.aside && { aside: event.aside }),
    next: nextFor(desk, taskOf(desk, event.task), event.kind),
  }
}

/** The recorded RED, when nothing has changed since: asking twice costs no second run. */
function sameRun(
  desk: Desk,
  { standing }: Started,
  { bench, files }: TestFiles,
  names: readonly string[],
): EventOf<'red'> | undefined {
  const { red } = standing.history
  if (!red || red.shallow || standing.stage !== 'red') return undefined
  if (JSON.stringify(sorted(red.frozen)) !== JSON.stringify(sorted(frozenBy(desk, bench, files))))
    return undefined
  const now = JSON.stringify([hashesOf(desk, [...files].sort()), names])
  const then = JSON.stringify([sorted(red.files), red.names])
  return now === then ? red : undefined
}

function sorted(hashes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function judge(desk: Desk, started: Started, tests: TestFiles, witnessed: WitnessedRun): boolean {
  const { task } = started
  refuseMoved(desk, task, witnessed)
  const verdict = judgeRed(witnessed.outcome, {
    kind: task.kind,
    allowMissing: desk.settings.red.allowMissing,
    isOwn: missing => isOwnModule(tests.bench, desk.workspace.root, missing),
  })
  if (verdict.proves === 'red') return verdict.shallow
  throw refuseVerdict(desk, task, 'RED', verdict, witnessed)
}

/** Only tests of code that this server saw come into being can be seen to fail without it. */
function refuseLate(desk: Desk, task: Task): void {
  if (task.kind === 'build' || task.kind === 'cover') return
  throw new Refusal(
    'bad_arguments',
    `${task.id} is proven as \`${task.kind}\` (${task.kindReason}), whose code is still to be written, so nothing was run.`,
    `${desk.call.surface.tell('record_red', { task: task.id })} without \`late\`.`,
  )
}
