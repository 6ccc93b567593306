import type { ActiveFeature, Candidate } from './dialect.ts'

/** Of several features, the only one with open tasks; otherwise those among which somebody has to choose. */
export function onlyOpen(
  all: readonly Candidate[],
  hasOpenTasks: (one: Candidate) => boolean,
  { name, noun, remedy }: { name: (one: Candidate) => string; noun: string; remedy: string },
): ActiveFeature {
  const open = all.filter(hasOpenTasks)
  const [first, second] = open
  if (first !== undefined && second === undefined)
    return { found: first, evidence: `${name(first)} is the only ${noun} with open tasks` }
  const several = open.length > 0 ? open : [...all]
  return { several, remedy, areFinished: open.length === 0 }
}
