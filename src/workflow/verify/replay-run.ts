import type { EventOf } from '../../evidence/event.ts'
import type { RecordedTest } from '../../evidence/event-parts.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import { git } from '../../store/git.ts'
import { plainPath } from '../../store/literal-path.ts'
import { holdsSecrets } from '../../store/secret-files.ts'
import { readSettings } from '../../store/settings.ts'
import type { Tree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { inCheckout } from '../checkout/checkout.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { missingFiles } from '../guards/named-files.ts'
import { isMixed } from '../testing/inline-tests.ts'
import { runCommand } from '../testing/project-command.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { Unverifiable } from '../testing/own-sources.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { missingOutput } from './missing-output.ts'
import { replayRefactoring } from './replay-refactoring.ts'

type RecordedRun = EventOf<'red'> | EventOf<'green'>

/** How a repeated run differs from the recorded one. */
export interface Gap {
  text: string
  /** Tests or a check were run, so that another run may have another result. */
  ran: boolean
  /** The run does not contradict the record, because something that it needs is missing. */
  isUnavailable?: true
}

/** Runs a recorded RED or GREEN again on its snapshot. Returns what does not match, or `undefined` if everything does. */
export async function replayRun(context: Context, event: RecordedRun): Promise<Gap | undefined> {
  const snapshot = storedSnapshot(event)
  if (!snapshot) return unrun('no snapshot was stored with it')
  const run = (isPrepared: boolean) =>
    inCheckout(
      context,
      snapshot,
      () => false,
      checkout => runIn(checkout, context, event),
      { isPrepared },
    )
  try {
    if (event.kind === 'green' && event.refactoring)
      return fromRun(await replayRefactoring(context, event, root => contextAt(context, root)))
    const gap = await run(false)
    // The command `prepare` of the settings may build what the tests need.
    const { prepare } = context.settings.commands
    return gap?.isUnavailable && prepare !== undefined ? await run(true) : gap
  } catch (error) {
    if (error instanceof Unverifiable) return { ...unrun(error.message), isUnavailable: true }
    if (error instanceof Refusal) return unrun(error.message)
    throw error
  }
}

/** A difference that was found before anything ran. */
function unrun(text: string): Gap {
  return { text, ran: false }
}

function fromRun(text: string | undefined): Gap | undefined {
  return text === undefined ? undefined : { text, ran: true }
}

async function runIn(
  { root, tree }: { root: string; tree: Tree },
  context: Context,
  event: RecordedRun,
): Promise<Gap | undefined> {
  const there = contextAt(context, root)
  const other = Object.entries(event.files).find(([file, hash]) => tree.files[file] !== hash)
  if (other) return unrun(`${other[0]} in the snapshot is not the file that was recorded`)
  if (event.settings !== 'none' && there.settings.hash !== event.settings)
    return unrun('the settings in the snapshot are not the ones that were recorded')
  const files = Object.keys(event.files)
  const [first] = files
  if (first === undefined) return fromRun(await replayCheck(context, there, { event, tree }))
  const testRunner = findTestRunner(there, first)
  if (!testRunner) return unrun(`no test runner is known for ${first}`)
  const { outcome } = await runTestsAt(there, testRunner, root, { files, names: event.names })
  const gap = fromRun(
    event.kind === 'red' ? notRed(outcome, event, testRunner) : notGreen(outcome, event),
  )
  const missing = gap && (await missingOutput(context, testRunner, event, { outcome, root }))
  return missing === undefined ? gap : { ...unrun(missing), isUnavailable: true }
}

/** The same context for a checkout. */
function contextAt(context: Context, root: string): Context {
  const workspace = { root }
  return {
    ...context,
    workspace,
    origin: context.workspace,
    reader: workspaceReader(workspace, new Map()),
    settings: readSettings(workspace),
  }
}

function notRed(outcome: Outcome, red: EventOf<'red'>, testRunner: TestRunner): string | undefined {
  const end = judgeEnd(outcome)
  if (end) return end.fact
  // The tests could not be loaded without the code, and must not be loadable now.
  if (red.loadErrors.length > 0) {
    const notLoaded = new Set(outcome.loadErrors.map(({ file }) => file))
    // A file that mixes code and tests is not reached if no other module names it.
    const isUnreached = (file: string) =>
      isMixed(testRunner, file) && !outcome.tests.some(test => test.file === file)
    const loaded = red.loadErrors.find(({ file }) => !notLoaded.has(file) && !isUnreached(file))
    return loaded && `${loaded.file} can be loaded`
  }
  const failed = red.tests.filter(test => test.outcome === 'failed')
  if (failed.length === 0) return 'it names no test that failed'
  const outcomes = outcomesOf(outcome)
  const passing = failed.find(({ id }) => outcomes.get(id) !== 'failed')
  return passing && describeOutcome(passing.id, outcomes.get(passing.id))
}

function notGreen(outcome: Outcome, green: EventOf<'green'>): string | undefined {
  const end = judgeEnd(outcome)
  if (end) return end.fact
  const passed = green.tests.filter(test => test.outcome === 'passed')
  if (passed.length === 0) return 'it names no test that passed'
  const outcomes = outcomesOf(outcome)
  const failing = passed.find(({ id }) => outcomes.get(id) !== 'passed')
  if (failing) return describeOutcome(failing.id, outcomes.get(failing.id))
  return outcome.exitCode === 0 ? undefined : `the run ended with exit code ${outcome.exitCode}`
}

function outcomesOf({ tests }: Outcome): Map<string, RecordedTest['outcome']> {
  return new Map(tests.map(({ id, outcome }) => [id, outcome]))
}

function describeOutcome(id: string, outcome: RecordedTest['outcome'] | undefined): string {
  return `"${id}" ${outcome === undefined ? 'does not run' : `is ${outcome}`}`
}

/** Replays a GREEN of a check. The command comes from the settings: the one in the ledger is not trusted. */
async function replayCheck(
  original: Context,
  context: Context,
  { event, tree }: { event: RecordedRun; tree: Tree },
): Promise<string | undefined> {
  if (event.kind !== 'green') return 'it names no test'
  const { named, check } = event
  const missing = await firstMissing(original, { root: context.workspace.root, tree }, event)
  if (missing !== undefined) return `${missing} is missing or empty`
  if (check === undefined)
    return named.length > 0 ? undefined : 'it names neither test nor file nor check'
  const argv = context.settings.checks[check]
  // Detected type checkers and linters depend on what is installed: only the validation runs them.
  if (!argv) return undefined
  const { passed, ending } = await runCommand(context, check, argv)
  return passed ? undefined : `the check ${check} fails (${ending})`
}

/** The first named file that is missing or empty in the snapshot, by the rule that the GREEN was recorded with. */
async function firstMissing(
  context: Context,
  place: { root: string; tree: Tree },
  { task, named }: { task: string; named: string[] },
): Promise<string | undefined> {
  const start = context.histories.get(task)?.start
  const title = start?.title ?? ''
  const inside = named.filter(file => !isOutside(place.root, file))
  const missing = await missingFiles(context, { title, files: inside, start }, place)
  for (const file of [...named.filter(file => !inside.includes(file)), ...missing])
    if (!(await isLeftOut(context, file))) return file
  return undefined
}

/** Files that git ignores, or that may hold secrets, are in no snapshot. */
async function isLeftOut({ workspace }: Context, file: string): Promise<boolean> {
  const ignored = await git(workspace, ['check-ignore', '--quiet', '--', plainPath(file)])
  return ignored !== undefined || holdsSecrets(file, absolute(workspace, file))
}

function isOutside(root: string, file: string): boolean {
  try {
    return contain({ root }, file) === ''
  } catch {
    return true
  }
}
