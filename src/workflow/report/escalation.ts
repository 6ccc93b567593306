import { attemptsLeft, currentPeriod, runUsage } from '../../evidence/run-limits.ts'
import type { EventOf } from '../../evidence/event.ts'
import { limitLines } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'

/** The validation attempts of the last working period, if all are used and the last one failed; else an empty list. */
export function spentAttempts({
  ledger: { events },
  settings: { limits },
}: Pick<Context, 'ledger' | 'settings'>): EventOf<'validation'>[] {
  const last = events.at(-1)
  // The period of the last event, not the current one: after a pause a human still wants to read what the attempts found.
  if (!last || attemptsLeft(runUsage(events, limits, last.at), limits) > 0) return []
  const attempts = currentPeriod(events, limits, last.at).filter(
    event => event.kind === 'validation',
  )
  return attempts.at(-1)?.passed === false ? attempts : []
}

/** The section of the report for a human to decide: what each attempt found, and what they can do. */
export function escalation(context: Context): string[] {
  const attempts = spentAttempts(context)
  if (attempts.length === 0) return []
  return [
    '## For a human: no validation attempt is left',
    '',
    `No attempt is left in this working period (used: ${attempts.length}) and the last one failed, so the work stops here until you decide.`,
    '',
    ...attempts.flatMap(attemptLines),
    '### What you can do',
    ...choices(context),
    '',
  ]
}

function attemptLines(attempt: EventOf<'validation'>, at: number): string[] {
  const { passed, gates, known = [] } = attempt
  const failed = gates.filter(gate => !gate.passed)
  return [
    `### Attempt ${at + 1}: ${formatTime(attempt.at)}${passed ? ', passed' : ''}`,
    ...failed.flatMap(({ name, summary, findings }) => [
      `- ✗ ${name}${summary === undefined ? '' : `: ${summary}`}`,
      ...limitLines(findings, MAX_FINDINGS).map(line => `  - ${line}`),
    ]),
    ...known.flatMap(({ symptom, cause, cure }) => [
      `- Known failure: ${symptom}`,
      `  - Likely cause: ${cause}`,
      `  - Fix: ${cure}`,
    ]),
    '',
  ]
}

const MAX_FINDINGS = 10

function choices({ plan, ledger, settings: { limits } }: Context): string[] {
  const last = Date.parse(ledger.events.at(-1)?.at ?? '')
  const nextPeriod = new Date(last + limits.pauseHours * 3_600_000).toISOString()
  return [
    `- Fix what the gates found, then allow one more attempt: \`redgreen allow-run ${plan.feature.id}\` in a terminal`,
    '- If a gate checks the wrong thing, change `redgreen.config.json`: `commands` and `validation` decide what is validated, `limits.validationAttempts` how often',
    '- If a gotcha does not apply, waive it: `redgreen waive --gotcha NAME --reason …` in a terminal. If a task cannot be proven: `redgreen waive TASK --reason …`',
    `- Wait: if nothing else is recorded, a new working period with its own attempts begins at ${formatTime(nextPeriod)}`,
  ]
}

function formatTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
}
