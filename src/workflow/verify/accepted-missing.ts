import type { HeardEvent } from '../../evidence/witness/compare.ts'

/** Numbers of a chain whose events are lost for good, which the person who verifies accepts. */
export interface AcceptedRange {
  chain: string
  first: number
  last: number
}

/** Reads `CHAIN:FIRST-LAST` or `CHAIN:NUMBER`; `undefined` if it is neither. */
export function parseRange(text: string): AcceptedRange | undefined {
  const {
    chain,
    first,
    last = first,
  } = /^(?<chain>[^\s:]+):(?<first>\d+)(?:-(?<last>\d+))?$/.exec(text)?.groups ?? {}
  if (chain === undefined || Number(first) > Number(last)) return undefined
  return { chain, first: Number(first), last: Number(last) }
}

/** The options with which missing events are accepted. */
export function acceptOptions(missing: readonly HeardEvent[]): string {
  return [...byChain(missing)]
    .flatMap(([chain, events]) =>
      rangesOf(events.map(({ seq }) => seq)).map(
        ([first, last]) =>
          `--accept-missing ${chain}:${first === last ? first : `${first}-${last}`}`,
      ),
    )
    .join(' ')
}

/** Only ranges without gaps, because events between the lost ones exist, and a later loss of those has to be noticed. */
function rangesOf(numbers: readonly number[]): [first: number, last: number][] {
  const ranges: [first: number, last: number][] = []
  for (const number of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges
}

function byChain(missing: readonly HeardEvent[]): Map<string, HeardEvent[]> {
  const chains = new Map<string, HeardEvent[]>()
  for (const one of missing) chains.set(one.chain, [...(chains.get(one.chain) ?? []), one])
  return chains
}

export function isAccepted(
  accepted: readonly AcceptedRange[],
  { chain, seq }: Pick<HeardEvent, 'chain' | 'seq'>,
): boolean {
  return accepted.some(one => one.chain === chain && one.first <= seq && seq <= one.last)
}
