import process from 'node:process'
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import { exitCodeOf, onEndSignal } from '../runner/live-runs.ts'
import { standbys } from '../runner/standby/standbys.ts'
import { endOrphanedRuns } from '../store/live-runs.ts'
import { cleanUp } from './clean-up.ts'
import { MAX_MESSAGE_BYTES, MessageLimit, type MessageId } from './message-limit.ts'
import { RunningSteps } from './running-steps.ts'
import { createServer } from './server.ts'

export interface StdioSettings {
  root: string | undefined
  /** Called after each answer to a tool call. */
  onAnswer: () => void
}

/** Serves one client over standard input and output until it disconnects. */
export function startStdio({ root, onAnswer }: StdioSettings): void {
  // Standard output belongs to the protocol.
  console.log = console.error
  const steps = new RunningSteps()
  // The only client is gone: steps that nobody waits for would keep the process alive.
  const onClose = () => {
    steps.close()
    standbys.close()
  }
  standbys.open()
  onEndSignal(signal => {
    steps.stop()
    // The answers of the calls that wait are written first.
    setTimeout(() => process.exit(exitCodeOf(signal)), ANSWER_MS)
  })
  // Those of a killed server. If the root is not known yet, the first step does it.
  if (root !== undefined) void cleanUp(root, endOrphanedRuns)
  const input = process.stdin.pipe(new MessageLimit(answerTooLong))
  const transport = new StdioServerTransport(input, process.stdout, {
    // Several messages can wait in its buffer.
    maxBufferSize: 4 * MAX_MESSAGE_BYTES,
  })
  serveStdio(context => createServer({ root, steps, onAnswer, onClose }, context), {
    transport,
    onerror: error => {
      console.error(error.message)
    },
  })
}

/** How long answers may take to be written when the server is stopped. */
const ANSWER_MS = 200

/** Answers a message that was dropped because of its length. */
function answerTooLong(id: MessageId): void {
  const message = `The message is longer than ${MAX_MESSAGE_BYTES} bytes. It was not read and nothing was done. Send a shorter one.`
  const answer = { jsonrpc: '2.0', id, error: { code: -32_600, message } }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
