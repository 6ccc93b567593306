import type { IncomingMessage } from 'node:http'
import { noteServedPage } from '../store/served-page.ts'
import { stateOf } from '../store/state.ts'
import { openWorkspace } from '../store/workspace.ts'
import type { PageWorkspace } from './page-call.ts'

/** The notes of this process, by workspace. */
const announced = new Map<string, () => void>()

/** Says in each workspace where its page is, so that other processes can name it and wait for decisions there. */
export function announcePage(
  request: IncomingMessage,
  { workspaces, signal }: { workspaces: readonly PageWorkspace[]; signal: AbortSignal },
): void {
  const address = addressOf(request)
  if (address !== undefined) noteAddress(address, workspaces, signal)
}

/** The same for a server that listens and has not been asked yet. */
export function noteAddress(
  address: string,
  workspaces: readonly PageWorkspace[],
  signal: AbortSignal,
): void {
  for (const { root } of workspaces) {
    if (announced.has(root) || signal.aborted) continue
    announced.set(root, noteAt(root, address))
    signal.addEventListener('abort', () => withdraw(root), { once: true })
  }
}

/** A folder that is gone or read-only can still be shown, as far as it can be read. */
function noteAt(root: string, address: string): () => void {
  const workspace = openWorkspace(root)
  try {
    if (workspace) return noteServedPage(stateOf(workspace), address)
  } catch {
    // It is read-only.
  }
  return () => undefined
}

function withdraw(root: string): void {
  announced.get(root)?.()
  announced.delete(root)
}

/** Whether a request came in over the loopback interface, which only this machine can reach. */
export function isFromThisMachine({ socket }: Pick<IncomingMessage, 'socket'>): boolean {
  const address = plainAddress(socket.localAddress ?? '')
  return address.startsWith('127.') || address === '::1'
}

function addressOf(request: IncomingMessage): string | undefined {
  if (!isFromThisMachine(request)) return undefined
  const { localAddress = '', localPort } = request.socket
  const host = plainAddress(localAddress)
  return `http://${host.includes(':') ? `[${host}]` : host}:${localPort}/`
}

/** An IPv4 address without the form that it has in IPv6. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, '')
}
