import type { RunRecord } from '../../evidence/event-parts.ts'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { askedRuns, asksToPass, namedScript, type AskedRun } from '../../plan/asked-runs.ts'
import { delivers } from '../../plan/delivery-titles.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { scriptOf } from '../../runner/manifest.ts'
import { scriptCommand as runScript } from '../../runner/script-checks.ts'
import { rootPackage } from '../../store/package-view.ts'
import { takeTree } from '../../store/tree.ts'
import { loadTree } from '../../store/saved-trees.ts'
import { capitalize } from '../context/capitalize.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { ownChanges } from '../guards/moved.ts'
import { runCommand } from '../testing/project-command.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { outputBlock, outputOf } from '../testing/verdict-refusal.ts'
import { recordCheckRefusal, refuseLoosenedConfiguration } from './loosened-configuration.ts'
import { recordedSuite } from './suite-result.ts'
import { requireSuite, type SuiteResult } from './suite.ts'

/** Something that was run for a task, and passed. */
export interface PassedRun {
  name: string
  run: RunRecord
}

/**
 * Runs what the title of a `check` task asks to run: the suite, or a command of the project. Refuses if one fails. What the
 * server has no command for is returned in `unknown`.
 */
export async function runAsked(
  context: Context,
  task: Task,
): Promise<{ passed: PassedRun[]; unknown: AskedRun[] }> {
  const passed: PassedRun[] = []
  const unknown: AskedRun[] = []
  const asked = askedRuns(task.title)
  // A task that delivers something has to pass the tests.
  const isDelivered = asked.length === 0 && delivers(task.title) && findTestRunner(context)
  for (const run of isDelivered ? (['tests'] as const) : asked) {
    const argv = commandFor(context, run)
    if (argv) passed.push(await passCommand(context, task, run, argv))
    else if (isShownBySuite(context, run)) passed.push(await passSuite(context, task, run))
    else unknown.push(run)
  }
  const script = namedScript(task.title)
  const argv = script === undefined ? undefined : scriptCommand(context, [script])
  if (!argv || script === undefined || (passed.length > 0 && unknown.length === 0))
    return { passed, unknown }
  return { passed: [...passed, await passCommand(context, task, script, argv)], unknown: [] }
}

/** The command for anything but tests: from the settings, detected in the project, or a script of package.json. */
function commandFor(context: Context, run: AskedRun): string[] | undefined {
  if (run === 'tests') return undefined
  const toolchain = toolchainOf(context)
  const detected = run === 'types' || run === 'lint' ? toolchain[run]?.argv : undefined
  return context.settings.checks[run] ?? detected ?? scriptCommand(context, SCRIPTS[run])
}

const SCRIPTS: Record<Exclude<AskedRun, 'tests'>, readonly string[]> = {
  types: ['typecheck', 'type-check', 'types'],
  lint: ['lint'],
  build: ['build'],
  format: ['format:check', 'format'],
  coverage: ['coverage', 'test:coverage'],
  audit: ['audit'],
  benchmark: ['bench', 'benchmark', 'benchmarks'],
  quickstart: ['quickstart'],
}

function scriptCommand({ workspace }: Context, names: readonly string[]): string[] | undefined {
  const { view } = rootPackage(workspace)
  const script = names.find(name => scriptOf(view, name) !== undefined)
  if (script === undefined) return undefined
  return runScript(view, script)
}

/** Whether the suite stands for the run. A quickstart is prose that only a reader can run, so the suite has to be enough. */
function isShownBySuite(context: Context, run: AskedRun): boolean {
  return (run === 'tests' || run === 'quickstart') && findTestRunner(context) !== undefined
}

/** The full suite, unless it has passed on exactly these files already. */
async function passSuite(context: Context, task: Task, asked: AskedRun): Promise<PassedRun> {
  const testRunner = findTestRunner(context)
  if (!testRunner) throw new Error('There is no test runner any more.')
  const known = await passedSuite(context, task)
  const suite = known ? recordedSuite(known) : await requireSuite(context, task, testRunner)
  if (suite.before.length > 0 && asksToPass(task.title)) throw stillFails(context, task, suite)
  if (asked === 'tests' && isEmpty(suite)) throw noTests(context, task)
  return { name: 'tests', run: suite.run }
}

/** No test passed and none failed. False without a report, because the number of tests is unknown then. */
function isEmpty({ counts, run }: SuiteResult): boolean {
  return !run.exitCodeOnly && counts.passed + counts.failed + counts.errored === 0
}

function noTests({ call }: Context, task: Task): Refusal {
  const step = capitalize(call.frontend.describeStep('record_green', { task: task.id }))
  return new Refusal(
    'no_tests_ran',
    `${task.id} asks to run the tests, and the project has none that ran.`,
    `${task.id} is not green.`,
    `${step} when there are tests, or ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}

async function passedSuite(context: Context, task: Task): Promise<EventOf<'suite'> | undefined> {
  const last = lastEvent(context.ledger.events, 'suite')
  const tree = last && loadTree(context.state, last.tree)
  if (!tree || last.ran !== 'full' || last.failing.length > 0) return undefined
  const changes = ownChanges(context, task, tree, await takeTree(context.workspace))
  return changes.length === 0 ? last : undefined
}

function stillFails(context: Context, task: Task, { before, run }: SuiteResult): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: task.id })
  return new Refusal(
    'suite_fails',
    `${task.id} asks that the tests pass, and ${countOf(before.length, 'failure')} from before this feature are left: ${formatList(before, 3)}.`,
    `Nothing was recorded. Fix them, then ${step} again. If they cannot be fixed, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
    outputOf(context, run),
  )
}

/** Runs a command of the project. Refuses if it fails. */
export async function passCommand(
  context: Context,
  task: Task,
  name: string,
  argv: string[],
): Promise<PassedRun> {
  const { passed, ending, output, run } = await runCommand(context, name, argv)
  if (passed) {
    await refuseLoosenedConfiguration(context, task)
    return { name, run }
  }
  await recordCheckRefusal(context, task, `check ${name}`, argv)
  const step = context.call.frontend.describeStep('record_green', { task: task.id })
  throw new Refusal(
    'check_fails',
    `The check ${name} (${argv.join(' ')}) failed: ${ending}.`,
    `Nothing was recorded. Fix what the check found, then ${step} again.`,
    outputBlock(output),
  )
}

/** The title asks to run something for which there is no command. */
export function cannotRun(
  context: Context,
  task: Task,
  unknown: readonly AskedRun[],
  checks: readonly string[],
): Refusal {
  const step = context.call.frontend.describeStep('record_green', { task: task.id })
  const named =
    checks.length > 0 ? `${capitalize(step)} and with \`check\`, one of ${checks.join(', ')}. ` : ''
  return new Refusal(
    'no_command',
    `${task.id} asks to run something (${formatList(unknown, 3)}), and the server knows no command for it. Nothing was recorded.`,
    `${named}Ask a human to add the command to redgreen.config.json under checks, or to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}
