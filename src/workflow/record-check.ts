import type { RunRecord } from '../evidence/event-parts.ts'
import type { Task } from '../plan/plan.ts'
import { takeTree } from '../store/tree.ts'
import { record, requireTask, type Context } from './context/context.ts'
import { withTransaction } from './context/transaction.ts'
import { requireStage } from './guards/may-move.ts'
import { ownChanges } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { storeSnapshot, prepareSnapshot, restoreTree } from './testing/snapshots.ts'
import { renewLease } from './context/leases.ts'
import { runResponse, type RunResponse } from './record-red.ts'
import { codeBlock } from './testing/verdict-refusal.ts'
import { Refusal } from './context/refusal.ts'
import { runCommand } from './testing/project-command.ts'
import { toolchainOf } from './testing/toolchain.ts'

/** Records that what a `check` task names is there, and that a named check passes. */
export async function recordCheck(
  context: Context,
  task: Task,
  check: string | undefined,
): Promise<RunResponse> {
  const files = await refuseMissingFiles(context, task)
  const argv = check === undefined ? undefined : checkNamed(context, check)
  const named =
    argv || files.some(file => !file.endsWith('/')) ? files : await changedFor(context, task)
  const run = argv && (await runCheck(context, task, check ?? '', argv))
  const tree = await takeTree(context.workspace)
  await prepareSnapshot(context, tree)
  return withTransaction(context.call, async context => {
    requireStage(context, requireTask(context, task.id), 'record_green')
    const kept = await storeSnapshot(context, tree, { task: task.id, step: 'green' })
    const [event] = record(context, {
      kind: 'green',
      task: task.id,
      settings: context.settings.hash,
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
    renewLease(context, task)
    if (event?.kind !== 'green') throw new Error('A GREEN was recorded as something else.')
    return runResponse(context, event)
  })
}

/** The checks that can be named: those of the settings, and the type checker and linter that were found. */
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
      ? `There are ${[...checks.keys()].join(', ')}.`
      : 'A person adds one to redgreen.config.json under checks.',
  )
}

/**
 * For a task that names no file, or a folder alone: what changed since it was started. Where a check could be named
 * instead, it has to be.
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
  return new Refusal(
    'no_command',
    `${task.id} is proven as \`check\` (${task.kindReason}) and names no file${task.files.length > 0 ? ' but folders, in which nothing changed' : ''}, so there is nothing to look at.`,
    names === ''
      ? `Do the work: files that it changes are seen. Or a person adds a check to redgreen.config.json under checks, or waives the task with \`redgreen waive ${task.id} --reason …\`.`
      : `${context.call.frontend.describeStep('record_green', { task: task.id })} with a check that fits: ${names}.`,
  )
}

async function runCheck(
  context: Context,
  task: Task,
  name: string,
  argv: string[],
): Promise<RunRecord> {
  const { passed, ending, output, run } = await runCommand(context, name, argv)
  if (passed) return run
  throw new Refusal(
    'check_fails',
    `The check ${name} (${argv.join(' ')}) failed: ${ending}.`,
    `${task.id} was not taken as done. Mend what it found, then call the same step again.`,
    codeBlock(output),
  )
}
