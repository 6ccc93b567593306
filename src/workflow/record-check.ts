import type { RunRecord } from '../evidence/event-parts.ts'
import type { Task } from '../plan/plan.ts'
import { takeTree } from '../store/tree.ts'
import { capitalize } from './context/capitalize.ts'
import { recordRefusal, refuseLoosenedJudges } from './completion/loosened-judges.ts'
import { record, requireTask, type Context } from './context/context.ts'
import { withTransaction } from './context/transaction.ts'
import { requireStage, type StartedTask } from './guards/may-move.ts'
import { ownChanges } from './guards/moved.ts'
import { refuseMissingFiles, refuseUnchangedFiles } from './guards/named-files.ts'
import { storeSnapshot, prepareSnapshot, restoreTree } from './testing/snapshots.ts'
import { renewLease } from './context/leases.ts'
import { runResponse, type RunResponse } from './record-red.ts'
import { codeBlock } from './testing/verdict-refusal.ts'
import { Refusal } from './context/refusal.ts'
import { runCommand } from './testing/project-command.ts'
import { toolchainOf } from './testing/toolchain.ts'

/** Records the GREEN of a `check` task: the files that it names exist, and the named check passes. */
export async function recordCheck(
  context: Context,
  started: StartedTask,
  check: string | undefined,
): Promise<RunResponse> {
  const { task } = started
  const files = await refuseMissingFiles(context, started)
  await refuseUnchangedFiles(context, started, check)
  const argv = check === undefined ? undefined : checkNamed(context, check)
  const named =
    argv || files.some(file => !file.endsWith('/')) ? files : await changedFor(context, task)
  const run = argv && (await runCheck(context, task, check ?? '', argv))
  const tree = await takeTree(context.workspace)
  await prepareSnapshot(context, tree)
  return withTransaction(context.call, async context => {
    requireStage(context, requireTask(context, task.id), 'record_green')
    const snapshot = await storeSnapshot(context, tree, { task: task.id, step: 'green' })
    const [event] = record(context, {
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
      ...(run && { run }),
      ...(check !== undefined && { check }),
    })
    renewLease(context, task)
    if (event?.kind !== 'green') throw new Error('The recorded event is not a GREEN.')
    return runResponse(context, event)
  })
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

async function runCheck(
  context: Context,
  task: Task,
  name: string,
  argv: string[],
): Promise<RunRecord> {
  const { passed, ending, output, run } = await runCommand(context, name, argv)
  if (passed) {
    await refuseLoosenedJudges(context, task)
    return run
  }
  await recordRefusal(context, task, `check ${name}`, argv)
  throw new Refusal(
    'check_fails',
    `The check ${name} (${argv.join(' ')}) failed: ${ending}.`,
    `Nothing was recorded. Fix what the check found, then ${context.call.frontend.describeStep('record_green', { task: task.id })} and the same check.`,
    codeBlock(output),
  )
}
