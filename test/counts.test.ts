import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** A number in front of the plural of a noun, as in `${left} tasks`. Before `/`, as in `1/1 tasks`, the plural is usual. */
const COUNTED =
  /(?<!\/)\$\{([^{}]*)\} (?:(?:finished|full|more|new|other) )?(attacks|attempts|boxes|bytes|characters|checks|commands|criteria|days|endpoints|errors|events|failures|features|files|findings|flows|gates|groups|hours|lines|minutes|modules|packages|phases|plans|problems|runs|seconds|standards|suites|tasks|tests|times|tools|variants)\b/g

/** Constants are never 1; a name, such as that of a group of tests, is not a number. */
const NUMBER = /(?:\.length|\.size|#?[a-z]\w*(?: [-+] \w+)?)$/
const NO_NUMBER = /^(?:[A-Z_]+|.*\bname|countOf\(.*|formatList\(.*|noun.*|program|script)$/

it('a number and its noun agree, because countOf writes them', () => {
  const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' }).split('\n')
  const sources = files.filter(file => file.endsWith('.ts'))
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap(file => uncounted(file, readFileSync(file, 'utf8')))).toEqual([])
})

it('the search finds a number that is written with a fixed plural', () => {
  expect(uncounted('a.ts', '`${tasks.length} tasks`')).toHaveLength(1)
  expect(uncounted('a.ts', '`${left} more lines`')).toHaveLength(1)
  expect(
    uncounted('a.ts', '`${done}/${total} tasks` + `${MOST} files` + `All ${name} tests`'),
  ).toEqual([])
})

function uncounted(file: string, text: string): string[] {
  return [...text.matchAll(COUNTED)]
    .filter(({ index, 1: number = '' }) => {
      const hasSingular = text.slice(Math.max(0, index - 40), index).includes('=== 1 ?')
      return NUMBER.test(number) && !NO_NUMBER.test(number) && !hasSingular
    })
    .map(([match]) => `${file}: ${match}`)
}
