import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Client } from 'pg'
import { UNREADABLE } from './guarded-socket.ts'
import { WholeMessages } from './whole-messages.ts'

declare module 'pg' {
  interface Connection {
    /** Begins to read answers from a stream: the socket, or TLS on it. Its types lack it. */
    attachListeners(stream: EventEmitter): void
  }
}

/** Lets the driver read only whole messages of PostgreSQL. */
export function guardClient({ connection }: Pick<Client, 'connection'>): void {
  const attach = connection.attachListeners.bind(connection)
  connection.attachListeners = (stream: Duplex) => attach(checked(stream))
}

/** The messages in a stream. If there is something else, or the driver throws at a message, the stream ends. */
function checked(stream: Duplex): EventEmitter {
  const messages = new WholeMessages()
  const out = new EventEmitter()
  stream.on('data', (chunk: Buffer) => {
    // What came with the bytes that ended it.
    if (stream.destroyed) return
    try {
      const whole = messages.add(chunk)
      if (whole) out.emit('data', whole)
    } catch {
      stream.destroy(new Error(UNREADABLE))
    }
  })
  stream.on('end', () => out.emit('end'))
  return out
}
