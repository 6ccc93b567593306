import { fileURLToPath } from 'node:url'
import type { McpServer } from '@modelcontextprotocol/server'
import { openWorkspace } from '../store/workspace.ts'
import type { FolderCandidate, ProjectFolder } from '../workflow/context/project-folder.ts'

/**
 * Finds the project folder: the one given at the start, else the client's roots, else what the environment names, else the working
 * directory.
 */
export class RootFinder {
  readonly #given: string | undefined
  readonly #server: McpServer
  #fromClient: Promise<string[]> | undefined
  #failures = 0
  #found: { key: string; project: ProjectFolder } | undefined

  constructor(server: McpServer, given: string | undefined) {
    this.#server = server
    this.#given = given
    server.server.setNotificationHandler('notifications/roots/list_changed', () => {
      this.#fromClient = undefined
    })
  }

  /** The folder is absolute, or relative to the process. Throws a refusal if there is none. */
  async find(): Promise<ProjectFolder> {
    const candidates = await this.#candidates()
    const key = JSON.stringify(candidates)
    const known = this.#found?.key === key ? this.#found.project : undefined
    if (known && openWorkspace(known.root)) return known
    const { chooseProjectFolder } = await import('../workflow/steps.ts')
    const project = await chooseProjectFolder(candidates)
    this.#found = { key, project }
    return project
  }

  async #candidates(): Promise<FolderCandidate[]> {
    if (this.#given !== undefined) return [named(this.#given, '--root or REDGREEN_ROOT')]
    this.#fromClient ??= this.#askClient()
    const roots = await this.#fromClient
    if (roots.length > 0) return roots.map(folder => named(folder, 'root of the client'))
    const { environmentCandidates } = await import('../workflow/steps.ts')
    return environmentCandidates()
  }

  async #askClient(): Promise<string[]> {
    const { server } = this.#server
    if (!server.getClientCapabilities()?.roots) return []
    try {
      const { roots } = await server.listRoots(undefined, { timeout: 5_000 })
      return roots.flatMap(({ uri }) => folderOf(uri) ?? [])
    } catch {
      // A client that announces roots and does not answer counts as one without roots. It may not be ready yet.
      this.#failures += 1
      if (this.#failures < MAX_FAILURES) this.#fromClient = undefined
      return []
    }
  }
}

/** After this many calls without an answer, the client is no longer asked. */
const MAX_FAILURES = 3

function folderOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined
  } catch {
    // An address of another machine.
    return undefined
  }
}

function named(folder: string, source: string): FolderCandidate {
  return { folder, source, isNamed: true }
}
