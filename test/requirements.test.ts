import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { requirements, titlePattern, type NamedTest } from './kit/requirements.ts'

const ROWS = requirements()

describe('the table of requirements', () => {
  it('has every id from R1 to R449 once, in order', () => {
    const every = Array.from({ length: 449 }, (_, at) => `R${at + 1}`)
    expect(ROWS.flatMap(row => each(row.ids))).toEqual(every)
  })

  it('names a test for each requirement, or says who is responsible and why', () => {
    const bad = ROWS.filter(
      row => !row.test && !/^(Assistant|Human): .{10}/.test(row.responsible ?? ''),
    )
    expect(bad).toEqual([])
  })

  it('names tests that exist', () => {
    const missing = ROWS.filter(row => row.test && !exists(row.test)).map(row => row.ids)
    expect(missing).toEqual([])
  })
})

/** Every id of `R13–R14`. */
function each(ids: string): string[] {
  const [first = NaN, last = first] = ids.split('–').map(id => Number(id.slice(1)))
  return Array.from({ length: last - first + 1 }, (_, at) => `R${first + at}`)
}

/** Whether the file has each title, as it is written there or as a row of a table gives it. */
function exists({ file, name }: NamedTest): boolean {
  const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const strings = source.matchAll(/(['"`])((?:\\.|(?!\1).)+)\1/g)
  const titles = Array.from(strings, ([, , title = '']) => title).filter(title =>
    /[%$]/.test(title),
  )
  return name
    .split(' > ')
    .every(part => source.includes(part) || titles.some(title => titlePattern(title).test(part)))
}
