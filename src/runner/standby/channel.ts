import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import type { StandbyRun } from './messages.ts'
import { parseJson } from '../../plan/parse-json.ts'

/**
 * How a standby gets its run. `ipc`: the messages of Node's child processes, for a process that waits in its event loop. `pipe`: lines of
 * JSON on file descriptor 3, which a process can read before it has an event loop.
 */
export type ChannelKind = 'ipc' | 'pipe'

/** The server's end of the connection to a standby. */
export interface Channel {
  /** Resolves with the first message. */
  first: Promise<unknown>
  send(run: StandbyRun): void
  /** A process that only waits must not keep the server alive. */
  unref(): void
}

export function channelOf(child: ChildProcess, kind: ChannelKind): Channel {
  return kind === 'ipc' ? ipcChannel(child) : pipeChannel(child)
}

function ipcChannel(child: ChildProcess): Channel {
  return {
    first: new Promise(resolve => child.once('message', resolve)),
    send: run => void child.send(run, () => undefined),
    unref: () => child.channel?.unref(),
  }
}

function pipeChannel({ stdio }: ChildProcess): Channel {
  const [, , , pipe] = stdio
  // Without a process there is no pipe.
  if (!(pipe instanceof Socket)) return { first: NEVER, send: () => {}, unref: () => {} }
  // It is broken if the process has died. How it ended is seen elsewhere.
  pipe.on('error', () => undefined)
  return {
    first: firstLineOf(pipe),
    send: run => void pipe.end(`${JSON.stringify(run)}\n`),
    unref: () => void pipe.unref(),
  }
}

const NEVER = new Promise<never>(() => {})

function firstLineOf(pipe: Socket): Promise<unknown> {
  return new Promise(resolve => {
    let text = ''
    pipe.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) resolve(parseJson(text.slice(0, end)))
    })
  })
}
