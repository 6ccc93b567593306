import type { Problem } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { indentedRows, indentedText } from '../task-list/indented-boxes.ts'
import type { NumberedEntries } from './entries.ts'
import { leadingNumber } from './number.ts'

/** A problem for each numbered box that Markdown reads as code only because it is indented too far. */
export function hiddenTaskProblems(
  rows: readonly Row[],
  { isNumbered }: NumberedEntries,
  path: string,
): Problem[] {
  if (!isNumbered) return []
  return indentedRows(rows)
    .filter(({ text }) => {
      const rest = BOX.exec(text)?.[1]
      return rest !== undefined && leadingNumber(rest) !== undefined
    })
    .slice(0, MAX_PROBLEMS)
    .map(row => ({ path, ...indentedText(row), isUnread: true }))
}

const BOX = /^\s+[-*+]\s+\[.?\](?:\\?\*)?\s+(.*)$/s
const MAX_PROBLEMS = 200
