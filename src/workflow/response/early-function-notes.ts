import { formatList } from '../../plan/format-list.ts'
import type { RunResponse } from './run-response.ts'

/** A function that was written before the task that names it. */
export interface EarlyFunction {
  name: string
  file: string
  /** Id of the later task. */
  task: string
}

/** The answer to a GREEN with a note about code of later tasks, while it can still be taken out without loss. */
export function withEarlyFunctions(
  response: RunResponse,
  functions: readonly EarlyFunction[],
): RunResponse {
  if (functions.length === 0) return response
  const named = functions.map(({ name, file, task }) => `\`${name}\` in ${file} (${task})`)
  const note = `! Later tasks name code that is already there: ${formatList(named, MAX_NAMES)}. Take it out now and write it in its own task: a test that passes at once proves nothing there.`
  return { ...response, notes: [...(response.notes ?? []), note] }
}

const MAX_NAMES = 4
