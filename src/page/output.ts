import { liveRuns } from '../store/live-runs.ts'
import { finishedTests } from '../store/run-notes.ts'
import { readGrowingLog, readRunLog } from '../store/run-logs.ts'
import { callWorkspace } from '../workflow/context/call-workspace.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { pageCall, type Place } from './page-call.ts'
import type { OutputView } from './wire.ts'

/** Output of a run since `offset`: of one in progress, in any process, or of one that has ended. Its secrets are redacted. */
export async function runOutput(
  place: Place,
  { log, offset }: { log: string; offset: number | undefined },
  signal: AbortSignal,
): Promise<OutputView> {
  const { state } = callWorkspace(pageCall(place, signal))
  const tests = finishedTests(state, log) ?? null
  if (liveRuns(state).some(run => run.log === log))
    return { ...(await readGrowingLog(state, log, offset)), tests, isOver: false }
  const text = readRunLog(state, log)
  if (text === undefined)
    throw new Refusal('bad_arguments', `This clone has no output of a run "${log}".`)
  const bytes = Buffer.from(text)
  // A reader that follows has the offset of the last line that it got.
  const rest = offset === undefined ? bytes.subarray(-MAX_READ_LENGTH) : bytes.subarray(offset)
  return {
    text: rest.toString('utf8', 0, MAX_READ_LENGTH),
    tests,
    next: bytes.length,
    isOver: true,
  }
}

const MAX_READ_LENGTH = 1024 * 1024
