import type { NextStep } from '../workflow/context/call.ts'
import type { Progress } from '../plan/progress.ts'
import type { Counts } from '../evidence/outcome.ts'
import type { RunSummary } from '../workflow/testing/run-record.ts'
import { codeBlock } from '../workflow/testing/verdict-refusal.ts'

/** Lines of an answer; those that have nothing to say fall out. */
export function lines(...parts: (string | false | undefined)[]): string {
  return parts.filter(part => part !== false && part !== undefined && part !== '').join('\n')
}

/** How far the feature has come, in one line. */
export function progressLine({ done, total, percent, claimed, waived, owed }: Progress): string {
  const notes = [
    claimed > 0 && `${claimed} ticked but unproven`,
    waived > 0 && `${waived} waived`,
    owed > 0 && `${owed} with tests that still have to turn green`,
  ].filter(note => note !== false)
  const rest = notes.length > 0 ? `; ${notes.join('; ')}` : ''
  return `Progress: ${done}/${total} tasks (${percent}%)${rest}.`
}

/** Counts of tests, in one phrase. */
export function countsPhrase({ passed, failed, skipped, errored }: Counts): string {
  const parts = [
    `${passed} passed`,
    `${failed} failed`,
    skipped > 0 && `${skipped} skipped`,
    errored > 0 && `${errored} not loaded`,
  ]
  return parts.filter(part => part !== false).join(', ')
}

/** The next step, as the last line. */
export function nextLine(next: NextStep): string {
  return `Next: ${next.say}`
}

/** A run that ended well: the command as it was executed, how it ended, and its last lines. */
export function runBlock({ command, exitCode, output, log }: RunSummary, count: number): string {
  return lines(
    `Ran \`${command.join(' ')}\`: exit code ${exitCode}. Log: ${log}`,
    codeBlock(output, count),
  )
}
