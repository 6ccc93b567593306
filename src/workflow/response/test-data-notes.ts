import { formatList } from '../../plan/format-list.ts'
import type { RunResponse } from './run-response.ts'

/**
 * The answer to a GREEN with a note about data that was written after its RED and that only tests read, such as a golden file: what the code
 * itself returned is not an expectation.
 */
export function withTestData(response: RunResponse, data: readonly string[]): RunResponse {
  if (data.length === 0) return response
  const note = `! ${formatList(data, 3)} changed after the RED, and only tests read that. Expected values that the code itself returned prove no behaviour: compare them with the specification.`
  return { ...response, notes: [...(response.notes ?? []), note] }
}
