import type { Problem } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { NumberedEntries } from './entries.ts'
import { leadingNumber } from './number.ts'

/** A problem for each numbered box that Markdown reads as code only because it is indented too far. */
export function hiddenTaskProblems(
  rows: readonly Row[],
  { isNumbered }: NumberedEntries,
  path: string,
): Problem[] {
  if (!isNumbered) return []
  let isIndentedCode = false
  let wasHidden = false
  return rows
    .filter(row => {
      if (row.text.trim() === '') return false
      const isHidden = row.kind === 'hidden'
      if (!isHidden) isIndentedCode = false
      else if (!wasHidden) isIndentedCode = INDENTED.test(row.text)
      wasHidden = isHidden
      const rest = isIndentedCode ? BOX.exec(row.text)?.[1] : undefined
      return rest !== undefined && leadingNumber(rest) !== undefined
    })
    .slice(0, MAX_PROBLEMS)
    .map(({ line, text }) => ({
      path,
      line,
      text: `"${text.trim().slice(0, 40)}" is indented so far that Markdown reads it as code, so it is not read as a task. Indent it by two spaces for each level.`,
      isUnread: true,
    }))
}

const INDENTED = /^(?: {4}| {0,3}\t)/
const BOX = /^\s+[-*+]\s+\[.?\](?:\\?\*)?\s+(.*)$/s
const MAX_PROBLEMS = 200
