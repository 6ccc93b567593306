import type { RunRecord } from '../evidence/event-parts.ts'
import type { Task } from '../plan/plan.ts'
import { takeTree } from '../store/tree.ts'
import { record, taskOf, type Desk } from './context/context.ts'
import { atDesk } from './context/transaction.ts'
import { mayMove } from './guards/may-move.ts'
import { ownChanges } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { keepFiles, prepareFiles, regainTree } from './testing/snapshots.ts'
import { keepTask } from './context/leases.ts'
import { recordedRun, type Recorded } from './record-red.ts'
import { fenced } from './testing/verdict-refusal.ts'
import { Refusal } from './context/refusal.ts'
import { recordOf, runNamed } from './testing/named-command.ts'
import { newRunId } from './testing/run-options.ts'
import { toolchainOf } from './testing/toolchain.ts'

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
