import type { BrowserContext } from 'playwright-core'
import { isWithin, parseAddress, type Origins } from './origin.ts'

/**
 * Something that went wrong on a page. `console`: a script logged an error; `exception`: a script threw; `request`: a request
 * to the application failed; `outside`: the page asked for an address outside the application, which was blocked.
 */
export interface PageProblem {
  kind: 'console' | 'exception' | 'request' | 'outside'
  text: string
  status?: number
  address?: string
}

/** Returns a list that grows with every problem on any page of the context. */
export function recordProblems(context: BrowserContext, origins: Origins): PageProblem[] {
  const problems: PageProblem[] = []
  const add = (problem: PageProblem) => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
  }
  const isOwn = (address: string) => {
    const url = parseAddress(address)
    return url !== undefined && (!/^(http|ws)/.test(url.protocol) || isWithin(origins, url))
  }
  context.on('console', message => {
    const text = message.text()
    // The `response` and `requestfailed` events report the same request with more detail.
    if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return
    add({ kind: 'console', text })
  })
  context.on('weberror', error => add({ kind: 'exception', text: firstErrorLine(error.error()) }))
  context.on('requestfailed', request => {
    const address = request.url()
    const text = request.failure()?.errorText ?? 'failed'
    // Leaving a page aborts its open requests, which is not an error.
    if (text === 'net::ERR_ABORTED') return
    add({ kind: isOwn(address) ? 'request' : 'outside', text, address })
  })
  context.on('response', response => {
    const [status, address] = [response.status(), response.url()]
    // Browsers request the icon even if no page refers to it.
    if (status < 400 || new URL(address).pathname === '/favicon.ico') return
    if (isOwn(address)) add({ kind: 'request', text: `answered ${status}`, status, address })
    else add({ kind: 'outside', text: 'was blocked', address })
  })
  return problems
}

const MAX_PROBLEMS = 200

/** First line of the message of an error of a page or of the browser. */
export function firstErrorLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.trim() ?? ''
}
