import { lastEvent } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import { measuredIn, type Measured } from '../testing/measurements.ts'
import type { Context } from '../context/context.ts'

/** What the programs that ran for the feature printed of measured values, word for word: nothing is worked out, nothing guessed. */
export function measuredValues(context: Context): string[] {
  return measured(context).map(({ text, met, by }) => {
    const verdict = met === undefined ? '' : met ? ' ✓' : ' ✗'
    return `- \`${text.replaceAll('`', "'")}\`${verdict} (${by})`
  })
}

/** Whether the targets are met that stand in figures beside their values; nothing where there is none. */
export function measuredTargets(context: Context): string[] {
  const told = measured(context).filter(({ met }) => met !== undefined)
  const met = told.filter(one => one.met).length
  if (told.length === 0) return []
  return met === told.length
    ? [`- ✓ Performance targets met (${met} of ${told.length} measured)`]
    : [`- ✗ Performance targets not met (${met} of ${told.length} measured)`]
}

/** The latest run of each task and of the validation, each line once: what was seen last counts. */
function measured({ plan, histories, ledger }: Context): (Measured & { by: string })[] {
  const validation = lastEvent(ledger.events, 'validation')
  const runs: { by: string; run: RunRecord | undefined }[] = [
    ...plan.tasks.map(({ id }) => ({ by: id, run: histories.get(id)?.green?.run })),
    { by: 'validation', run: validation?.run },
    ...(validation?.gates ?? []).map(({ name, run }) => ({ by: name, run })),
  ]
  const lines = new Map(
    runs.flatMap(({ by, run }) => (run?.measured ?? []).map(text => [text, by])),
  )
  return [...lines].map(([text, by]) => ({ ...measuredIn(text), by }))
}
