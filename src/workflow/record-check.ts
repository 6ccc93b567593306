import { onlyInspects } from '../plan/asked-work.ts'
import type { Task } from '../plan/plan.ts'
import { takeTree } from '../store/tree.ts'
import { capitalize } from './context/capitalize.ts'
import type { Context } from './context/context.ts'
import { record } from './context/record.ts'
import { requireTask } from './context/named-task.ts'
import { withTransaction } from './context/transaction.ts'
import { requireStage, type StartedTask } from './guards/require-stage.ts'
import { ownChanges } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { refuseUnchangedFiles } from './guards/unchanged-files.ts'
import { storeSnapshot, prepareSnapshot, restoreTree } from './testing/snapshots.ts'
import { renewLease } from './context/leases.ts'
import { runResponse, type RunResponse } from './response/run-response.ts'
import { Refusal } from './context/refusal.ts'
import { checksThatRefused } from './completion/check-refusals.ts'
import { cannotRun, passCommand, runAsked, type PassedRun } from './completion/run-asked.ts'
import { toolchainOf } from './testing/toolchain.ts'

/** Records the GREEN of a `check` task: the files that it names exist, and the named check passes. */
export async function recordCheck(
  context: Context,
  started: StartedTask,
  check: string | undefined,
): Promise<RunResponse> {
  const { task } = started
  const files = await refuseMissingFiles(context, started)
  const inspects = onlyInspects(task.title)
  if (!inspects) await refuseUnchangedFiles(context, started)
  const passed = await passRuns(context, started, check)
  if (inspects && passed.length === 0) await refuseUnchangedFiles(context, started)
  const isEnough = passed.length > 0 || files.some(file => !file.endsWith('/'))
  const named = isEnough ? files : await changedFor(context, task)
  const tree = await takeTree(context.workspace)
  await prepareSnapshot(context, tree)
  return withTransaction(context.call, async context => {
    requireStage(context, requireTask(context, task.id), 'record_green')
    const snapshot = await storeSnapshot(context, tree, { task: task.id, step: 'green' })
    const [event] = await record(context, {
      kind: 'green',
      task: task.id,
      settings: context.settings.hash,
      ...snapshot,
      tests: [],
      counts: { passed: 0, failed: 0, skipped: 0, errored: 0 },
      files: {},
      frozen: {},
      names: [],
      named,
      ...(passed[0] && { run: passed[0].run, check: passed[0].name }),
    })
    await renewLease(context, task)
    if (event?.kind !== 'green') throw new Error('The recorded event is not a GREEN.')
    return runResponse(context, event)
  })
}

/**
 * Runs the check that the caller named, and what the title asks to run. Refuses what cannot be run, unless the named check or
 * a file that the task names stands for it.
 */
async function passRuns(
  context: Context,
  started: StartedTask,
  check: string | undefined,
): Promise<PassedRun[]> {
  const { task } = started
  const argv = check === undefined ? undefined : checkNamed(context, check)
  const named = argv ? [await passCommand(context, task, check ?? '', argv)] : []
  const { passed, unknown } = await runAsked(context, task)
  if (unknown.length > 0 && named.length === 0 && task.files.length === 0)
    throw cannotRun(context, task, unknown, [...checksOf(context).keys()])
  const runs = [...named, ...passed.filter(({ name }) => name !== check)]
  const isAsked = passed.length > 0 && unknown.length === 0
  return isAsked ? runs : [...runs, ...(await passEarlierChecks(context, task, runs))]
}

/**
 * Every check that refused the task has to pass as well, so that another check cannot replace it. If the title asks to run something and
 * that passed, the title decides, because the caller may have named the wrong check.
 */
async function passEarlierChecks(
  context: Context,
  task: Task,
  runs: readonly PassedRun[],
): Promise<PassedRun[]> {
  const done = new Set(runs.map(({ name }) => name))
  const known = checksOf(context)
  const earlier: PassedRun[] = []
  for (const [name, command] of checksThatRefused(context, task))
    if (!done.has(name))
      earlier.push(await passCommand(context, task, name, known.get(name) ?? command))
  return earlier
}

/** The checks that a caller can name: those of the settings, and the detected type checker and linter. */
function checksOf(context: Context): Map<string, string[]> {
  const { types, lint } = toolchainOf(context)
  return new Map([
    ...(types ? [['types', types.argv] as const] : []),
    ...(lint ? [['lint', lint.argv] as const] : []),
    ...Object.entries(context.settings.checks),
  ])
}

function checkNamed(context: Context, name: string): string[] {
  const checks = checksOf(context)
  const argv = checks.get(name)
  if (argv) return argv
  throw new Refusal(
    'no_command',
    `There is no check ${JSON.stringify(name)}, so nothing was run.`,
    checks.size > 0
      ? `Name one of ${[...checks.keys()].join(', ')}.`
      : 'Ask a human to add one to redgreen.config.json under checks.',
  )
}

/**
 * The files that changed since the start of a task that names only folders, or nothing. A task that names nothing needs a
 * check if there is one.
 */
async function changedFor(context: Context, task: Task): Promise<string[]> {
  const { start } = context.histories.get(task.id) ?? {}
  const before = start && (await restoreTree(context, start))
  const now = await takeTree(context.workspace)
  const changed = before ? ownChanges(context, task, before, now) : []
  const own =
    task.files.length > 0
      ? changed.filter(file => task.files.some(folder => file.startsWith(folder)))
      : changed
  if (own.length > 0 && (task.files.length > 0 || checksOf(context).size === 0))
    return own.slice(0, 50)
  throw nothingToCheck(context, task)
}

function nothingToCheck(context: Context, task: Task): Refusal {
  const names = [...checksOf(context).keys()].join(', ')
  const reason =
    task.files.length > 0 ? 'nothing changed in the folders that it names' : 'it names no file'
  return new Refusal(
    'no_command',
    `${task.id} is proven as \`check\` (${task.kindReason}), but ${reason}, so there is nothing to check. Nothing was recorded.`,
    names === ''
      ? `Do the work: the server records the files that it changes. If it changes none, ask a human to add a check to redgreen.config.json under checks, or to waive the task with \`redgreen waive ${task.id} --reason …\`.`
      : `${capitalize(context.call.frontend.describeStep('record_green', { task: task.id }))} and with \`check\`, one of ${names}.`,
  )
}
