import type { Gotcha } from '../../../plan/gotcha.ts'
import { tokensOf, type Token } from './code-tokens.ts'
import { detectionOf } from './detection.ts'
import { patternsOf } from './pattern.ts'
import { statementsOf } from './statements.ts'
import { fixOf } from './fix.ts'
import { type TokenMatch, matchesOf } from './token-match.ts'
import { isInLanguage } from './language.ts'

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
