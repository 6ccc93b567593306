import { addressOf } from './address.ts'
import { eventId, type EventOf, type SeenTest } from '../evidence/event.ts'
import type { Counts } from '../evidence/outcome.ts'
import { judgeRed } from '../evidence/verdict.ts'
import type { Stage } from '../evidence/stage.ts'
import { keepTree } from '../store/tree.ts'
import { takeClaim } from '../store/claims.ts'
import type { Call, Next } from './call.ts'
import { record, taskOf, type Desk } from './desk.ts'
import { atDesk, openDesk } from './open-desk.ts'
import { mayMove, type Started } from './gates/may-move.ts'
import { refuseMoved } from './gates/moved.ts'
import { testFilesOf, type TestFiles } from './gates/test-files.ts'
import { nextFor } from './next.ts'
import { isOwnModule } from './own-module.ts'
import { Refusal } from './refusal.ts'
import { refuseVerdict } from './refuse-verdict.ts'
import { frozenBy, hashesOf, witness, type Witnessed } from './test-run.ts'

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
  if (request.late) throw lateRed(desk, request.task)
  const tests = await testFilesOf(desk, started, request.tests)
  const names = request.names ?? []
  const known = sameRun(desk, started, tests, names)
  if (known) return recordedRun(desk, known)
  const witnessed = await witness(desk, tests.bench, tests.files, names)
  const shallow = judge(desk, started, tests, witnessed)
  return atDesk(call, desk => {
    const started = mayMove(desk, taskOf(desk, request.task), 'record_red')
    return keep(desk, started, witnessed, { names, shallow })
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

function judge(desk: Desk, started: Started, tests: TestFiles, witnessed: Witnessed): boolean {
  const { task } = started
  refuseMoved(desk, task, witnessed)
  const verdict = judgeRed(witnessed.outcome, {
    kind: task.kind,
    allowMissing: desk.settings.red.allowMissing,
    isOwn: missing => isOwnModule(desk, tests, missing),
  })
  if (verdict.proves === 'red') return verdict.shallow
  throw refuseVerdict(desk, task, 'RED', verdict, witnessed)
}

function keep(
  desk: Desk,
  { task }: Started,
  witnessed: Witnessed,
  { names, shallow }: { names: string[]; shallow: boolean },
): Recorded {
  const { run, tests, counts, files, frozen, after } = witnessed
  keepTree(desk.state, after)
  const [event] = record(desk, {
    kind: 'red',
    task: task.id,
    settings: desk.settings.hash,
    tree: after.hash,
    run,
    tests,
    counts,
    files,
    frozen,
    provenAs: task.kind,
    names,
    loadErrors: witnessed.outcome.loadErrors.map(({ file, message }) => ({ file, message })),
    shallow,
  })
  takeClaim(desk.state, desk.plan.feature.id, task.id, desk.call.holder, new Date())
  if (event?.kind !== 'red') throw new Error('A RED was recorded as something else.')
  return recordedRun(desk, event)
}

function lateRed(desk: Desk, task: string): Refusal {
  return new Refusal(
    'no_command',
    `Late RED, with the source put back by the server, is not part of this version, so nothing was run for ${task}.`,
    `Take the code under test away yourself for a moment, ${desk.call.surface.tell('record_red', { task })} without \`late\`, and put it back.`,
  )
}
