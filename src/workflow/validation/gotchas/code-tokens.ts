/** A token of source code in any language. Comments and white space are not tokens. */
export interface Token {
  kind: 'name' | 'string' | 'number' | 'sign'
  /** For a string: the text between its quotes. */
  text: string
  /** 1-based. */
  line: number
}

/** Splits code into tokens, as far as a search needs it. The comment syntax depends on `path`. */
export function tokensOf(code: string, path: string): Token[] {
  const comment = HASH_LANGUAGES.test(path) ? HASH_COMMENT : SLASH_COMMENT
  const tokens: Token[] = []
  let line = 1
  let at = 0
  while (at < code.length) {
    const piece = pieceAt(code, at, comment)
    if (piece.token) tokens.push({ ...piece.token, line })
    for (let place = at; place < piece.end; place += 1) if (code[place] === '\n') line += 1
    at = piece.end
  }
  return tokens
}

/** Files in which `#` begins a comment. */
const HASH_LANGUAGES =
  /\.(py|rb|sh|bash|ya?ml|toml|pl|r|ex|exs)$|(^|\/)(Dockerfile|Makefile|Gemfile)[\w.]*$/i
const HASH_COMMENT = /#[^\n]*/y
const SLASH_COMMENT = /\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|<!--[\s\S]*?-->|<%#[\s\S]*?%>/y
const BLANK = /\s+/y
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const NUMBER = /\d[\w.]*/y
/** Strings in `'` or `"` end on their line. Triple-quoted and template strings may span lines. */
const STRING =
  /"""([\s\S]*?)"""|'''([\s\S]*?)'''|`((?:[^`\\]|\\[\s\S])*)`|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y

interface Piece {
  /** Index after its last character. */
  end: number
  token?: Pick<Token, 'kind' | 'text'>
}

function pieceAt(code: string, at: number, comment: RegExp): Piece {
  const blank = matchAt(BLANK, code, at) ?? matchAt(comment, code, at)
  if (blank) return { end: at + blank[0].length }
  const kinds = { string: STRING, name: NAME, number: NUMBER } as const
  for (const kind of ['string', 'name', 'number'] as const) {
    const found = matchAt(kinds[kind], code, at)
    if (!found) continue
    const text =
      kind === 'string' ? (found.slice(1).find(part => part !== undefined) ?? '') : found[0]
    return { end: at + found[0].length, token: { kind, text } }
  }
  return { end: at + 1, token: { kind: 'sign', text: code.charAt(at) } }
}

function matchAt(pattern: RegExp, code: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(code)
}
