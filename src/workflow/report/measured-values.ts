import { lastEvent } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Context } from '../context/context.ts'
import { measuredIn, type Measured } from '../testing/measurements.ts'

/** The measured values that the programs of the feature printed, as printed: nothing is computed or guessed. */
export function measuredValues(context: Context): string[] {
  return measured(context).map(({ text, met, by }) => {
    const verdict = met === undefined ? '' : met ? ' ✓' : ' ✗'
    return `- \`${text.replaceAll('`', "'")}\`${verdict} (${by})`
  })
}

/** Whether the values meet the targets that are printed beside them; an empty list if there is no such target. */
export function measuredTargets(context: Context): string[] {
  const withTarget = measured(context).filter(({ met }) => met !== undefined)
  const met = withTarget.filter(value => value.met).length
  if (withTarget.length === 0) return []
  return met === withTarget.length
    ? [`- ✓ Performance targets met (${met} of ${withTarget.length} measured)`]
    : [`- ✗ Performance targets not met (${met} of ${withTarget.length} measured)`]
}

/** The values of the last run of each task and of the last validation, each line once. `by`: the task or gate. */
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
