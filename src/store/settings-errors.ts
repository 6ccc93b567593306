import { type ParseError, printParseErrorCode } from 'jsonc-parser'
import * as z from 'zod'
import { formatList } from '../plan/format-list.ts'
import { similarName } from '../plan/similar-name.ts'

/** What is wrong with the settings, a sentence each. `schema` is the JSON Schema of the settings. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], schema: unknown): string[] {
  const shown = issues.slice(0, MAX_LISTED).map(issue => describeIssue(issue, schema))
  const more = issues.length - shown.length
  return more > 0 ? [...shown, `… and ${more} more`] : shown
}

/** Why a text is not JSON, in words, with the place. */
export function describeSyntax(text: string, { error, offset, length }: ParseError): string {
  const before = text.slice(0, offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  const found = text.slice(offset, offset + Math.min(length, 20)).replaceAll(/\s+/g, ' ')
  const what = SYNTAX[printParseErrorCode(error)] ?? 'this is not valid JSON'
  return `${place}: ${what}${found.trim() === '' ? '' : ` (at ${JSON.stringify(found)})`}`
}

function describeIssue(issue: z.core.$ZodIssue, schema: unknown): string {
  const place = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(nodeAt(schema, issue.path)?.properties ?? {})
    const keys = issue.keys.map(key => `"${key}"${suggestion(key, known)}`)
    return `Unrecognized key ${keys.join(', ')}${place === '' ? '' : ` in ${place}`}`
  }
  const node = nodeAt(schema, issue.path)
  if ((issue.code === 'invalid_union' || issue.code === 'invalid_type') && node) {
    const [about = ''] = (node.description ?? '').split(/(?<=\.)\s+(?=[A-Z])/)
    return `${place} must be ${expected(node)}${about === '' ? '' : `. ${about}`}`
  }
  return place === '' ? issue.message : `${place}: ${issue.message}`
}

const node = z.looseObject({
  type: z.string().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
})

type Node = z.infer<typeof node>

function nodeAt(schema: unknown, path: readonly PropertyKey[]): Node | undefined {
  const found = node.safeParse(schema).data
  const [first, ...rest] = path
  if (!found || first === undefined) return found
  const below =
    typeof first === 'number'
      ? found.items
      : (found.properties?.[String(first)] ?? found.additionalProperties)
  if (below !== undefined && below !== false) return nodeAt(below, rest)
  return found.anyOf?.map(one => nodeAt(one, path)).find(one => one !== undefined)
}

/** `a list of strings or false`. */
function expected({ anyOf, enum: values, const: value, type, items }: Node): string {
  const kinds = anyOf?.map(one => expected(node.parse(one)))
  if (kinds) return [...new Set(kinds)].join(' or ')
  if (values) return `one of ${formatList(values.map(one => JSON.stringify(one)))}`
  if (value !== undefined) return JSON.stringify(value)
  if (type === 'array')
    return node.safeParse(items).data?.type === 'string' ? 'a list of strings' : 'a list'
  return NAMES[type ?? ''] ?? 'another value'
}

function suggestion(key: string, known: readonly string[]): string {
  const near = similarName(key, known)
  return near === undefined ? '' : ` (did you mean "${near}"?)`
}

const NAMES: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word is not in double quotes',
  InvalidNumberFormat: 'a number is not valid',
  PropertyNameExpected: 'a key in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'there is text after the end',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'a string has no closing double quote',
  InvalidEscapeCharacter: 'a backslash in a string is followed by a wrong letter',
  InvalidUnicode: 'an escape such as \\u00e9 is not complete',
  InvalidCharacter: 'a string has a control character',
}

const MAX_LISTED = 5
