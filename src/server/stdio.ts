import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { createServer, type ServerSettings } from './server.ts'

/** Serves one client over standard input and output, until it closes its end. */
export function startStdio(settings: ServerSettings): void {
  // Standard output belongs to the protocol; whatever writes there by habit is sent the other way.
  console.log = console.error
  serveStdio(context => createServer(settings, context), {
    onerror: error => {
      console.error(error.message)
    },
  })
}
