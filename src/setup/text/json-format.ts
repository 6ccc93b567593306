/** A value as a configuration file holds it. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | { [key: string]: JsonValue }

/** How a file is written: its line ending, one level of indentation, and the indentation of the current line. */
export interface Layout {
  eol: string
  unit: string
  indent: string
}

/** A value over several lines; lists of simple values stay on one line. */
export function formatJson(value: JsonValue, { eol, unit, indent }: Layout): string {
  if (typeof value !== 'object' || value === null || !isParent(value)) return compactJson(value)
  const inner = { eol, unit, indent: indent + unit }
  const lines = Array.isArray(value)
    ? value.map(item => formatJson(item, inner))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}: ${formatJson(item, inner)}`,
      )
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const separator = `,${eol}${inner.indent}`
  return `${open}${eol}${inner.indent}${lines.join(separator)}${eol}${indent}${close}`
}

/** A value on one line, with or without spaces. */
export function compactJson(value: JsonValue, gap = ' '): string {
  if (Array.isArray(value)) return `[${value.map(item => compactJson(item, gap)).join(`,${gap}`)}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}:${gap}${compactJson(item, gap)}`,
  )
  return members.length === 0 ? '{}' : `{${gap}${members.join(`,${gap}`)}${gap}}`
}

/** Does the value get lines of its own? */
function isParent(value: JsonValue[] | { [key: string]: JsonValue }): boolean {
  if (!Array.isArray(value)) return Object.keys(value).length > 0
  return value.some(item => typeof item === 'object' && item !== null)
}

/** The indentation of one level in a text; two spaces if no line is indented. */
export function indentUnit(text: string): string {
  const indents = [...text.matchAll(/^([ \t]+)\S/gm)].map(([, indent = '']) => indent)
  if (indents.some(indent => indent.startsWith('\t'))) return '\t'
  const shortest = Math.min(...indents.map(({ length }) => length))
  return Number.isFinite(shortest) ? ' '.repeat(shortest) : '  '
}

/** The white space at the start of the line that holds an offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}
