import type { McpServer, Tool as ListedTool } from '@modelcontextprotocol/server'
import * as z from 'zod'
import { pageHtml } from '../page/page-file.ts'

/** The live page as an app that hosts show beside an answer (the extension MCP Apps of 2026-01-26). It reads, and decides nothing. */
const APP_URI = 'ui://redgreen/page'
const MIME_TYPE = 'text/html;profile=mcp-app'
const APP_TOOLS: readonly string[] = ['next_task', 'read_document']

/** The app of one connection. */
export interface App {
  /** Whether the client sees it. */
  isShown: () => boolean
  /** A client of the 2025 protocols has announced its capabilities. */
  onInitialized: () => void
}

/**
 * Serves the app. In the 2025 protocols only a client that announces the extension sees it; later, lists may not differ between
 * clients.
 */
export function serveApp(server: McpServer, era: 'legacy' | 'modern'): App {
  const meta = { ui: { prefersBorder: false } }
  const description = 'The plan with the state of every task. Read-only.'
  const app = server.registerResource(
    'page',
    APP_URI,
    { title: 'Plan', description, mimeType: MIME_TYPE, _meta: meta },
    uri => ({ contents: [{ uri: uri.href, mimeType: MIME_TYPE, text: pageHtml(), _meta: meta }] }),
  )
  const isShown = () => era === 'modern' || announcesApps(server)
  if (era === 'legacy') app.enabled = false
  return {
    isShown,
    onInitialized() {
      app.enabled = isShown()
    },
  }
}

/** A tool with the app that shows its answers. Models do not see `_meta`. */
export function withApp(tool: ListedTool): ListedTool {
  if (!APP_TOOLS.includes(tool.name)) return tool
  return { ...tool, _meta: { ...tool._meta, ui: { resourceUri: APP_URI } } }
}

function announcesApps(server: McpServer): boolean {
  const found = capabilities.safeParse(server.server.getClientCapabilities())
  return (
    found.data?.extensions?.['io.modelcontextprotocol/ui']?.mimeTypes?.includes(MIME_TYPE) ?? false
  )
}

const capabilities = z.looseObject({
  extensions: z
    .looseObject({
      'io.modelcontextprotocol/ui': z
        .looseObject({ mimeTypes: z.array(z.string()).optional() })
        .optional(),
    })
    .optional(),
})
