import type { Problem } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'

/** The lines that Markdown reads as code only because they are indented too far. */
export function indentedRows(rows: readonly Row[]): Row[] {
  let isIndentedCode = false
  let wasHidden = false
  return rows.filter(row => {
    if (row.text.trim() === '') return false
    const isHidden = row.kind === 'hidden'
    if (!isHidden) isIndentedCode = false
    else if (!wasHidden) isIndentedCode = INDENTED.test(row.text)
    wasHidden = isHidden
    return isIndentedCode
  })
}

/** The problem with such a line, if it has a box. */
export function indentedText({ line, text }: Row): Pick<Problem, 'line' | 'text'> {
  return {
    line,
    text: `"${text.trim().slice(0, 40)}" is indented so far that Markdown reads it as code, so it is not read as a task. Indent it by two spaces for each level.`,
  }
}

const INDENTED = /^(?: {4}| {0,3}\t)/
