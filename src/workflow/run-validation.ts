import { addressOf } from './address.ts'
import { implementedPhrase, worksOf } from './implemented.ts'
import { closing } from './opening.ts'
import { runToldOf } from './run-told.ts'
import { randomBytes } from 'node:crypto'
import { usedIn } from '../evidence/budget.ts'
import type { EventBody, EventOf, RunRecord } from '../evidence/event.ts'
import type { Counts } from '../evidence/outcome.ts'
import { takeTree } from '../store/tree.ts'
import type { Call, Next } from './call.ts'
import { now, record, reread, type Desk } from './desk.ts'
import { atDesk, openDesk } from './open-desk.ts'
import { refuseUnfinished } from './gates/finished.ts'
import { refuseOtherPlan } from './gates/readiness.ts'
import { judgeWithBaseline } from './gates/suite.ts'
import { callFor } from './next.ts'
import { writing } from './project.ts'
import { recordOf, runNamed } from './record-check.ts'
import { Refusal } from './refusal.ts'
import { benchFor, witness } from './test-run.ts'
import { toolchainOf, type Tool } from './toolchain.ts'

export interface Gate {
  name: string
  passed: boolean
  /** What was seen, in a phrase. */
  summary: string
  command?: string[]
  exitCode?: number | null
  output?: string
  /** URI of the whole output. */
  log?: string
  findings: string[]
}

/** A gate with the run that the ledger keeps for it. */
interface Seen {
  gate: Gate
  run: RunRecord
}

export interface Validation {
  passed: boolean
  attempt: number
  attemptsLeft: number
  gates: Gate[]
  /** URI of the report. */
  report: string
  messages: string[]
  next: Next
}

/** Runs the full suite, the type checker and the linter on the finished feature. The application is not started yet. */
export async function runValidation(call: Call): Promise<Validation> {
  const desk = await openDesk(call)
  refuseOtherPlan(desk)
  refuseUnfinished(desk)
  const tree = await takeTree(desk.workspace)
  const known = desk.ledger.events.findLast(event => event.kind === 'validation')
  if (known?.kind === 'validation' && isSame(desk, known, tree.hash)) return recorded(desk, known)
  const attempt = nextAttempt(desk)
  const tests = await testGate(desk)
  const { types, lint } = toolchainOf(desk)
  const seen = [
    tests,
    ...(types ? [await commandGate(desk, 'types', types)] : []),
    ...(lint ? [await commandGate(desk, 'lint', lint)] : []),
  ]
  const gates = seen.map(({ gate }) => gate)
  const passed = gates.every(gate => gate.passed)
  return atDesk(call, async desk => {
    record(desk, {
      kind: 'validation',
      passed,
      settings: desk.settings.hash,
      tree: tree.hash,
      gates: seen.map(({ gate: { name, passed, findings }, run }) =>
        name === 'tests' ? { name, passed, findings } : { name, passed, findings, run },
      ),
      run: tests.run,
      ...tests.kept,
    })
    if (passed) await finishFeature(desk)
    return answer(desk, gates, attempt, passed)
  })
}

/** A validation that passed holds as long as nothing changes: asking again spends no attempt. */
function isSame(desk: Desk, known: EventOf<'validation'>, tree: string): boolean {
  return known.passed && known.tree === tree && known.settings === desk.settings.hash
}

function recorded(desk: Desk, known: EventOf<'validation'>): Validation {
  const gates = known.gates.map(({ name, passed, findings, run = known.run }) => ({
    name,
    passed,
    findings,
    summary: 'recorded',
    ...(run && runToldOf(desk, run)),
  }))
  return answer(desk, gates, usedAttempts(desk), true)
}

function usedAttempts({ ledger, settings }: Desk): number {
  return usedIn(ledger.events, settings.limits, new Date().toISOString()).attempts
}

/** The number of this attempt; refuses when the working period has none left. */
function nextAttempt(desk: Desk): number {
  const { limits } = desk.settings
  const attempts = usedAttempts(desk)
  if (attempts < limits.validationAttempts) return attempts + 1
  throw new Refusal(
    'attempts_used_up',
    `All ${limits.validationAttempts} validation attempts of this working period are used up, so nothing was run.`,
    `Show a person what the last one found. A new period begins ${limits.pauseHours} hours after the last event.`,
  )
}

type Kept = Pick<
  Extract<EventBody, { kind: 'validation' }>,
  'turnedGreen' | 'settledFiles' | 'failing'
