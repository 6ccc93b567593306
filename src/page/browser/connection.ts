import type { Hello, ReplayLine } from '../wire.ts'

const TOKEN_KEY = 'redgreen-token'

/** The token, kept as long as the tab. One in the address is taken from there and removed from it. */
export function takeToken(): string | undefined {
  // It has no character that an address encodes.
  const given = /(?:^#|&)token=([^&]+)/.exec(location.hash)?.[1]
  if (given !== undefined) {
    sessionStorage.setItem(TOKEN_KEY, given)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? undefined
}

export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token)
}

export function forgetToken(): void {
  sessionStorage.removeItem(TOKEN_KEY)
}

/** The server refused a request. The message says why. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

function headers(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN_KEY)
  return token === null ? {} : { authorization: `Bearer ${token}` }
}

/** The data at an address of the server; `query` without the members that are undefined. */
export async function read<T>(
  name: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
  signal?: AbortSignal,
): Promise<T> {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  )
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  const response = await fetch(`/page/${name}${search}`, {
    headers: headers(),
    ...(signal && { signal }),
  })
  return answerOf<T>(response)
}

/** Sends data, and returns the answer. */
export async function send<T>(name: string, body: object): Promise<T> {
  return answerOf<T>(await post(name, body))
}

/** Sends data, and passes on each line of an answer that takes a while. */
export async function sendForLines(
  name: string,
  body: object,
  onLine: (line: ReplayLine) => void,
): Promise<void> {
  const response = await post(name, body)
  if (!response.ok) await answerOf(response)
  for await (const line of linesOf(response)) if (line !== '') onLine(JSON.parse(line))
}

function post(name: string, body: object): Promise<Response> {
  return fetch(`/page/${name}`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function answerOf<T>(response: Response): Promise<T> {
  // A body that ends early, as when the request is given up, is not data.
  if (response.ok) return response.json()
  const data = await response.json().catch(() => ({}))
  throw new Refused(response.status, data?.refused ?? `The server answered ${response.status}.`)
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

/** The text of a field of a form. */
export function textIn(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

export interface Listener {
  hello: (hello: Hello) => void
  changed: (root: string) => void
  lost: () => void
}

const RETRY_MS = 1000

/**
 * Follows the changes that the server announces, and connects again whenever the stream ends: the server may have been started anew.
 * `fetch` instead of `EventSource`, because that sends no token. A hidden tab gives its connection back.
 */
export async function followChanges(listener: Listener): Promise<never> {
  for (;;) {
    await visible()
    const controller = new AbortController()
    const hide = () => document.hidden && controller.abort()
    document.addEventListener('visibilitychange', hide)
    const isRefused = await followOnce(listener, controller.signal).catch(() => false)
    document.removeEventListener('visibilitychange', hide)
    if (!document.hidden) {
      // Without the token the page says so itself.
      if (!isRefused) listener.lost()
      await new Promise(resolve => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** Until the stream ends, which rejects if it breaks. True if the server refuses it. */
async function followOnce(listener: Listener, signal: AbortSignal): Promise<boolean> {
  const response = await fetch('/page/events', { headers: headers(), signal })
  if (!response.ok) return response.status === 401
  let event = ''
  for await (const line of linesOf(response)) {
    if (line.startsWith('event: ')) event = line.slice('event: '.length)
    if (!line.startsWith('data: ')) continue
    const data = JSON.parse(line.slice('data: '.length))
    if (event === 'hello') listener.hello(data)
    if (event === 'change') listener.changed(data.root)
  }
  return false
}

function visible(): Promise<void> {
  if (!document.hidden) return Promise.resolve()
  return new Promise(resolve => {
    const show = () => {
      if (document.hidden) return
      document.removeEventListener('visibilitychange', show)
      resolve()
    }
    document.addEventListener('visibilitychange', show)
  })
}
