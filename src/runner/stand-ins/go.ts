import { closingBrace } from './classes.ts'
import type { StandIn } from './stand-in.ts'

/** The current file, in which each function that is new or changed returns zero values. It has to compile, so types stay. */
export const goStandIn: StandIn = ({ earlier, current }) => {
  if (current === '') return earlier
  const known = new Map(functionsIn(earlier).map(({ heading, body }) => [heading, body]))
  let text = ''
  let at = 0
  for (const { heading, body, start } of functionsIn(current)) {
    if (known.get(heading) === body) continue
    const results = RESULTS.exec(heading)?.groups?.['results']?.trim() ?? ''
    text += `${current.slice(at, start)} ${zeroValues(results)} `
    at = start + body.length
  }
  return withUsedImports(text + current.slice(at))
}

interface GoFunction {
  heading: string
  body: string
  /** Where the body begins, after its brace. */
  start: number
}

const FUNCTION = /^func\b[^\n]*\{[ \t]*$|^func\b[^\n]*\{(?=.*\}[ \t]*$)/gm
const RESULTS =
  /^func\s*(?:\([^)]*\)\s*)?\w+\s*(?:\[[^\]]*\])?\((?:[^()]|\([^()]*\))*\)(?<results>[^{]*)\{$/

function functionsIn(text: string): GoFunction[] {
  return [...text.matchAll(FUNCTION)].flatMap(match => {
    const heading = HEADING.exec(match[0])?.[0] ?? match[0].trimEnd()
    if (/\bmain\(\)|\binit\(\)/.test(heading)) return []
    const start = match.index + heading.length
    return [{ heading, body: text.slice(start, closingBrace(text, start)), start }]
  })
}

/** Up to the brace of the body: the first one that does not belong to `interface{}` or `struct{}`. */
const HEADING = /^func\b(?:[^{]|(?<=interface|struct)\{\})*\{/

/** `return` with a zero value for each result. Named results need no values. */
function zeroValues(results: string): string {
  if (results === '') return ''
  const list = /^\((?<list>.*)\)$/.exec(results)?.groups?.['list']
  const parts = list === undefined ? [results] : splitList(list)
  const areNamed = parts.some(
    part =>
      /^\w+\s+[\w*[\]]/.test(part.trim()) &&
      !/^(map|chan|func|struct|interface)\b/.test(part.trim()),
  )
  return areNamed ? 'return' : `return ${parts.map(part => `*new(${part.trim()})`).join(', ')}`
}

/** The parts of a list, without those of lists inside brackets. */
function splitList(list: string): string[] {
  const parts = ['']
  let depth = 0
  for (const sign of list) {
    if ('([{'.includes(sign)) depth += 1
    if (')]}'.includes(sign)) depth -= 1
    if (sign === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts
}

/** An import that nothing uses any more does not compile, unless its name is blank. */
function withUsedImports(text: string): string {
  return text.replaceAll(
    /^([ \t]*(?:import[ \t]+)?)(?:(\w+)[ \t]+)?("([^"\n]+)")[ \t]*$/gm,
    (line, before: string, alias: string | undefined, quoted: string, path: string) => {
      const name = alias ?? path.split('/').findLast(part => !/^v\d+$/.test(part)) ?? path
      const isImport = before.includes('import') || isInImports(text, line)
      return !isImport || name === '_' || new RegExp(`\\b${name}\\.`).test(text)
        ? line
        : `${before}_ ${quoted}`
    },
  )
}

function isInImports(text: string, line: string): boolean {
  return [...text.matchAll(/^import \(([^)]*)\)/gm)].some(([, list = '']) => list.includes(line))
}
