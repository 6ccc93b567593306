import { statSync } from 'node:fs'
import path from 'node:path'
import type { EventOf } from '../../evidence/event.ts'
import type { SeenTest } from '../../evidence/event-parts.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { readSettings } from '../../store/settings.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import type { Tree } from '../../store/tree.ts'
import { inCheckout } from '../checkout/checkout.ts'
import type { Context } from '../context/context.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { Refusal } from '../context/refusal.ts'
import { runCommand } from '../testing/project-command.ts'
import { findTestRunner, type TestRunner } from '../testing/test-runner.ts'
import { isMixed } from '../testing/inline-tests.ts'
import { runTestsAt } from '../testing/test-run.ts'

type Witnessed = EventOf<'red'> | EventOf<'green'>

/** Runs a recorded RED or GREEN again on the files that were kept with it; says what of it could not be seen again. */
export async function runAgain(context: Context, event: Witnessed): Promise<string | undefined> {
  const kept = storedSnapshot(event)
  if (!kept) return 'no files were kept with it'
  try {
    return await inCheckout(
      context,
      kept,
      () => false,
      checkout => look(context, event, checkout),
    )
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

interface Place {
  root: string
  tree: Tree
}

async function look(context: Context, event: Witnessed, place: Place): Promise<string | undefined> {
  const there = contextAt(context, place.root)
  const other = Object.entries(event.files).find(([file, hash]) => place.tree.files[file] !== hash)
  if (other) return `the ${other[0]} that was kept is another one than was recorded`
  if (event.settings !== 'none' && there.settings.hash !== event.settings)
    return 'the settings that were kept are others than were recorded'
  const files = Object.keys(event.files)
  const [first] = files
  if (first === undefined) return replayCheck(there, event)
  const testRunner = findTestRunner(there, first)
  if (!testRunner) return `no test runner is known for ${first}`
  const { outcome } = await runTestsAt(there, testRunner, place.root, { files, names: event.names })
  return event.kind === 'red' ? notRed(outcome, event, testRunner) : notGreen(outcome, event)
}

/** The same desk, seen from a checkout. */
function contextAt(context: Context, root: string): Context {
  const workspace = { root }
  return {
    ...context,
    workspace,
    reader: workspaceReader(workspace, new Map()),
    settings: readSettings(workspace),
  }
}

function notRed(outcome: Outcome, red: EventOf<'red'>, testRunner: TestRunner): string | undefined {
  const end = judgeEnd(outcome)
  if (end) return end.fact
  // Without the code its tests could not even be loaded: that is what has to be seen again.
  if (red.loadErrors.length > 0) {
    const broken = new Set(outcome.loadErrors.map(({ file }) => file))
    // Among code that nothing names, tests are not even looked for.
    const unreached = (file: string) =>
      isMixed(testRunner, file) && !outcome.tests.some(test => test.file === file)
    const loaded = red.loadErrors.find(({ file }) => !broken.has(file) && !unreached(file))
    return loaded && `${loaded.file} can be loaded`
  }
  const failed = red.tests.filter(test => test.outcome === 'failed')
  if (failed.length === 0) return 'it names no test that failed'
  const now = outcomesOf(outcome)
  const passing = failed.find(({ id }) => now.get(id) !== 'failed')
  return passing && `"${passing.id}" ${how(now.get(passing.id))}`
}

function notGreen(outcome: Outcome, green: EventOf<'green'>): string | undefined {
  const end = judgeEnd(outcome)
  if (end) return end.fact
  const passed = green.tests.filter(test => test.outcome === 'passed')
  if (passed.length === 0) return 'it names no test that passed'
  const now = outcomesOf(outcome)
  const failing = passed.find(({ id }) => now.get(id) !== 'passed')
  if (failing) return `"${failing.id}" ${how(now.get(failing.id))}`
  return outcome.exitCode === 0 ? undefined : `the run ended with exit code ${outcome.exitCode}`
}

function outcomesOf({ tests }: Outcome): Map<string, SeenTest['outcome']> {
  return new Map(tests.map(({ id, outcome }) => [id, outcome]))
}

function how(outcome: SeenTest['outcome'] | undefined): string {
  return outcome === undefined ? 'does not run' : `is ${outcome}`
}

/** A check is run again by its name: what the ledger says of its command is not trusted. */
async function replayCheck(
  context: Context,
  { kind, ...event }: Witnessed,
): Promise<string | undefined> {
  if (kind !== 'green' || !('named' in event)) return 'it names no test'
  const { named, check } = event
  const missing = named.find(file => isEmpty(path.join(context.workspace.root, file)))
  if (missing !== undefined) return `${missing} is missing or empty`
  if (check === undefined)
    return named.length > 0 ? undefined : 'it names neither test nor file nor check'
  const argv = context.settings.checks[check]
  // Types and lint that were found, and not set, depend on what is installed: they are looked at by the validation.
  if (!argv) return undefined
  const { passed, ending } = await runCommand(context, check, argv)
  return passed ? undefined : `the check ${check} fails (${ending})`
}

function isEmpty(place: string): boolean {
  const stat = statSync(place, { throwIfNoEntry: false })
  return !stat || (stat.isFile() && stat.size === 0)
}
