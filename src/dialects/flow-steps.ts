import type {
  AppRequest,
  Endpoint,
  Expectation,
  FlowStep,
  PageTarget,
} from '../plan/application.ts'
import { bracketAt } from './json-depth.ts'
import { parseJson } from '../plan/parse-json.ts'

/** Parses a step of a flow, such as `POST /finds {"what": "umbrella"} → 201` or `click "Save"`. */
export function parseStep(line: string): FlowStep {
  const source = line.trim()
  const text = source.replace(/^(?:[-*]|\d+[.)])\s+/, '')
  const call = callOf(text)
  if (call) return { source, does: 'request', ...call }
  return { source, ...(pageStepOf(text) ?? { does: 'unread' as const }) }
}

/** Parses an endpoint from the same syntax; `undefined` if the text names none. */
export function parseEndpoint(line: string): Endpoint | undefined {
  const call = callOf(line.trim().replace(/^(?:[-*]|\d+[.)])\s+/, ''))
  return call && { request: call.request, expect: call.expect }
}

/** The GET and HEAD endpoints that prose names together with a status code, except those with a placeholder in the path. */
export function endpointsInProse(prose: string): Endpoint[] {
  const found = [...prose.matchAll(IN_PROSE)].flatMap(([, method = '', path = '', status]) =>
    /[:{}<>*…]|\.\.\./.test(path) ? [] : [{ method, path, status: Number(status) }],
  )
  const keys = found.map(({ method, path }) => `${method} ${path}`)
  return found
    .filter((_, at) => keys.indexOf(keys[at] ?? '') === at)
    .map(({ method, path, status }) => ({
      request: { method, path, headers: {} },
      expect: { status, contains: [], json: [] },
    }))
}

const IN_PROSE =
  /\b(GET|HEAD)\s+`?(\/[^\s,;`"')]{0,300})`?\s*(?:→|->|=>|returns|answers|responds with|gives)\s*(?:with\s+)?(\d{3})\b/g

interface Call {
  request: AppRequest
  expect: Expectation
  capture: Record<string, string>
}

const METHODS = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\/\S*|https?:\/\/\S+)\s*/i

function callOf(text: string): Call | undefined {
  const begin = METHODS.exec(text)
  if (!begin) return undefined
  const [all, method = '', path = ''] = begin
  const { body, rest } = bodyOf(text.slice(all.length))
  const outcome = outcomeOf(rest)
  if (!body || !outcome) return undefined
  return { request: { method: method.toUpperCase(), path, headers: {}, ...body }, ...outcome }
}

/** The request body: JSON, or a form as `name=Ada&age=36`; `body` is absent if the text is neither. */
function bodyOf(text: string): { body?: Pick<AppRequest, 'json' | 'form'>; rest: string } {
  if (/^[{[]/.test(text)) {
    const last = bracketAt(text, depth => depth === 0) ?? text.length - 1
    const end = last + 1
    const json = parseJson(text.slice(0, end))
    return json === undefined ? { rest: text } : { body: { json }, rest: text.slice(end) }
  }
  const form = /^(?:with\s+)?([\w.-]+=[^\s&]*(?:&[\w.-]+=[^\s&]*)*)(?=\s|$)/.exec(text)
  if (!form?.[1]) return { body: {}, rest: text }
  const fields = Object.fromEntries(new URLSearchParams(form[1]))
  return { body: { form: fields }, rest: text.slice(form[0].length) }
}

/** Parses `→ 200 contains "x", $.id = 1, capture id = $.id`; an empty text accepts any 2xx status. */
function outcomeOf(text: string): Omit<Call, 'request'> | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return { expect: { contains: [], json: [] }, capture: {} }
  const arrow = /^(?:→|->|=>|⇒|:|returns|answers|should return|expect)\s*(\d{3})?/i.exec(trimmed)
  if (!arrow) return undefined
  const rest = trimmed.slice(arrow[0].length)
  const capture = Object.fromEntries(
    [...rest.matchAll(CAPTURE)].map(([, name = '', path = '']) => [name, path]),
  )
  const checks = rest.replaceAll(CAPTURE, '')
  const contains = [...checks.matchAll(CONTAINS)].map(match => match[1] ?? match[2] ?? '')
  const json = [...checks.replaceAll(CONTAINS, '').matchAll(VALUE)].map(valueOf)
  const status = arrow[1] === undefined ? {} : { status: Number(arrow[1]) }
  if (arrow[1] === undefined && contains.length + json.length === 0) return undefined
  return { expect: { ...status, contains, json }, capture }
}

const CAPTURE = /\b(?:capture|keep|save)\s+([\w-]+)\s*=\s*(\$[^\s,;]*)/gi
const CONTAINS = /\b(?:contains|containing|with text)\s+(?:"([^"]*)"|'([^']*)')/gi
const VALUE = /(\$[^\s,;=]+)(?:\s*={1,3}\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null))?/g

function valueOf([, path = '', value]: RegExpExecArray): Expectation['json'][number] {
  return value === undefined ? { path } : { path, equals: parseJson(value) }
}

type PageStep =
  Exclude<FlowStep, { does: 'request' | 'unread' }> extends infer Step
    ? Step extends unknown
      ? Omit<Step, 'source'>
      : never
    : never

function pageStepOf(text: string): PageStep | undefined {
  const at = /^(?:goto|go to|open|visit|navigate to)\s+["'`]?(\/\S*?|https?:\/\/\S+?)["'`]?$/i.exec(
    text,
  )
  if (at?.[1] !== undefined) return { does: 'goto', path: at[1] }
  const click = /^(?:click|press|tap)(?: on)?\s+(.+)$/i.exec(text)
  if (click?.[1] !== undefined) return { does: 'click', target: targetOf(click[1]) }
  const fill = /^(?:fill(?: in)?|set)\s+(.+?)\s+(?:with|=|to)\s+["'](.*)["']$/i.exec(text)
  if (fill?.[1] !== undefined)
    return { does: 'fill', target: targetOf(fill[1]), value: fill[2] ?? '' }
  const type = /^(?:type|enter)\s+["'](.*)["']\s+in(?:to)?\s+(.+)$/i.exec(text)
  if (type?.[2] !== undefined)
    return { does: 'fill', target: targetOf(type[2]), value: type[1] ?? '' }
  const see = /^(?:expect|see|should see)(?: text)?\s+["'](.+?)["'](?:\s+in\s+(.+))?$/i.exec(text)
  if (see?.[1] === undefined) return undefined
  return {
    does: 'expectText',
    text: see[1],
    ...(see[2] !== undefined && { target: targetOf(see[2]) }),
  }
}

/** Parses the target of a step: `"Save"`, `the Save button` or `#save`. */
function targetOf(text: string): PageTarget {
  const quoted = /["'`](.+)["'`]/.exec(text)?.[1]
  const plain = text.replace(/^the\s+/i, '').replace(/\s+(button|link|field|input|box)$/i, '')
  const name = (quoted ?? plain).trim()
  return /^[#.[]|[[>]/.test(name) ? { selector: name } : { label: name }
}
