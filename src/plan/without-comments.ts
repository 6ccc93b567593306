/**
 * The text of a source file without comments, blank lines and trailing spaces; `undefined` for a language whose comments are
 * not known. Comments that a compiler or test runner reads stay.
 */
export function withoutComments(file: string, text: string): string | undefined {
  const tokens = tokensFor(file, text)
  if (!tokens) return undefined
  const code = text.replaceAll(tokens, (token, ...groups: unknown[]) => {
    const comment = groups.slice(0, -2).find(group => typeof group === 'string')
    return typeof comment !== 'string' || READ_BY_TOOLS.test(comment) ? token : ' '
  })
  return code
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '')
    .join('\n')
}

/** Matches strings, and comments as the first group. Both are tried from left to right, so that neither is found in the other. */
function tokensFor(file: string, text: string): RegExp | undefined {
  // Nobody writes such a line, and the patterns below are not linear in it.
  if (/[^\n]{10000}/.test(text)) return undefined
  if (/\.([cm]?[jt]s|[jt]sx)$/.test(file)) return SCRIPT
  // This cannot distinguish strings over several lines from comments that contain code.
  if (/\.(java|go|c|cc|cpp|h|hpp|kt|swift)$/.test(file))
    return /"""|`|import "C"|R"/.test(text) ? undefined : C_LIKE
  // A fence in a comment of Rust is a test.
  if (/\.(rs|cs|scala|dart)$/.test(file))
    return /"""|'''|```|\br#*"|@\$?"|\$@"/.test(text) ? undefined : C_LIKE
  if (file.endsWith('.php')) return /<<<|\?>/.test(text) ? undefined : PHP
  // A line that begins with `#` may be text after `<<`, `%q` or `__END__`.
  if (file.endsWith('.rb'))
    return /<<|%[qQwWiIxr]?\W|^__END__|^=begin/m.test(text) ? undefined : RUBY
  return file.endsWith('.py') ? PYTHON : undefined
}

const STRINGS = String.raw`"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?`
/** A `//` after a colon is part of a URL, such as in the text of JSX. */
const COMMENTS = String.raw`(\/\*[^]*?(?:\*\/|$)|(?<!:)\/\/[^\n]*)`
const TEMPLATE = '`(?:[^`\\\\]|\\\\[^])*`?'
const PATTERN = String.raw`(?<=[(,=:[!&|?{};]\s{0,4})\/(?![*\/])(?:[^\/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/`
const SCRIPT = new RegExp(`${PATTERN}|${STRINGS}|${TEMPLATE}|${COMMENTS}`, 'g')
const C_LIKE = new RegExp(`${STRINGS}|${COMMENTS}`, 'g')
/** `#[` begins an attribute. */
const PHP = new RegExp(`${STRINGS}|${COMMENTS}|(#(?!\\[)[^\\n]*)`, 'g')
/** Only whole lines: elsewhere, `#` may be part of a string or a pattern. */
const RUBY = /^[ \t]{0,200}(#[^\n]*)/gm
const PYTHON = new RegExp(
  String.raw`"""(?:[^\\]|\\[^])*?(?:"""|$)|'''(?:[^\\]|\\[^])*?(?:'''|$)|${STRINGS}|(#[^\n]*)`,
  'g',
)

const READ_BY_TOOLS =
  /^#!|^\/\/\/\s*<|coding[:=]|frozen_string_literal|go:|\+build|@jsx|@(jest|vitest)-environment|@vite-ignore|webpack\w+:|@ts-/
