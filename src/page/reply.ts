import type { ServerResponse } from 'node:http'
import { safeValue } from '../runner/safe-text.ts'
import { pageHtml, pagePolicy } from './page-file.ts'

/** Of every answer of the server. */
export const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Answers with data, cleaned and with secrets redacted. */
export function sendJson(response: ServerResponse, status: number, data: object): void {
  const body = JSON.stringify(safeValue(data))
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' })
  response.end(body)
}

/** Begins an answer of one JSON value a line, for work that takes a while. Returns what sends a line. */
export function sendLines(response: ServerResponse): (line: object) => void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/jsonl; charset=utf-8' })
  return line => void response.write(`${JSON.stringify(safeValue(line))}\n`)
}

export function sendPage(response: ServerResponse, withBody: boolean): void {
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': pagePolicy(),
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
  })
  response.end(withBody ? pageHtml() : undefined)
}
