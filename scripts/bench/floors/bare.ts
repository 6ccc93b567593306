import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import * as z from 'zod'

/** The smallest server: one tool, and nothing else to load. */
serveStdio(() => {
  const server = new McpServer({ name: 'bare', version: '1.0.0' })
  server.registerTool('ping', { inputSchema: z.object({}) }, () => ({
    content: [{ type: 'text', text: 'pong' }],
  }))
  return server
})
