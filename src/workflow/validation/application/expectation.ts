import canonicalize from 'canonicalize'
import type { Expectation } from '../../../plan/application.ts'
import { isJsonPath, valueAt } from './json-path.ts'

/** What an application answered to a request. */
export interface SeenAnswer {
  status: number
  text: string
}

/** What of an expectation an answer does not meet, each as a phrase; empty when it meets all. */
export function missedBy(expect: Expectation, { status, text }: SeenAnswer): string[] {
  const json = expect.json.length > 0 ? parsed(text) : undefined
  const other = missedStatus(expect.status, status)
  // Another status has another body: what that lacks says nothing more.
  if (other.length > 0) return other
  return [
    ...expect.contains.filter(part => !text.includes(part)).map(part => `lacks ${told(part)}`),
    ...(json === NO_JSON ? ['is no JSON'] : []),
    ...(json === NO_JSON ? [] : expect.json.flatMap(one => missedValue(one, json))),
  ]
}

/** The values that a flow keeps for its later steps, and the names for which nothing was found. */
export function captured(
  capture: Readonly<Record<string, string>>,
  { text }: Pick<SeenAnswer, 'text'>,
): { values: Record<string, string>; missing: string[] } {
  const json = parsed(text)
  const found = Object.entries(capture).map(([name, path]) => [name, valueAt(json, path)] as const)
  return {
    values: Object.fromEntries(
      found.filter(([, value]) => isThere(value)).map(([name, value]) => [name, written(value)]),
    ),
    missing: found.filter(([, value]) => !isThere(value)).map(([name]) => name),
  }
}

/** Puts captured values in the places that name them, such as `/finds/{{id}}`; other places stay as they are. */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{\s*([\w-]+)\s*\}\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? place) : place,
  )
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== NO_JSON
}

function missedStatus(wanted: number | undefined, seen: number): string[] {
  if (wanted === undefined)
    return seen >= 200 && seen < 300 ? [] : [`answered ${seen}, and any 2xx was expected`]
  return seen === wanted ? [] : [`answered ${seen}, and ${wanted} was expected`]
}

function missedValue({ path, ...rest }: Expectation['json'][number], json: unknown): string[] {
  if (!isJsonPath(path)) return [`cannot be looked into by ${path}, which is no JSON path`]
  const value = valueAt(json, path)
  if (!('equals' in rest)) return value === undefined ? [`has nothing at ${path}`] : []
  if (canonicalize(value) === canonicalize(rest.equals)) return []
  return [`has ${told(value)} at ${path}, and ${told(rest.equals)} was expected`]
}

const NO_JSON = Symbol('no JSON')

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return NO_JSON
  }
}

function told(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const LONGEST = 80

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
