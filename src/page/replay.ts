import type { ServerResponse } from 'node:http'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { replayTask } from '../workflow/replay-task.ts'
import { pageCall, type Place } from './page-call.ts'
import { sendLines } from './reply.ts'
import type { ReplayLine } from './wire.ts'

/** Replays a task, and sends its progress and its result a line each. */
export async function sendReplay(
  { response, signal }: { response: ServerResponse; signal: AbortSignal },
  place: Place,
  task: string,
): Promise<void> {
  // A reader who leaves ends the runs.
  const left = new AbortController()
  response.on('close', () => left.abort())
  const call = pageCall(place, AbortSignal.any([signal, left.signal]))
  const send: (line: ReplayLine) => void = sendLines(response)
  try {
    const onProgress = (done: number, total: number) => send({ done, total })
    const { runs, findings, notes } = await mapErrors(call, () =>
      replayTask(call, task, onProgress),
    )
    send({ result: { runs, findings: findings.map(({ text }) => text), notes } })
  } catch (error) {
    if (!(error instanceof Refusal) && !left.signal.aborted) throw error
    send({ refused: error instanceof Refusal ? error.message : 'It was cancelled.' })
  }
  response.end()
}
