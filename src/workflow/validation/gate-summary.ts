import type { EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'
import { runSummary, type RunSummary } from '../testing/run-record.ts'

type RecordedGate = EventOf<'validation'>['gates'][number]

/** A gate as an answer tells it. */
export type GateSummary = Omit<RecordedGate, 'run'> & { summary: string } & Partial<RunSummary>

/** What was looked at in a gate that passed is in the report; the rest of what it printed is in its log. */
export function gateSummary(
  context: Context,
  { run, checks, ...gate }: GateSummary & Pick<RecordedGate, 'run'>,
): GateSummary {
  return {
    ...gate,
    ...(!gate.passed && checks && { checks }),
    ...(run && runSummary(context, run, gate.passed ? undefined : 30)),
  }
}

/** The gates of a validation as the ledger has them. */
export function recordedGates(
  context: Context,
  { gates, run }: EventOf<'validation'>,
): GateSummary[] {
  return gates.map(gate =>
    gateSummary(context, {
      ...gate,
      summary: gate.summary ?? 'recorded',
      run: gate.name === 'tests' ? run : gate.run,
    }),
  )
}
