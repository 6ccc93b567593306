import path from 'node:path'
import { continuationOf, requestsOf } from '../../evidence/witness/continuation.ts'
import { isSigned } from '../../evidence/witness/signature.ts'
import {
  receipt,
  UNKNOWN_TAG,
  type Head,
  type Receipt,
  type Tags,
  type Submission,
} from '../../evidence/witness/statement.ts'
import { readChain } from '../../store/chain-file.ts'
import { checkedOut } from '../../store/git-folder.ts'
import { chainFiles, featuresRecorded } from '../../store/ledger.ts'
import { sealOf } from '../../store/secret.ts'
import type { State } from '../../store/state.ts'
import { lastCommit } from '../../store/transaction/commit.ts'
import type { Workspace } from '../../store/workspace.ts'
import { environmentAddress, BadAddress, type WitnessAddress } from './address.ts'
import { expectedKey } from './expected-key.ts'
import { askWitness, NoAnswer, witnessLimit } from './request.ts'

/** What a witness did with the events of a workspace. */
export interface SendResult {
  /** Events that were new to it. */
  sent: number
  /** Why it did not take all of them, as sentences. */
  problems: string[]
}

/** When sending ends: if the call is cancelled, and after a time for all requests together. */
interface Limits {
  signal?: AbortSignal
  ms?: number
}

/** Sends the hashes of all events that the witness of the environment has not heard of yet. Changes nothing here. */
export async function sendEvents(
  { workspace, state }: { workspace: Workspace; state: State },
  { signal: cancelled, ms = witnessLimit.ms }: Limits = {},
): Promise<SendResult> {
  const deadline = AbortSignal.timeout(ms)
  const signal = cancelled ? AbortSignal.any([cancelled, deadline]) : deadline
  const result: SendResult = { sent: 0, problems: [] }
  try {
    const address = environmentAddress()
    const { key } = expectedKey(workspace)
    for (const feature of featuresRecorded(state))
      await sendFeature({ address, key, state, feature, signal }, result)
  } catch (error) {
    if (!(error instanceof NoAnswer || error instanceof BadAddress)) throw error
    const reason =
      error instanceof NoAnswer
        ? `The witness did not take the latest events: ${error.message}.`
        : error.message
    result.problems.push(`${reason} The work continues; they are sent with the next event.`)
  }
  return result
}

interface Target {
  address: WitnessAddress
  key: string | undefined
  state: State
  feature: string
  signal: AbortSignal
}

async function sendFeature(target: Target, result: SendResult, isAgain = false): Promise<void> {
  const { address, state, feature } = target
  const chains = chainFiles(state, feature).map(file => ({
    chain: path.basename(file, '.jsonl'),
    events: readChain(file).events,
  }))
  // Only own events are sent, because those of other clones say nothing about the order of this clone's work.
  const own = path.basename(lastCommit(state, feature).commit?.file ?? '', '.jsonl')
  const known = HEADS.get(cacheKey(target)) ?? (await headsOf(target))
  const parts = chains.flatMap(({ chain, events }) => {
    const next = continuationOf(
      chain,
      events,
      known.find(head => head.chain === chain),
    )
    const tags = chain === own ? tagsOf(state) : OF_OTHERS
    if ('parts' in next) return next.parts.map(part => ({ ...part, ...tags }))
    result.problems.push(
      `The witness heard of another event ${next.differsAt} of chain ${chain} in ${feature}, so it does not take what follows. Was the ledger rewritten, or this clone copied while it was in use?`,
    )
    return []
  })
  let length = lengthOf(known)
  let refused = 0
  for (const some of requestsOf(parts)) {
    const answer = await submit(target, { project: address.project, feature, parts: some })
    result.sent += Math.max(0, lengthOf(answer.heads) - length)
    length = lengthOf(answer.heads)
    refused += answer.refused.length
  }
  if (refused === 0) return
  // The witness lost events, or another clone sent it more. So its current state is read and compared, once.
  HEADS.delete(cacheKey(target))
  if (!isAgain) return sendFeature(target, result, true)
  result.problems.push(
    `The witness did not take all events of ${feature}, which do not continue what it has. The next event sends them again.`,
  )
}

const OF_OTHERS: Tags = { clone: UNKNOWN_TAG, branch: UNKNOWN_TAG }

/** The clone and the branch that is checked out, as tags that say nothing to anybody else. */
export function tagsOf(state: State): Tags {
  const tag = (name: string, text: string) => sealOf(state, `witness ${name}`, text).slice(0, 16)
  return { clone: tag('clone', state.root), branch: tag('branch', checkedOut(state.root) ?? '') }
}

async function headsOf(target: Target): Promise<readonly Head[]> {
  const { address, feature, signal } = target
  const query = new URLSearchParams({ project: address.project, feature })
  const answer = await askWitness(address, ['GET', `/heads?${query.toString()}`], { signal })
  return remember(target, answer).heads
}

async function submit(target: Target, submission: Submission): Promise<Receipt> {
  const { address, signal } = target
  return remember(
    target,
    await askWitness(address, ['POST', '/events'], { body: submission, signal }),
  )
}

/** The heads that the witness has signed, if it is the expected one. */
function remember(target: Target, answer: unknown): Receipt {
  const { data } = receipt.safeParse(answer)
  if (!data || !isSigned(answer)) throw new NoAnswer('its answer has no valid signature')
  if (target.key !== undefined && data.key !== target.key)
    throw new NoAnswer('it signs with another key than the expected one')
  if (data.feature !== target.feature || data.project !== target.address.project)
    throw new NoAnswer('its answer is about something else')
  HEADS.set(cacheKey(target), data.heads)
  return data
}

/** The last events that the witness is known to have. If that is outdated, the witness refuses the submission. */
const HEADS = new Map<string, readonly Head[]>()

function cacheKey({ address, state, feature }: Target): string {
  return [address.url.href, address.project, state.root, feature].join('\n')
}

function lengthOf(heads: readonly Head[]): number {
  return heads.reduce((sum, { length }) => sum + length, 0)
}
