import { fileURLToPath } from 'node:url'
import type { McpServer } from '@modelcontextprotocol/server'

/** Finds the project folder: the one given at the start, else the client's first root, `CLAUDE_PROJECT_DIR`, the working directory. */
export class RootFinder {
  readonly #given: string | undefined
  readonly #server: McpServer
  #fromClient: Promise<string | undefined> | undefined

  constructor(server: McpServer, given: string | undefined) {
    this.#server = server
    this.#given = given
    server.server.setNotificationHandler('notifications/roots/list_changed', () => {
      this.#fromClient = undefined
    })
  }

  /** An absolute path, or one relative to the process. */
  async find(): Promise<string> {
    if (this.#given !== undefined) return this.#given
    this.#fromClient ??= this.#askClient()
    return (await this.#fromClient) ?? process.env['CLAUDE_PROJECT_DIR'] ?? process.cwd()
  }

  async #askClient(): Promise<string | undefined> {
    const { server } = this.#server
    if (!server.getClientCapabilities()?.roots) return undefined
    try {
      const { roots } = await server.listRoots(undefined, { timeout: 5_000 })
      const folder = roots.find(({ uri }) => uri.startsWith('file://'))
      return folder && fileURLToPath(folder.uri)
    } catch {
      // A client that announces roots and does not answer counts as one without roots.
      return undefined
    }
  }
}
