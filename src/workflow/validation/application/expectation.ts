import canonicalize from 'canonicalize'
import type { Expectation } from '../../../plan/application.ts'
import { isJsonPath, valueAt } from './json-path.ts'

/** The answer of the application to a request. */
export interface AppAnswer {
  status: number
  text: string
}

/** What an answer lacks of an expectation: phrases that complete a sentence that begins with "It". */
export function unmetBy(expect: Expectation, { status, text }: AppAnswer): string[] {
  const json = expect.json.length > 0 ? parseJson(text) : undefined
  const wrongStatus = unmetStatus(expect.status, status)
  // An answer with another status has another body: its missing parts are not news.
  if (wrongStatus.length > 0) return wrongStatus
  return [
    ...expect.contains.filter(part => !text.includes(part)).map(part => `lacks ${format(part)}`),
    ...(json === NOT_JSON ? ['is not JSON'] : []),
    ...(json === NOT_JSON ? [] : expect.json.flatMap(value => unmetValue(value, json))),
  ]
}

/** The values that a flow captures for its later steps, and the names for which the answer has no value. */
export function captureValues(
  capture: Readonly<Record<string, string>>,
  { text }: Pick<AppAnswer, 'text'>,
): { values: Record<string, string>; missing: string[] } {
  const json = parseJson(text)
  const found = Object.entries(capture).map(([name, path]) => [name, valueAt(json, path)] as const)
  return {
    values: Object.fromEntries(
      found.filter(([, value]) => isPresent(value)).map(([name, value]) => [name, asText(value)]),
    ),
    missing: found.filter(([, value]) => !isPresent(value)).map(([name]) => name),
  }
}

/** Replaces placeholders such as `{{id}}` in `/finds/{{id}}` with captured values. Unknown placeholders stay. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{\s*([\w-]+)\s*\}\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder,
  )
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== NOT_JSON
}

function unmetStatus(expected: number | undefined, status: number): string[] {
  if (expected === undefined)
    return status >= 200 && status < 300 ? [] : [`answered ${status}, and any 2xx was expected`]
  return status === expected ? [] : [`answered ${status}, and ${expected} was expected`]
}

function unmetValue({ path, ...rest }: Expectation['json'][number], json: unknown): string[] {
  if (!isJsonPath(path)) return [`cannot be checked: ${path} is not a JSON path`]
  const value = valueAt(json, path)
  if (!('equals' in rest)) return value === undefined ? [`has nothing at ${path}`] : []
  if (canonicalize(value) === canonicalize(rest.equals)) return []
  return [`has ${format(value)} at ${path}, and ${format(rest.equals)} was expected`]
}

const NOT_JSON = Symbol('not JSON')

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return NOT_JSON
  }
}

function format(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}

const MAX_LENGTH = 80

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
