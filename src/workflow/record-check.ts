import type { RunRecord } from '../evidence/event-parts.ts'
import { measuredLines } from '../evidence/measured.ts'
import type { Task } from '../plan/plan.ts'
import { runProcess, type ProcessEnd } from '../runner/run.ts'
import { takeTree } from '../store/tree.ts'
import { record, taskOf, type Desk } from './desk.ts'
import { atDesk } from './open-desk.ts'
import { mayMove } from './gates/may-move.ts'
import { ownChanges } from './gates/moved.ts'
import { refuseMissingFiles } from './gates/named-files.ts'
import { keepFiles, prepareFiles, regainTree } from './keep-files.ts'
import { keepTask } from './hold.ts'
import { recordedRun, type Recorded } from './record-red.ts'
import { fenced } from './refuse-verdict.ts'
import { Refusal } from './refusal.ts'
import { newRunId, termsOf } from './run-terms.ts'
import { toolchainOf } from './toolchain.ts'

/** Records that what a `check` task names is there, and that a named check passes. */
export async function recordCheck(
  desk: Desk,
  task: Task,
  check: string | undefined,
): Promise<Recorded> {
  const files = await refuseMissingFiles(desk, task)
  const argv = check === undefined ? undefined : checkNamed(desk, check)
  const named =
    argv || files.some(file => !file.endsWith('/')) ? files : await changedFor(desk, task)
  const run = argv && (await runCheck(desk, task, check ?? '', argv))
  const tree = await takeTree(desk.workspace)
  await prepareFiles(desk, tree)
  return atDesk(desk.call, async desk => {
    mayMove(desk, taskOf(desk, task.id), 'record_green')
    const kept = await keepFiles(desk, tree, { task: task.id, step: 'green' })
    const [event] = record(desk, {
      kind: 'green',
      task: task.id,
      settings: desk.settings.hash,
      ...kept,
      tests: [],
      counts: { passed: 0, failed: 0, skipped: 0, errored: 0 },
      files: {},
      frozen: {},
      names: [],
      named,
      ...(run && { run }),
      ...(check !== undefined && { check }),
    })
    keepTask(desk, task)
    if (event?.kind !== 'green') throw new Error('A GREEN was recorded as something else.')
    return recordedRun(desk, event)
  })
}

/** The checks that can be named: those of the settings, and the type checker and linter that were found. */
function checksOf(desk: Desk): Map<string, string[]> {
  const { types, lint } = toolchainOf(desk)
  return new Map([
    ...(types ? [['types', types.argv] as const] : []),
    ...(lint ? [['lint', lint.argv] as const] : []),
    ...Object.entries(desk.settings.checks),
  ])
}

function checkNamed(desk: Desk, name: string): string[] {
  const checks = checksOf(desk)
  const argv = checks.get(name)
  if (argv) return argv
  throw new Refusal(
    'no_command',
    `There is no check ${JSON.stringify(name)}, so nothing was run.`,
    checks.size > 0
      ? `There are ${[...checks.keys()].join(', ')}.`
      : 'A person adds one to redgreen.config.json under checks.',
  )
}

/**
 * For a task that names no file, or a folder alone: what changed since it was started. Where a check could be named
 * instead, it has to be.
 */
async function changedFor(desk: Desk, task: Task): Promise<string[]> {
  const { start } = desk.histories.get(task.id) ?? {}
  const before = start && (await regainTree(desk, start))
  const now = await takeTree(desk.workspace)
  const changed = before ? ownChanges(desk, task, before, now) : []
  const own =
    task.files.length > 0
      ? changed.filter(file => task.files.some(folder => file.startsWith(folder)))
      : changed
  if (own.length > 0 && (task.files.length > 0 || checksOf(desk).size === 0))
    return own.slice(0, 50)
  throw nothingToCheck(desk, task)
}

function nothingToCheck(desk: Desk, task: Task): Refusal {
  const names = [...checksOf(desk).keys()].join(', ')
  return new Refusal(
    'no_command',
    `${task.id} is proven as \`check\` (${task.kindReason}) and names no file${task.files.length > 0 ? ' but folders, in which nothing changed' : ''}, so there is nothing to look at.`,
    names === ''
      ? `Do the work: files that it changes are seen. Or a person adds a check to redgreen.config.json under checks, or waives the task with \`redgreen waive ${task.id} --reason …\`.`
      : `${desk.call.surface.tell('record_green', { task: task.id })} with a check that fits: ${names}.`,
  )
}

async function runCheck(desk: Desk, task: Task, name: string, argv: string[]): Promise<RunRecord> {
  const id = newRunId(desk.call)
  const end = await runNamed(desk, argv, id)
  if (end.end === 'exited' && end.exitCode === 0) return recordOf(id, name, argv, end)
  const how = end.end === 'exited' ? `ended with exit code ${end.exitCode}` : `was ${end.end}`
  throw new Refusal(
    'check_fails',
    `The check ${name} (${argv.join(' ')}) ${how}.`,
    `${task.id} was not taken as done. Mend what it found, then call the same step again.`,
    fenced(end.reason ?? end.output),
  )
}

/** Runs a command of the settings in the workspace, within the limits; its output goes to the log of run `id`. */
export async function runNamed(desk: Desk, argv: string[], id: string): Promise<ProcessEnd> {
  desk.call.note(`running ${argv.join(' ')}`)
  const end = await runProcess({ argv, cwd: desk.workspace.root, ...termsOf(desk, id) })
  // Whoever takes a call back is shown nothing, and nothing is recorded of it: no gate failed.
  desk.call.signal.throwIfAborted()
  return end
}

/** A run of a named command as the ledger keeps it. */
export function recordOf(id: string, name: string, argv: string[], end: ProcessEnd): RunRecord {
  const { exitCode, durationMs, outputSha256 } = end
  const measured = measuredLines(end.output)
  return {
    id,
    command: argv,
    cwd: '',
    exitCode,
    durationMs,
    framework: `check ${name}`,
    // The whole of it is in the log.
    output: end.output.trimEnd().split('\n').slice(-LAST).join('\n'),
    outputSha256,
    ...(measured.length > 0 && { measured }),
  }
}

const LAST = 30
