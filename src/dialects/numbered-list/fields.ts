import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { wrappedText } from '../task-list/wrapped-text.ts'

/** A line such as `_Requirements: 1.1, 1.2_` below a task. */
export interface Field {
  /** In lower case. */
  name: string
  value: string
  line: number
}

/** The fields below a task; `next` is the row index of the next task. A field may be there several times. */
export function fieldsOf(rows: readonly Row[], entry: ListEntry, next: number): Field[] {
  const fields: Field[] = []
  for (let index = entry.index + 1; index < next; index += 1) {
    const row = rows[index]
    if (row === undefined || row.kind === 'heading') break
    if (row.kind !== 'item' && row.kind !== 'text') continue
    const { text } = wrappedText(rows, index, row.text.slice(row.content), MAX_FIELD_LENGTH)
    const match = FIELD.exec(text)
    const [, name = '', value = ''] = match ?? []
    if (match !== null)
      fields.push({
        name: name.toLowerCase(),
        value: value.replace(/[_*]+$/, '').trim(),
        line: row.line,
      })
  }
  return fields
}

/** In characters. */
const MAX_FIELD_LENGTH = 2_000
const FIELD = /^[_*]{1,2}([\p{L}][\p{L} -]{0,30})[_*]{0,2}\s*[:：][_*]{0,2}\s*(.*)$/u
