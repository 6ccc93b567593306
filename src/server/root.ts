import { fileURLToPath } from 'node:url'
import type { McpServer } from '@modelcontextprotocol/server'

/** Which folder to work on: told at the start, else the client's roots, else where the client says its project is. */
export class RootFinder {
  readonly #told: string | undefined
  readonly #server: McpServer
  #fromClient: Promise<string | undefined> | undefined

  constructor(server: McpServer, told: string | undefined) {
    this.#server = server
    this.#told = told
    server.server.setNotificationHandler('notifications/roots/list_changed', () => {
      this.#fromClient = undefined
    })
  }

  /** An absolute path, or one relative to the process. */
  async find(): Promise<string> {
    if (this.#told !== undefined) return this.#told
    this.#fromClient ??= this.#ask()
    return (await this.#fromClient) ?? process.env['CLAUDE_PROJECT_DIR'] ?? process.cwd()
  }

  async #ask(): Promise<string | undefined> {
    const { server } = this.#server
    if (!server.getClientCapabilities()?.roots) return undefined
    try {
      const { roots } = await server.listRoots(undefined, { timeout: 5_000 })
      const folder = roots.find(({ uri }) => uri.startsWith('file://'))
      return folder && fileURLToPath(folder.uri)
    } catch {
      // A client that announces roots and does not answer is treated as one without; the next source decides.
      return undefined
    }
  }
}
