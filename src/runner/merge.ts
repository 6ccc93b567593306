import { createHash } from 'node:crypto'
import type { Outcome, RunEnd } from '../evidence/outcome.ts'

/** Several runs as one: it is as complete as the least of them, and fails with the first that fails. */
export function mergeOutcomes(first: Outcome, ...others: Outcome[]): Outcome {
  if (others.length === 0) return first
  const all = [first, ...others]
  const told = WORST.find(end => all.some(outcome => outcome.end === end)) ?? 'complete'
  const bad = all.find(outcome => outcome.end === told && outcome.end !== 'complete')
  const decisive = bad ?? all.find(outcome => outcome.exitCode !== 0) ?? first
  return {
    end: told,
    exitCode: decisive.exitCode,
    signal: decisive.signal,
    durationMs: all.reduce((sum, outcome) => sum + outcome.durationMs, 0),
    tests: all.flatMap(outcome => outcome.tests),
    loadErrors: all.flatMap(outcome => outcome.loadErrors),
    unhandled: all.flatMap(outcome => outcome.unhandled),
    output: all
      .map(outcome => outcome.output)
      .join('')
      .slice(-LONGEST_OUTPUT),
    outputSha256: hashOf(all.map(outcome => outcome.outputSha256)),
    outputBytes: all.reduce((sum, outcome) => sum + outcome.outputBytes, 0),
    command: all.flatMap((outcome, at) => (at === 0 ? outcome.command : [';', ...outcome.command])),
    framework: [...new Set(all.map(outcome => outcome.framework))].join(', '),
    ...(all.some(outcome => outcome.exitCodeOnly) && { exitCodeOnly: true }),
  }
}

/** Ends from the one that hides most to the one that hides least. */
const WORST: RunEnd[] = ['cancelled', 'timed_out', 'output_limit', 'crashed', 'not_started']
const LONGEST_OUTPUT = 16_384

function hashOf(hashes: string[]): string {
  return createHash('sha256').update(hashes.join('\n')).digest('hex')
}
