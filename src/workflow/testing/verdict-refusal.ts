import type { NoProof, NoProofCode } from '../../evidence/no-proof.ts'
import { isCode, isSource } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { codeBlock } from '../../runner/safe-text.ts'
import type { Context } from '../context/context.ts'
import { Block, Refusal } from '../context/refusal.ts'
import { kindHint } from '../context/kind-hint.ts'
import { resourceUri } from '../context/resource-uri.ts'
import { ownFileHint } from '../context/tests-in-advance.ts'
import { missingModules, packageRemedy } from './loaded-modules.ts'
import type { TestRunResult } from './test-run.ts'

/** Remedies by refusal code. `%red` and `%green` stand for the call of that step. */
const REMEDIES: Record<NoProofCode, string> = {
  red_passes:
    'A test that passes before the work is done proves nothing. Change it so that it needs the missing behaviour, then %red again.',
  red_not_loaded:
    'Fix what keeps the test from loading. If the code under test is missing, add an empty stub, so that the test fails on an assertion. Then %red again.',
  no_tests_ran:
    'Write at least one test that runs, without skip or todo, in a file and with a name that the test runner finds. Then %red again.',
  timed_out:
    'Find out what the test waits for. A human can raise the limit, limits.timeoutSeconds in the settings.',
  crashed: 'Read the output below and fix what ends the process, then call the tool again.',
  no_command: 'Install the test runner in the project, then call the tool again.',
  inconsistent:
    'Exit code and report must agree. Look for a coverage threshold, a reporter or a hook that changes the exit code.',
  green_fails:
    'Change the code until the test passes. A test that is wrong may be corrected: it then has to fail without the new code, which the server checks. Then %green again.',
  tests_missing: 'Restore the missing tests under the same names. Then %green again.',
  tests_changed:
    'Restore the tests as they were at RED. A test that was wrong may be changed if it still fails without the new code, by an assertion if it did so before. Then %green again.',
  skipped: 'Remove skip, todo and only from the tests of the RED. Then %green again.',
}

/** What another run of the same tests on the same files showed. */
export interface SecondRun {
  fact: string
  /** The result varies. */
  isFlaky: boolean
}

const FLAKY =
  'A lucky run proves nothing. Find what the test depends on (time, order, random values, network, files that tests share) and remove it from the test or the code; a corrected test then has to fail without the new code, which the server checks. Then %green again.'

/** What helps if a second run fails too: there is one only if a test fails that passed at RED. */
const BROKEN =
  'A test that passed at RED fails: the new code breaks what it checks. Change the code until every test passes. Correct the test only if it is wrong. Then %green again.'

/** What is known in addition to the verdict. */
interface Details {
  second?: SecondRun
  /** The test files that the caller named. */
  tests?: readonly string[]
  /** A sentence about the likely cause. */
  hint?: string
  /** The remedy for that cause, which replaces the usual one. */
  remedy?: string
}

const IN_OWN =
  'A test that passes before the work is done proves nothing. %own It has to need the missing behaviour.'

/** A test of code that exists passes at once, as it should. */
const COVERS =
  'Tests of code that exists are run without that code in a temporary checkout, where they have to fail: %late.'

const NOT_DOWNLOADED = / could not download .*, so no test ran$/
const DOWNLOAD = 'Run the same command once where it can be downloaded, then call the tool again.'

const SYNTAX = 'Fix the syntax error there. Then %again again.'

/** The refusal for a run that proves nothing, with its output. */
export function refuseVerdict(
  context: Context,
  task: Task,
  wanted: 'RED' | 'GREEN',
  verdict: NoProof,
  { run, outcome }: Pick<TestRunResult, 'run' | 'outcome'>,
  { second, tests, hint = '', remedy: known }: Details = {},
): Refusal {
  const { frontend } = context.call
  const of = { task: task.id, ...(tests && { tests }) }
  const red = frontend.describeStep('record_red', of)
  const green = frontend.describeStep('record_green', { task: task.id })
  const own = verdict.code === 'red_passes' ? ownFileHint(context, task, tests ?? []) : ''
  const covers = verdict.code === 'red_passes' && task.kind === 'cover'
  const other = covers ? COVERS : IN_OWN
  const usual =
    own === '' && !covers ? remedyFor(context, task, verdict.code, { outcome, second }) : other
  const late = frontend.describeStep('record_red', { ...of, late: true })
  const remedy = (known ?? usual)
    .replace('%own', own)
    .replace('%late', late)
    .replace('%red', red)
    .replace('%green', green)
    .replace('%again', wanted === 'RED' ? red : green)
  const mayBeLate = verdict.code === 'red_passes' && !covers
  return new Refusal(
    verdict.code,
    second ? `${verdict.fact} ${second.fact}` : verdict.fact,
    hint,
    `No ${wanted} was recorded for ${task.id}.`,
    remedy,
    mayBeLate ? `If the code already exists, ${late}.` : '',
    mayBeLate ? kindHint(task) : '',
    outputOf(context, run),
  )
}

function remedyFor(
  { workspace }: Context,
  task: Task,
  code: NoProofCode,
  { outcome, second }: Pick<TestRunResult, 'outcome'> & { second: SecondRun | undefined },
): string {
  if (second?.isFlaky) return FLAKY
  if (code === 'crashed' && outcome.unhandled.some(text => NOT_DOWNLOADED.test(text)))
    return DOWNLOAD
  if (NOT_LOADED.has(code) && outcome.loadErrors[0]?.syntax) return SYNTAX
  const install = NOT_LOADED.has(code) ? packageRemedy(outcome, workspace.root) : undefined
  if (install !== undefined) return `${install} Then %again again.`
  if (second && code === 'green_fails') return BROKEN
  const [missing] = code === 'red_not_loaded' ? missingModules(outcome, workspace.root) : []
  return missing ? stubFor(task, missing.module) : REMEDIES[code]
}

/** The task may name another file than the one that the test imports. */
function stubFor({ id, files }: Task, module: string): string {
  const named = files.filter(file => isCode(file) && isSource(file))
  const same = named.find(file => isModule(file, module))
  const stub = `dd an empty stub ${same ?? module}, so that the test fails on an assertion. Then %red again.`
  return named.length === 0 || same !== undefined
    ? `A${stub}`
    : `${id} names ${formatList(named, 3)}: correct the import, or a${stub}`
}

/** Python names a module from a folder such as `src`. */
function isModule(file: string, module: string): boolean {
  const [one, other] = [withoutExtension(file), withoutExtension(module)]
  return one === other || (module.endsWith('.py') && one.endsWith(`/${other}`))
}

function withoutExtension(file: string): string {
  return file.replace(/\.\w+$/, '')
}

const NOT_LOADED: ReadonlySet<NoProofCode> = new Set(['red_not_loaded', 'green_fails'])

/** The log and the last lines of a run, as the end of a refusal. */
export function outputOf({ plan }: Context, run: TestRunResult['run']): Block {
  return new Block(
    `Output: ${resourceUri(plan.feature, `runs/${run.id}`)}\n${codeBlock(run.output)}`,
  )
}

/** The last lines of a program's output, with a label and between fences, as the end of a refusal. */
export function outputBlock(output: string): Block {
  const block = codeBlock(output)
  return new Block(block === '' ? '' : `Output:\n${block}`)
}
