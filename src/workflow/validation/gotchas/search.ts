import type { Gotcha } from '../../../plan/gotcha.ts'
import { tokensOf, type Token } from './code-tokens.ts'
import { detectionOf } from './detection.ts'
import { linesOf, patternsOf, type Pattern, type Slot } from './pattern.ts'

/** A source file of the project. */
export interface Source {
  path: string
  text: string
}

/** A place that looks like the bad example; `works` when what mends it is there as well. */
export interface GotchaHit {
  path: string
  /** 1-based. */
  line: number
  works: boolean
}

/** Searches the project for a trap; `undefined` for one that shows nothing to search for and is for a person to read. */
export function searchFor(gotcha: Gotcha, sources: readonly Source[]): GotchaHit[] | undefined {
  const detection = detectionOf(gotcha)
  const mending = namesThatMend(gotcha)
  const good = tokensOf(gotcha.good, '')
  const isTold = detection.absent.length > 0 || mending.size > 0
  // What the good example has as well, and in which nothing is amiss but the order, is for a person to judge.
  const patterns = patternsOf(gotcha, detection).filter(
    pattern => isTold || matchesOf(pattern, good).length === 0,
  )
  if (patterns.length === 0) return undefined
  const paths = new Set(sources.map(({ path }) => path))
  const isMended = ({ path, text }: Source, tokens: readonly Token[], match: Match) =>
    detection.absent.some(term => hasTerm(term, text, paths, path, match)) ||
    linesAround(tokens, match).some(({ text }) => mending.has(text))
  return sources
    .filter(source => isOf(gotcha.language, source.path))
    .flatMap(source => {
      const tokens = tokensOf(source.text, source.path)
      const matches = patterns.flatMap(pattern => matchesOf(pattern, tokens))
      const lines = [...new Map(matches.map(match => [match.line, match])).values()]
      return lines
        .toSorted((a, b) => a.line - b.line)
        .map(match => ({
          path: source.path,
          line: match.line,
          works: isMended(source, tokens, match),
        }))
    })
}

interface Match {
  line: number
  /** Names that stand in places where any may stand. */
  operands: string[]
  text: string
}

function matchesOf(pattern: Pattern, tokens: readonly Token[]): Match[] {
  return tokens.flatMap(({ line }, start) => {
    const operands: string[] = []
    let at = start
    for (const slot of pattern) {
      const end = slotEnd(slot, tokens, at)
      if (end === undefined) return []
      if (slot.is === 'operand' && tokens[at]?.kind === 'name')
        operands.push(tokens[at]?.text ?? '')
      at = end
    }
    return [
      {
        line,
        operands,
        text: tokens
          .slice(start, at)
          .map(({ text }) => text)
          .join(' '),
      },
    ]
  })
}

/** Index behind what fills a slot; `undefined` when nothing does. */
function slotEnd(slot: Slot, tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  if (!token) return undefined
  const { kind, text } = token
  switch (slot.is) {
    case 'exactly':
      return kind !== 'string' && text === slot.text ? at + 1 : undefined
    case 'named':
      return kind === 'name' && text.toLowerCase().endsWith(slot.text.toLowerCase())
        ? at + 1
        : undefined
    case 'string':
      return kind === 'string' && text.startsWith(slot.begins ?? '') ? at + 1 : undefined
    case 'end':
      return text === ',' || text === ')' ? at + 1 : undefined
    case 'operand':
      return kind === 'sign' ? undefined : operandEnd(tokens, at)
  }
}

/** `config.folder` is one operand. */
function operandEnd(tokens: readonly Token[], at: number): number {
  let end = at + 1
  while (tokens[end]?.text === '.' && tokens[end + 1]?.kind === 'name') end += 2
  return end
}

/** What is said to be missing may be a file, a part of what was found, or anything in the same file. */
function hasTerm(
  term: string,
  text: string,
  paths: ReadonlySet<string>,
  path: string,
  match: Match,
): boolean {
  if (paths.has(term)) return true
  if (/^\.\w[\w.]*$/.test(term) && !path.endsWith(term)) return false
  const bare = term.replaceAll(/^['"`]|['"`]$/g, '')
  return bare.endsWith('_') ? match.text.includes(bare) : text.includes(bare)
}

const ABOVE = 3
const BELOW = 5

/** The tokens near a match, and those of the lines that say what its operands are. */
function linesAround(tokens: readonly Token[], { line, operands }: Match): Token[] {
  const defining = new Set(
    tokens.flatMap((token, at) =>
      operands.includes(token.text) && /^[=:]$/.test(tokens[at + 1]?.text ?? '')
        ? [token.line]
        : [],
    ),
  )
  return tokens.filter(
    token => (token.line >= line - ABOVE && token.line <= line + BELOW) || defining.has(token.line),
  )
}

/** Names of the good example that the bad one has not; those that the words speak of weigh more. */
function namesThatMend({ bad, good, text, fix }: Gotcha): Set<string> {
  const inBad = new Set(namesOf(bad))
  const own = namesOf(good).filter(name => name.length > 3 && !inBad.has(name))
  const prose = `${text} ${fix}`.replaceAll(/`[^`]*`/g, ' ')
  const spoken = own.filter(name => prose.includes(name))
  return new Set(spoken.length > 0 ? spoken : own)
}

function namesOf(code: string): string[] {
  const tokens = linesOf(code).flat()
  return tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)
}

const SCRIPTS = /\.([cm]?[jt]sx?|vue|svelte|astro)$/i
const PAGES = /\.(html?|[jt]sx|vue|svelte|astro|erb|ejs|hbs|njk|jinja2?)$/i
const LANGUAGES: Readonly<Record<string, RegExp>> = {
  python: /\.py$/i,
  py: /\.py$/i,
  ruby: /\.(rb|erb)$/i,
  erb: /\.erb$/i,
  js: SCRIPTS,
  javascript: SCRIPTS,
  jsx: SCRIPTS,
  ts: SCRIPTS,
  typescript: SCRIPTS,
  tsx: SCRIPTS,
  html: PAGES,
  dockerfile: /(^|\/)Dockerfile[\w.-]*$/i,
  go: /\.go$/i,
  rust: /\.rs$/i,
  java: /\.java$/i,
  php: /\.php$/i,
  yaml: /\.ya?ml$/i,
}

/** Is it a file of the example's language? An example without one is looked for in every source. */
function isOf(language: string, path: string): boolean {
  const known = LANGUAGES[language]
  return known === undefined || known.test(path)
}
