import { withoutComments } from '../plan/without-comments.ts'
import { REMARKS, type Remark } from './test-aware-patterns.ts'

/** A line of code that knows of its tests. */
export interface TestAwareLine {
  /** From 1. */
  line: number
  /** A phrase, such as "asks whether a test runs (`process.env.VITEST`)". */
  what: string
}

/**
 * The lines of a source that ask whether a test runs, load code or data of tests, or make a value equal to every other. An honest program
 * may have such a line, so it is named, and not refused.
 *
 * @param changed the lines that the task wrote, from 0
 * @param testFileAt the file of tests that a text in the source names; `undefined` if there is none
 */
export function testAwareLines(
  file: string,
  text: string,
  changed: ReadonlySet<number>,
  testFileAt: (name: string) => string | undefined,
): TestAwareLine[] {
  const code = withoutComments(file, text) ?? text
  const lines = text.split('\n')
  return [...changed]
    .toSorted((one, other) => one - other)
    .flatMap(at => {
      const row = lines[at] ?? ''
      if (row.length > MAX_IN_LINE || COMMENT.test(row)) return []
      const what = remarkOn(file, row, lines[at + 1] ?? '', code) ?? loadedBy(row, testFileAt)
      return what === undefined ? [] : [{ line: at + 1, what }]
    })
}

/** A longer line is not code that somebody wrote. */
const MAX_IN_LINE = 2000
const COMMENT = /^\s*(?:\/\/|\/?\*|#(?!\[)|--)/

function remarkOn(file: string, row: string, next: string, code: string): string | undefined {
  const rows = REMARKS.find(({ files }) => files.test(file))?.rows ?? []
  for (const { what, pattern } of rows) {
    const [found] = pattern.exec(`${row}\n${next}`) ?? []
    if (found === undefined || !isIn(row, found)) continue
    // What stands only in a comment is not code.
    if (code.includes(found.split('\n')[0]?.trim() ?? found)) return describe(what, found)
  }
  return undefined
}

/** A match that begins in the next line belongs to that line. */
function isIn(row: string, found: string): boolean {
  return row.includes(found.split('\n')[0] ?? found)
}

function describe(what: Remark, found: string): string {
  const shown = `\`${found.trim().split('\n')[0]}\``
  if (what === 'asks') return `asks whether a test runs (${shown})`
  if (what === 'library') return `loads a library for tests (${shown})`
  return `makes a value equal to every other (${shown})`
}

function loadedBy(
  row: string,
  testFileAt: (name: string) => string | undefined,
): string | undefined {
  const modules = PYTHON_MODULE.exec(row)?.[1]?.replaceAll('.', '/')
  const names = [...row.matchAll(TEXTS)].map(([, name = '']) => name).concat(modules ?? [])
  const file = names.map(testFileAt).find(found => found !== undefined)
  return file === undefined ? undefined : `loads ${file}, which belongs to the tests`
}

const TEXTS = /["'`]([\w@.~-]*\/?[\w@./~-]{3,200})["'`]/g
const PYTHON_MODULE = /^\s*(?:from|import)\s+(tests?(?:\.\w+)+)/
