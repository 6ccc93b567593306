import type { Gotcha } from '../../../plan/gotcha.ts'
import { tokensOf, type Token } from './code-tokens.ts'
import { linesOf } from './pattern.ts'

/** The names that show that a match is fixed. */
interface Fix {
  /** They count in the statement of the match, and where its operands are defined. */
  names: ReadonlySet<string>
  /** They count near the match too, because the good example has them in a statement beside the call. */
  beside: ReadonlySet<string>
}

/** Names that only the good example has. If the description mentions some of them, only those count. */
export function fixOf({ bad, good, text, fix }: Gotcha): Fix {
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
