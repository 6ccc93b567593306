import type { EventOf } from '../../evidence/event.ts'
import type { Desk } from '../context/context.ts'
import { runToldOf, type RunTold } from '../testing/run-summary.ts'

type RecordedGate = EventOf<'validation'>['gates'][number]

/** A gate as an answer tells it. */
export type ToldGate = Omit<RecordedGate, 'run'> & { summary: string } & Partial<RunTold>

/** What was looked at in a gate that passed is in the report; the rest of what it printed is in its log. */
export function toldGate(
  desk: Desk,
  { run, checks, ...gate }: ToldGate & Pick<RecordedGate, 'run'>,
): ToldGate {
  return {
    ...gate,
    ...(!gate.passed && checks && { checks }),
    ...(run && runToldOf(desk, run, gate.passed ? undefined : 30)),
  }
}

/** The gates of a validation as the ledger has them. */
export function recalledGates(desk: Desk, { gates, run }: EventOf<'validation'>): ToldGate[] {
  return gates.map(gate =>
    toldGate(desk, {
      ...gate,
      summary: gate.summary ?? 'recorded',
      run: gate.name === 'tests' ? run : gate.run,
    }),
  )
}
