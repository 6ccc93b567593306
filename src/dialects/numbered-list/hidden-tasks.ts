import type { Problem } from '../../plan/plan.ts'
import { headingText, type Row } from '../markdown.ts'
import { indentedRows, indentedText } from '../task-list/indented-boxes.ts'
import type { NumberedEntries } from './entries.ts'
import { leadingNumber } from './number.ts'

/** A problem for each heading such as `### Task 3: …` that has no task below it and is not about one of the list. */
export function headingProblems(
  rows: readonly Row[],
  { entries }: NumberedEntries,
  path: string,
): Problem[] {
  const known = new Set(entries.map(({ id }) => id))
  const groups = new Set(entries.flatMap(({ above }) => above.map(({ line }) => line)))
  return rows
    .filter(row => row.kind === 'heading' && !groups.has(row.line))
    .filter(row => {
      const [, number] = HEADING.exec(headingText(row)) ?? []
      return number !== undefined && !known.has(number)
    })
    .slice(0, MAX_PROBLEMS)
    .map(row => {
      const text = `"${headingText(row).slice(0, 40)}" looks like a task, but there is no box below it. It is not read as one. Write it as "- [ ] 1.1 …".`
      return { path, line: row.line, text, isUnread: true }
    })
}

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

const HEADING = /^[*_\s]*Task\s+#?(\d{1,4}(?:\.\d{1,4}){0,3}[a-z]?)(?=$|[\s*_:.)—–-])/i
const BOX = /^\s+[-*+]\s+\[.?\](?:\\?\*)?\s+(.*)$/s
const MAX_PROBLEMS = 200
