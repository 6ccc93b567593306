import { parseTree, type Node, type ParseError } from 'jsonc-parser'
import { describeSyntax } from '../../store/settings-errors.ts'
import { lineAt, Unusable } from './unusable.ts'

/**
 * The object at the top of a JSON text; `undefined` if the text has no value. Comments and trailing commas are accepted, because
 * clients write both. Throws `Unusable` for anything that is not one object.
 */
export function parseRoot(text: string): Node | undefined {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const [first] = errors
  if (first) throw new Unusable(`it is not valid JSON (${describeSyntax(text, first)})`)
  if (root && root.type !== 'object') throw new Unusable('its content is not a JSON object')
  return root
}

/** Is the text JSON without trailing commas? Comments are accepted. */
export function isStrict(text: string): boolean {
  const errors: ParseError[] = []
  parseTree(text, errors, { allowTrailingComma: false, allowEmptyContent: true })
  return errors.length === 0
}

/** The members of an object, or the items of a list, in file order. */
export function childrenOf(parent: Node): Node[] {
  return parent.children ?? []
}

/** The value of a member. Throws `Unusable` if the object has the key twice, because clients then differ in what they read. */
export function memberOf(text: string, object: Node, key: string): Node | undefined {
  const found = childrenOf(object).filter(({ children }) => children?.[0]?.value === key)
  const [first, second] = found
  if (second) {
    throw new Unusable(
      `it has the key ${JSON.stringify(key)} twice (line ${lineAt(text, second.offset)})`,
    )
  }
  return first
}

/** White space and comments, which may stand between a member and the comma after it. */
const BETWEEN = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y

/** Comments that begin on the current line. */
const ON_LINE = /(?:[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/[^\r\n]*))*/y

/** The offset of the comma that follows a member, if there is one. */
export function commaAfter(text: string, member: Node): number | undefined {
  const at = endOfMatch(BETWEEN, text, member.offset + member.length)
  return text[at] === ',' ? at : undefined
}

/** The end of the comments that follow an offset on the same line; the offset itself if there are none. */
export function endOfLineComments(text: string, from: number): number {
  return endOfMatch(ON_LINE, text, from)
}

function endOfMatch(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return from + (pattern.exec(text)?.[0].length ?? 0)
}
