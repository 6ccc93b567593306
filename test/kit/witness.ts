import path from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { Witness } from '../../src/server/witness/witness.ts'
import { WitnessServer } from '../../src/server/witness/witness-server.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import type { CheckRequest } from '../../src/workflow/verify/witness-check.ts'
import { sendEvents } from '../../src/workflow/witness/send-events.ts'
import { callAt } from './call.ts'
import { temporaryFolder } from './folder.ts'
import { placeOf } from './snapshots.ts'

const TOKEN = 'a-token-of-more-than-thirty-two-letters'

/** A witness in this process, which the environment names. */
export interface TestWitness {
  folder: string
  url: string
  key: string
  witness: Witness
  stop: () => Promise<void>
}

/** Starts a witness at a unix socket, whose path stays the same after a restart. */
export async function startWitness(
  folder = temporaryFolder(),
  mostBytes?: number,
): Promise<TestWitness> {
  const witness = new Witness(folder, mostBytes)
  const server = new WitnessServer(witness, { token: TOKEN })
  const socket = path.join(folder, 'w.sock')
  await server.listen({ socket })
  let isRunning = true
  const stop = async () => {
    if (isRunning) await server.stop()
    isRunning = false
  }
  onTestFinished(stop)
  onTestFinished(() => void vi.unstubAllEnvs())
  const url = `unix:${socket}?project=stack`
  vi.stubEnv('REDGREEN_WITNESS_URL', url)
  vi.stubEnv('REDGREEN_WITNESS_TOKEN', TOKEN)
  return { folder, url, key: witness.publicKey, witness, stop }
}

/** Sends to the witness of the environment what is recorded, and returns what it did not take. */
export async function send({ root }: { root: string }): Promise<string[]> {
  const { problems } = await sendEvents(placeOf(root))
  return problems
}

/** What `verify --witness` finds, and its notes about the witness. */
export async function checkedBy(
  { root }: { root: string },
  { url: from, key, accepted }: Pick<CheckRequest, 'key' | 'accepted'> & { url: string },
): Promise<{ findings: string[]; notes: string[] }> {
  const features = await verify(callAt(root), {
    witness: { from, key, ...(accepted && { accepted }) },
  })
  return {
    findings: features.flatMap(({ findings }) => findings.map(({ text }) => text)),
    notes: features.flatMap(({ notes }) => notes.filter(note => /witness|database/.test(note))),
  }
}
