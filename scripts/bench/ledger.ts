import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import type { EventBody } from '../../src/evidence/event.ts'
import type { Kind } from '../../src/plan/plan.ts'

/** A task of which the ledger says that it is done. */
export interface RecordedTask {
  id: string
  title: string
  provenAs: Kind
}

/** Path of the ledger in a feature of `featureWith`. */
export const LEDGER = '.redgreen/ledger/001-load/0123456789.jsonl'

/** A valid ledger with about `count` events, in which every task was started, maybe several times, and then done. */
export function ledgerOf(tasks: readonly RecordedTask[], count: number): string {
  const each = Math.max(2, Math.floor(count / tasks.length))
  const common = { settings: 'none', tree: '0'.repeat(64) }
  const bodies = tasks.flatMap(({ id: task, title, provenAs }): EventBody[] => [
    ...Array.from({ length: each - 1 }, () => ({
      ...common,
      kind: 'start' as const,
      task,
      title,
      provenAs,
    })),
    { ...common, kind: 'done', task, provenAs, suite: 'none', marks: [], proof: [] },
  ])
  let prev = GENESIS
  const lines = bodies.map((body, index) => {
    const place = { feature: '001-load', at: '2026-01-01T00:00:00.000Z', by: 'load' }
    const line = sealLine({ ...body, ...place }, { seq: index + 1, prev })
    prev = String(JSON.parse(line).hash)
    return line
  })
  return `${lines.join('\n')}\n`
}
