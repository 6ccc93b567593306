import { attemptsLeft, presentPeriod, usedIn } from '../../evidence/budget.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'

type Deciding = Pick<Context, 'ledger' | 'settings'>

/** The failed validations that have used up the working period of the last event; none while one may still be tried. */
export function spentAttempts({ ledger: { events }, settings }: Deciding): EventOf<'validation'>[] {
  const last = events.at(-1)
  // Hours later the next attempt is free again, and who comes then still wants to read what the last ones found.
  if (!last || attemptsLeft(usedIn(events, settings.limits, last.at), settings.limits) > 0)
    return []
  const attempts = presentPeriod(events, settings.limits, last.at).filter(
    event => event.kind === 'validation',
  )
  return attempts.at(-1)?.passed === false ? attempts : []
}

/** What a person reads when the last attempt has failed: what each one found, and what they can do. */
export function escalation(context: Context): string[] {
  const attempts = spentAttempts(context)
  if (attempts.length === 0) return []
  return [
    '## For a person: no validation attempt is left',
    '',
    `All ${attempts.length} attempts of this working period are used up and the last one failed, so the work stops here until you decide.`,
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
    `### Attempt ${at + 1}: ${moment(attempt.at)}${passed ? ', passed' : ''}`,
    ...failed.flatMap(({ name, summary, findings }) => [
      `- ✗ ${name}${summary === undefined ? '' : `: ${summary}`}`,
      ...findings.slice(0, MOST).map(finding => `  - ${finding}`),
      ...(findings.length > MOST ? [`  - … and ${findings.length - MOST} more`] : []),
    ]),
    ...known.flatMap(({ symptom, cause, cure }) => [
      `- Known failure: ${symptom}`,
      `  - Likely cause: ${cause}`,
      `  - Cure: ${cure}`,
    ]),
    '',
  ]
}

const MOST = 10

function choices({ plan, ledger, settings: { limits } }: Context): string[] {
  const last = Date.parse(ledger.events.at(-1)?.at ?? '')
  const anew = new Date(last + limits.pauseHours * 3_600_000).toISOString()
  return [
    `- Let it be tried once more: \`redgreen allow-run ${plan.feature.id}\` at a terminal, after what stands above was mended`,
    '- Where the gates ask for the wrong thing, or for too much: `redgreen.config.json` says what is validated (`commands`, `validation`) and how often (`limits.validationAttempts`)',
    '- Where a finding is no trap for you: `redgreen waive --gotcha NAME --reason …` at a terminal; a task that cannot be proven: `redgreen waive TASK --reason …`',
    `- Or leave it: without another event a new working period, with its own attempts, begins at ${moment(anew)}`,
  ]
}

function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
}
