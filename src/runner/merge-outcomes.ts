import { createHash } from 'node:crypto'
import type { Outcome, RunEnd } from '../evidence/outcome.ts'

/** Combines several runs into one outcome: it ends like the worst of them, and fails if one of them fails. */
export function mergeOutcomes(first: Outcome, ...others: Outcome[]): Outcome {
  if (others.length === 0) return first
  const all = [first, ...others]
  const end = WORST_FIRST.find(worst => all.some(outcome => outcome.end === worst)) ?? 'complete'
  const incomplete = all.find(outcome => outcome.end === end && outcome.end !== 'complete')
  const decisive = incomplete ?? all.find(outcome => outcome.exitCode !== 0) ?? first
  return {
    end,
    exitCode: decisive.exitCode,
    signal: decisive.signal,
    durationMs: all.reduce((sum, outcome) => sum + outcome.durationMs, 0),
    tests: all.flatMap(outcome => outcome.tests),
    loadErrors: all.flatMap(outcome => outcome.loadErrors),
    unhandled: all.flatMap(outcome => outcome.unhandled),
    output: all
      .map(outcome => outcome.output)
      .join('')
      .slice(-MAX_OUTPUT_LENGTH),
    outputSha256: hashOf(all.map(outcome => outcome.outputSha256)),
    outputBytes: all.reduce((sum, outcome) => sum + outcome.outputBytes, 0),
    command: all.flatMap((outcome, at) => (at === 0 ? outcome.command : [';', ...outcome.command])),
    framework: [...new Set(all.map(outcome => outcome.framework))].join(', '),
    ...(all.some(outcome => outcome.exitCodeOnly) && { exitCodeOnly: true }),
    ...(all.some(outcome => outcome.warm) && { warm: true }),
  }
}

/** Ends of runs, from the least informative to the most informative. */
const WORST_FIRST: RunEnd[] = ['cancelled', 'timed_out', 'output_limit', 'crashed', 'not_started']
const MAX_OUTPUT_LENGTH = 16_384

function hashOf(hashes: string[]): string {
  return createHash('sha256').update(hashes.join('\n')).digest('hex')
}
