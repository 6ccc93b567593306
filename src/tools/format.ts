import type { Counts } from '../evidence/outcome.ts'
import type { Progress } from '../plan/progress.ts'
import type { NextStep } from '../workflow/context/call.ts'
import type { RunSummary } from '../workflow/testing/run-record.ts'
import { codeBlock } from '../runner/safe-text.ts'

/** The lines of an answer, without the empty ones. */
export function joinLines(...parts: (string | false | undefined)[]): string {
  return parts.filter(part => part !== false && part !== undefined && part !== '').join('\n')
}

/** Progress of the feature in one line. */
export function progressLine(progress: Progress): string {
  const { done, total, percent } = progress
  const rest = progressNotes(progress).map(note => `; ${note}`)
  return `Progress: ${done}/${total} tasks (${percent}%)${rest.join('')}.`
}

/** What the number of finished tasks does not say. */
export function progressNotes({ claimed, waived, owed }: Progress): string[] {
  return [
    claimed > 0 && `${claimed} ticked without proof`,
    waived > 0 && `${waived} waived`,
    owed > 0 && `${owed} with pending tests`,
  ].filter(note => note !== false)
}

/** Test counts in one phrase, such as `3 passed, 1 failed`. */
export function describeCounts({ passed, failed, skipped, errored }: Counts): string {
  const parts = [
    `${passed} passed`,
    `${failed} failed`,
    skipped > 0 && `${skipped} skipped`,
    errored > 0 && `${errored} not loaded`,
  ]
  return parts.filter(part => part !== false).join(', ')
}

/** The next step, as the last line of an answer. */
export function nextLine(next: NextStep): string {
  return `Next: ${next.say}`
}

/** The command of a run, its exit code, the URI of its log, and the last `count` lines of its output. */
export function runBlock({ command, exitCode, output, log }: RunSummary, count: number): string {
  return joinLines(
    `Ran \`${command.join(' ')}\`: exit code ${exitCode}. Log: ${log}`,
    codeBlock(output, count),
  )
}
