import { headingText, type Row } from '../markdown.ts'
import { stripMarkup } from './task-text.ts'

/** The title of a plan: its first heading of the first level, without the word for "tasks" before it. */
export function planTitle(rows: readonly Row[]): string | undefined {
  const heading = rows.find(row => row.kind === 'heading' && row.level === 1)
  if (heading === undefined) return undefined
  const title = stripMarkup(headingText(heading)).replace(
    /^(implementation )?tasks?\s*[:：—-]\s*/i,
    '',
  )
  return title === '' ? undefined : title
}
