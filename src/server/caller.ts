import { randomBytes } from 'node:crypto'
import { sha256 } from '../evidence/chain.ts'
import { createHolder, type Holder } from '../store/leases/holder.ts'
import type { Call } from '../workflow/context/call.ts'
import { Refusal } from '../workflow/context/refusal.ts'

/** Who makes a tool call. */
export interface Caller {
  holder: Holder
  /** Stands for the holder in later calls, which may come from another process of the client. */
  claim?: string
  /** Why `next_task` may not give what the caller expects, as a line of its answer. */
  note?: string
  /** Called with the task that the call was about, once the step has answered. */
  remember?: (task: string) => void
}

/** What decides who makes a call. */
export interface CallerRequest {
  /** The claim that the call carries. */
  claim: string | undefined
  tool: string
  task: string | undefined
  /** Name of the client, and what distinguishes it from others. */
  client: { name: string; key: string }
  /** The call, with any holder. */
  call: Call
}

/** Finds who makes a call. */
export type FindCaller = (request: CallerRequest) => Promise<Caller>

/** A call without a claim belongs to this process, whose client is the only one. */
export function processCaller(): FindCaller {
  const id = randomBytes(8).toString('hex')
  return async ({ claim, client: { name } }) =>
    claim === undefined
      ? { holder: createHolder(id, `${name} (process ${process.pid})`, process.pid) }
      : callerOf(claim, name)
}

/** A call without a claim belongs to its session, whose claim is `own`. `pass` receives each other claim. */
export function sessionCaller(own: string, pass: (claim: string) => void): FindCaller {
  return async ({ claim = own, client: { name } }) => {
    if (claim !== own) pass(claim)
    return callerOf(claim, name)
  }
}

/** The caller that a claim stands for. The same claim gives the same holder in every process. */
export function callerOf(claim: string, client: string): Caller {
  const id = sha256(`claim\n${claim}`).slice(0, 16)
  const name = `${client} (HTTP, ${id.slice(0, 4)})`
  return { holder: { ...createHolder(id, name, process.pid), claim: true }, claim }
}

/** A new claim. Nobody can guess it; it identifies work, not a user. */
export function newClaim(): string {
  return randomBytes(12).toString('hex')
}

/** The claim among the arguments of a tool, and the other arguments. Throws a `bad_arguments` refusal. */
export function splitClaim(input: Record<string, unknown>): {
  claim: string | undefined
  input: Record<string, unknown>
} {
  const { claim, ...rest } = input
  if (claim === undefined || claim === null) return { claim: undefined, input: rest }
  const text = typeof claim === 'string' ? claim.trim() : undefined
  if (text === '') return { claim: undefined, input: rest }
  if (text !== undefined && CLAIM.test(text)) return { claim: text, input: rest }
  throw new Refusal(
    'bad_arguments',
    'The `claim` is not one that next_task has given.',
    'Nothing was done. Pass the `claim` of the last answer of next_task, or leave it out.',
  )
}

const CLAIM = /^[0-9a-f]{24}$/
