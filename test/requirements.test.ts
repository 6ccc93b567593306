import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { requirementsPage, rows } from '../scripts/requirements/page.ts'
import { idsOf, type Row } from '../scripts/requirements/row.ts'

describe('the table of requirements', () => {
  it('has every id from R1 to R418 once, in order', () => {
    const every = Array.from({ length: 418 }, (_, at) => `R${at + 1}`)
    expect(rows.flatMap(idsOf)).toEqual(every)
  })

  it('has no empty row, and says each requirement in a line', () => {
    const bad = rows.filter(row => row.text.trim() === '' || row.text.length > 110 || !howOf(row))
    expect(bad).toEqual([])
  })

  it('names tests and code that exist', () => {
    const missing = rows.flatMap(row => {
      const { file, words } = placeOf(row)
      const source = file === '' || !existsSync(file) ? '' : readFileSync(file, 'utf8')
      return words
        .filter(word => !source.includes(word))
        .map(word => `${idsOf(row).join(' ')}: ${file} has no ${word}`)
    })
    expect(missing).toEqual([])
  })

  it('is told to people in docs/requirements.md', () => {
    expect(readFileSync('docs/requirements.md', 'utf8')).toBe(requirementsPage())
  })
})

/** The file that a row names, and the words that it has to have. */
function placeOf(row: Row): { file: string; words: string[] } {
  if ('untested' in row) return { file: row.untested.code, words: [row.untested.part] }
  if (!('shown' in row)) return { file: '', words: [] }
  const { test, name, case: one } = row.shown
  return { file: test, words: [name, ...(one === undefined ? [] : [one])] }
}

/** How the row says it is met; blank text is none. */
function howOf(row: Row): string {
  if ('shown' in row) return row.shown.name.trim()
  if ('untested' in row) return row.untested.part.trim()
  return ('assistant' in row ? row.assistant : row.later).trim()
}
