import { readSync } from 'node:fs'
import { answerFor } from './answer.ts'
import { withOwnCommand } from '../runner/own-command.ts'
import { writeOutput } from '../store/disk.ts'
import { decide } from './decide.ts'
import { factsAt } from './facts.ts'
import { parsePayload } from './payload.ts'

/**
 * Entry of `redgreen hook`. It reads one payload and prints one answer, or nothing. Whatever goes wrong, it exits with 0 and has no
 * opinion: the server refuses what has to be refused, and a hook must not stop the work.
 */
async function main(args: readonly string[]): Promise<void> {
  const text = await readInput()
  if (text === undefined) return note('the payload is larger than 16 MB')
  const at = args.indexOf('--client')
  const call = parsePayload(text, at < 0 ? undefined : args[at + 1])
  if (!call) return note('the payload is not a hook call that redgreen knows')
  const facts = factsAt(call.cwd)
  const decision = facts && decide(call, facts)
  const answer = decision && answerFor(call, { ...decision, text: withOwnCommand(decision.text) })
  if (answer) print(`${JSON.stringify(answer)}\n`)
}

const MAX_BYTES = 16 * 1024 * 1024

/** Synchronous reads spare the time in which Node loads its streams. They are not possible if the client's pipe does not block. */
async function readInput(): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  const add = (bytes: Buffer) => {
    size += bytes.length
    // The rest is read too, so that the client can finish writing.
    if (size <= MAX_BYTES) chunks.push(bytes)
  }
  if (!readAvailable(add)) for await (const chunk of process.stdin) add(Buffer.from(chunk))
  return size > MAX_BYTES ? undefined : Buffer.concat(chunks).toString('utf8')
}

/** Reads to the end of the input; `false` if the input has not ended, but the next read has to wait for it. */
function readAvailable(add: (bytes: Buffer) => void): boolean {
  for (;;) {
    const bytes = Buffer.allocUnsafe(65_536)
    try {
      const count = readSync(0, bytes)
      if (count === 0) return true
      add(bytes.subarray(0, count))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EOF') return true
      if (code === 'EAGAIN') return false
      throw error
    }
  }
}

/** Like the reads, this spares the time in which Node loads its streams. A pipe that does not block may take only a part. */
function print(text: string): void {
  const bytes = Buffer.from(text)
  const written = writeOutput(bytes)
  if (written < bytes.length) process.stdout.write(bytes.subarray(written))
}

function note(text: string): void {
  process.stderr.write(`redgreen hook: ${text}, so it has no opinion.\n`)
}

// Promises instead of `await`: the bundle is CommonJS, which starts faster.
main(process.argv.slice(2)).catch((error: unknown) =>
  note(error instanceof Error ? error.message : String(error)),
)
process.exitCode = 0