> & { counts: Counts }

/** The full suite; a test that is still owed fails the gate as any other does. */
async function testGate(desk: Desk): Promise<Seen & { kept: Kept }> {
  const bench = benchFor(desk)
  const { outcome, run, counts } = await witness(desk, bench, [], [])
  const verdict = await judgeWithBaseline(desk, bench, { outcome })
  const summary = `${counts.passed} passed, ${counts.failed} failed`
  const gate = { name: 'tests', summary, ...runToldOf(desk, run) }
  if ('proves' in verdict) {
    const kept = { counts, turnedGreen: [], settledFiles: [] }
    return { gate: { ...gate, passed: false, findings: [verdict.fact] }, run, kept }
  }
  const { failing, excused, before, turnedGreen, settledFiles } = verdict
  const findings = [
    ...failing.map(id => `fails: ${id}`),
    ...excused.map(id => `owed and not green: ${id}`),
    ...stillOwed(desk, turnedGreen, settledFiles),
  ]
  const none = counts.passed === 0 ? ['no test passed'] : []
  return {
    gate: {
      ...gate,
      ...(before.length > 0 && {
        summary: `${summary} (${before.length} of them since before the feature)`,
      }),
      passed: findings.length + none.length === 0,
      findings: [...findings, ...none],
    },
    run,
    kept: { counts, turnedGreen, settledFiles, failing: [...failing, ...excused] },
  }
}

/** Owed tests that did not even run. */
function stillOwed({ owed }: Desk, ids: readonly string[], files: readonly string[]): string[] {
  const open = [
    ...[...owed.ids.keys()].filter(id => !ids.includes(id)),
    ...[...owed.files.keys()].filter(file => !files.includes(file)),
  ]
  return open.map(id => `owed, and not seen to pass: ${id}`)
}

async function commandGate(desk: Desk, name: 'types' | 'lint', tool: Tool): Promise<Seen> {
  const id = randomBytes(6).toString('hex')
  const end = await runNamed(desk, tool.argv, id)
  const run = recordOf(id, name, tool.argv, end)
  const passed = end.end === 'exited' && end.exitCode === 0
  const how = end.end === 'exited' ? `exit code ${end.exitCode}` : (end.reason ?? end.end)
  const findings = passed ? [] : [how]
  const told = runToldOf(desk, run, passed ? undefined : 30)
  return { gate: { name, passed, summary: how, ...told, findings }, run }
}

/** What the workflow writes when a feature is over: not where it asks for more than this version can see. */
async function finishFeature(desk: Desk): Promise<void> {
  const { dialect } = desk
  if (!dialect.finishFeature || dialect.needsProduction) return
  const at = now()
  await writing(desk, reread, fresh => dialect.finishFeature?.(fresh.shelf, fresh.plan, at) ?? [])
}

/** Said plainly, so that nobody takes the plan for finished by its workflow's own measure. */
function unfinishedWord({ dialect, plan }: Desk): string[] {
  if (!dialect.needsProduction) return []
  return [
    `${plan.feature.id} was not marked as complete: its workflow asks for the application itself to be seen at work.`,
  ]
}

function dropped({ plan }: Desk): string[] {
  const ids = plan.tasks
    .filter(({ carriers }) => carriers[0]?.state === 'other')
    .map(({ id }) => id)
  return ids.length > 0
    ? [`The plan drops or defers ${ids.length} tasks: ${ids.slice(0, 10).join(', ')}.`]
    : []
}

function answer(desk: Desk, gates: Gate[], attempt: number, passed: boolean): Validation {
  const { surface } = desk.call
  const failed = gates.filter(gate => !gate.passed).map(gate => gate.name)
  return {
    passed,
    attempt,
    attemptsLeft: desk.settings.limits.validationAttempts - attempt,
    gates,
    report: addressOf(desk.plan.feature, 'validation'),
    messages: [
      'The application was not started: this version checks tests, types and lint only.',
      ...dropped(desk),
      ...(passed
        ? [implementedPhrase(worksOf(desk)), ...unfinishedWord(desk), ...closing(desk)]
        : []),
      ...toolchainOf(desk).missing.map(
        name => `Not run: ${name} is configured, and not installed.`,
      ),
    ],
    next: passed
      ? {
          tool: null,
          arguments: {},
          say: 'Show a person the result: reviewing and committing is theirs.',
        }
      : callFor(surface, 'run_validation', {}, `Mend what ${failed.join(' and ')} found.`),
  }
}
