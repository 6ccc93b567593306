import { proofStrength } from '../../evidence/proof-strength.ts'
import { formatList } from '../../plan/format-list.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'

/** What a reader should know about the proofs of finished tasks, or of one task: a sentence each. */
export function proofStrengthLines(
  { ledger: { events } }: Pick<Context, 'ledger'>,
  task?: string,
): string[] {
  const { settingsCommand, exitCodeOnly } = proofStrength(events, task)
  return [
    ...line(settingsCommand, `by a test command of ${SETTINGS_FILE}`),
    ...line(exitCodeOnly, 'by an exit code alone, without a report'),
  ]
}

function line(tasks: readonly string[], how: string): string[] {
  return tasks.length === 0 ? [] : [`! Proven ${how}: ${formatList(tasks, MAX_LISTED)}.`]
}

const MAX_LISTED = 8
