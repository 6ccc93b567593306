#!/usr/bin/env node
import { answerFor } from './answer.ts'
import { withOwnCommand } from '../runner/own-command.ts'
import { decide } from './decide.ts'
import { factsAt } from './facts.ts'
import { parsePayload } from './payload.ts'

/**
 * Entry of `redgreen hook`. It reads one payload and prints one answer, or nothing. Whatever goes wrong, it exits with 0 and has no opinion:
 * the server refuses what has to be refused, and a hook must not stop the work.
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
  if (answer) process.stdout.write(`${JSON.stringify(answer)}\n`)
}

const LARGEST = 16 * 1024 * 1024

async function readInput(): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    // The rest is read too, so that the client can finish writing.
    if (size <= LARGEST) chunks.push(bytes)
  }
  return size > LARGEST ? undefined : Buffer.concat(chunks).toString('utf8')
}

function note(text: string): void {
  process.stderr.write(`redgreen hook: ${text}, so it has no opinion.\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
}
process.exitCode = 0
