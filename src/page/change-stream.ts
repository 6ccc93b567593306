import { setMaxListeners } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buildOfPage } from './page-file.ts'
import { VERSION } from './version.ts'
import type { WatchedWorkspace } from './watched-workspace.ts'
import type { Hello } from './wire.ts'

/** Keeps proxies and the browser from taking a quiet stream for a broken one. */
const HEARTBEAT_MS = 15_000
/** A reader that is this far behind does not read. */
const MAX_UNREAD_BYTES = 64 * 1024

/**
 * Server-sent events for one page: first which version of the page belongs to this server, then the root of each workspace that
 * changed. They carry no data, so that a reader who missed some only has to look once.
 */
export function streamChanges(
  request: IncomingMessage,
  response: ServerResponse,
  watched: readonly Pick<WatchedWorkspace, 'listen'>[],
  signal: AbortSignal,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const send = (text: string) => {
    // It has ended, and the reader has not read the rest yet.
    if (response.writableEnded) return
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
    else response.write(text)
  }
  const hello: Hello = { version: VERSION, build: buildOfPage() }
  send(`event: hello\ndata: ${JSON.stringify(hello)}\n\n`)
  const stops = watched.map(workspace =>
    workspace.listen(root => send(`event: change\ndata: ${JSON.stringify({ root })}\n\n`)),
  )
  const heartbeat = setInterval(() => send(': \n\n'), HEARTBEAT_MS).unref()
  const end = () => response.end()
  // Each open page waits for the end of the server. Node takes more than ten of them for a leak.
  setMaxListeners(0, signal)
  signal.addEventListener('abort', end, { once: true })
  response.on('close', () => {
    signal.removeEventListener('abort', end)
    clearInterval(heartbeat)
    for (const stop of stops) stop()
  })
  request.resume()
}
