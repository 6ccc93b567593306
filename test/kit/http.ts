import path from 'node:path'
import type { Client as ClientOfSdk1 } from '@modelcontextprotocol/sdk/client/index.js'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './folder.ts'
import {
  openOverHttp,
  openOverHttpWithSdk1,
  startServing,
  type HttpConnection,
  type HttpOptions,
  type Serving,
  type ServingOptions,
} from './serving.ts'

export type { Serving } from './serving.ts'

/** Starts `redgreen serve` on these projects, and ends it with the test. */
export async function serve(
  roots: readonly string[],
  options: Partial<ServingOptions> = {},
): Promise<Serving> {
  const { tokenFile = path.join(temporaryFolder(), 'token') } = options
  const serving = await startServing(roots, { ...options, tokenFile })
  onTestFinished(async () => void (await serving.stop('SIGKILL')))
  return serving
}

/** Connects to a server with version 2 of the MCP SDK. */
export async function connectOverHttp(
  serving: Pick<Serving, 'url' | 'token'>,
  options?: HttpOptions,
): Promise<HttpConnection> {
  const connection = await openOverHttp(serving, options)
  onTestFinished(connection.close)
  return connection
}

/** The same with version 1 of the MCP SDK. */
export async function connectOverHttpWithSdk1(
  serving: Pick<Serving, 'url' | 'token'>,
  options?: Pick<HttpOptions, 'name' | 'onForm'>,
): Promise<HttpConnection<ClientOfSdk1> & { endSession: () => Promise<void> }> {
  const connection = await openOverHttpWithSdk1(serving, options)
  onTestFinished(connection.close)
  return connection
}
