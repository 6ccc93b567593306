import type { ChildProcess, StdioOptions } from 'node:child_process'
import { Socket } from 'node:net'
import type { StandbyRun } from './messages.ts'
import { parseJson } from '../../plan/parse-json.ts'

/**
 * How a standby gets its run. `ipc`: the messages of Node's child processes, for a process that waits in its event loop. `pipe`: lines of
 * JSON on file descriptor 3, which a process can read before it has an event loop. `stdin`: it says on file descriptor 3 that it is ready,
 * and its run comes on standard input, which the processes that it starts do not inherit.
 */
export type ChannelKind = 'ipc' | 'pipe' | 'stdin'

/** The pipes of a process with this kind of channel. */
export function stdioFor(kind: ChannelKind): StdioOptions {
  if (kind === 'stdin') return ['pipe', 'pipe', 'pipe', 'pipe']
  return ['ignore', 'pipe', 'pipe', kind]
}

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
  const [stdin, , , pipe] = stdio
  // Without a process there is no pipe.
  if (!(pipe instanceof Socket)) return { first: NEVER, send: () => {}, unref: () => {} }
  const runs = stdin instanceof Socket ? stdin : pipe
  const pipes = new Set([pipe, runs])
  // It is broken if the process has died. How it ended is seen elsewhere.
  for (const one of pipes) one.on('error', () => undefined)
  return {
    first: firstLineOf(pipe),
    send: run => void runs.end(`${JSON.stringify(run)}\n`),
    unref: () => {
      for (const one of pipes) one.unref()
    },
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
