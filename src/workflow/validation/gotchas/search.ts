import type { Gotcha } from '../../../plan/gotcha.ts'
import { tokensOf, type Token } from './code-tokens.ts'
import { detectionOf } from './detection.ts'
import { linesOf, patternsOf, type Pattern, type Slot } from './pattern.ts'
import { statementsOf } from './statements.ts'

/** A source file of the project. */
export interface Source {
  path: string
  text: string
}

/** A place that looks like a gotcha's bad example. */
export interface CodeMatch {
  path: string
  /** 1-based. */
  line: number
  /** The code that fixes the gotcha is there too. */
  works: boolean
}

/** Searches the project for a gotcha; `undefined` if it has no code to search for, so that a human must read it. */
export function searchFor(gotcha: Gotcha, sources: readonly Source[]): CodeMatch[] | undefined {
  const detection = detectionOf(gotcha)
  const fix = fixOf(gotcha)
  const good = tokensOf(gotcha.good, '')
  const hasFix = detection.absent.length > 0 || fix.names.size > 0
  // If the good example matches too, only the order of lines differs, which a search cannot decide.
  const patterns = patternsOf(gotcha, detection).filter(
    pattern => hasFix || matchesOf(pattern, good).length === 0,
  )
  if (patterns.length === 0) return undefined
  const paths = new Set(sources.map(({ path }) => path))
  const isFixed = ({ path, text }: Source, code: Code, match: TokenMatch) =>
    detection.absent.some(term => hasTerm(term, text, paths, path, match)) ||
    tokensOfMatch(code, match).some(({ text }) => fix.names.has(text)) ||
    tokensNear(code, match).some(({ text }) => fix.beside.has(text))
  return sources
    .filter(source => isInLanguage(gotcha.language, source.path))
    .flatMap(source => {
      const tokens = tokensOf(source.text, source.path)
      const code = { tokens, statements: statementsOf(tokens) }
      const matches = patterns.flatMap(pattern => matchesOf(pattern, tokens))
      const byLine = [...new Map(matches.map(match => [match.line, match])).values()]
      return byLine
        .toSorted((a, b) => a.line - b.line)
        .map(match => ({
          path: source.path,
          line: match.line,
          works: isFixed(source, code, match),
        }))
    })
}

/** The tokens of a source file, and the number of each token's statement. */
interface Code {
  tokens: readonly Token[]
  statements: readonly number[]
}

interface TokenMatch {
  line: number
  /** Index of its first token. */
  start: number
  /** The names that matched an operand. */
  operands: string[]
  /** The matched tokens, separated by spaces. */
  text: string
}

function matchesOf(pattern: Pattern, tokens: readonly Token[]): TokenMatch[] {
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
    const text = tokens
      .slice(start, at)
      .map(({ text }) => text)
      .join(' ')
    return [{ line, start, operands, text }]
  })
}

/** The index after the tokens that match a slot; `undefined` if none match. */
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

/** A term that must not be missing may be a file of the project, a part of the match, or text anywhere in the same file. */
function hasTerm(
  term: string,
  text: string,
  paths: ReadonlySet<string>,
  path: string,
  match: TokenMatch,
): boolean {
  if (paths.has(term)) return true
  if (/^\.\w[\w.]*$/.test(term) && !path.endsWith(term)) return false
  const bare = term.replaceAll(/^['"`]|['"`]$/g, '')
  return bare.endsWith('_') ? match.text.includes(bare) : text.includes(bare)
}

const LINES_ABOVE = 3
const LINES_BELOW = 5

/** The tokens of the statements that contain a match or define its operands. */
function tokensOfMatch({ tokens, statements }: Code, { start, operands }: TokenMatch): Token[] {
  const own = new Set([statements[start]])
  for (const [at, { text }] of tokens.entries())
    if (operands.includes(text) && /^[=:]$/.test(tokens[at + 1]?.text ?? ''))
      own.add(statements[at])
  return tokens.filter((_, at) => own.has(statements[at]))
}

/** The tokens of the lines around a match. */
function tokensNear({ tokens }: Code, { line }: TokenMatch): Token[] {
  return tokens.filter(
    token => token.line >= line - LINES_ABOVE && token.line <= line + LINES_BELOW,
  )
}

/** The names that show that a match is fixed. */
interface Fix {
  /** They count in the statement of the match, and where its operands are defined. */
  names: ReadonlySet<string>
  /** They count near the match too, because the good example has them in a statement beside the call. */
  beside: ReadonlySet<string>
}

/** Names that only the good example has. If the description mentions some of them, only those count. */
function fixOf({ bad, good, text, fix }: Gotcha): Fix {
  const inBad = new Set(namesOf(bad))
  const onlyInGood = namesOf(good).filter(name => name.length > 3 && !inBad.has(name))
  const description = `${text} ${fix}`.replaceAll(/`[^`]*`/g, ' ')
  const mentioned = onlyInGood.filter(name => description.includes(name))
  const names = new Set(mentioned.length > 0 ? mentioned : onlyInGood)
  const called = new Set(calledIn(tokensOf(bad, '')))
  const apart = linesOf(good).filter(
    line =>
      calledIn(line).length > 0 &&
      !line.some(({ text }) => text === '=') &&
      !calledIn(line).some(name => called.has(name)),
  )
  const beside = apart.flat().flatMap(({ text }) => (names.has(text) ? [text] : []))
  return { names, beside: new Set(beside) }
}

function calledIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ kind, text }, at) =>
    kind === 'name' && tokens[at + 1]?.text === '(' ? [text] : [],
  )
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

/** Is the file in the language of the example? An example without a language is searched for in every source file. */
function isInLanguage(language: string, path: string): boolean {
  const known = LANGUAGES[language]
  return known === undefined || known.test(path)
}
