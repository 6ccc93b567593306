import { describeMachine } from '../machine.ts'
import type { Report } from '../report.ts'
import { measureCalls } from './calls.ts'
import { openCatalog } from './catalog.ts'
import { measureStarts } from './starts.ts'

/** Compares this server with others, and with servers that do the least. */
export async function measurePeers(quick: boolean): Promise<Report> {
  const machine = describeMachine()
  const catalog = await openCatalog()
  const starts = await measureStarts(catalog, quick ? 5 : 21)
  const effort = quick ? { rounds: 6, seconds: 5 } : { rounds: 30, seconds: 20 }
  const calls = await measureCalls(catalog.contestants, [40, 1_000, 10_000], effort)
  const missing = Object.entries(catalog.missing).map(
    ([name, reason]) => `${name} is missing: it could not be installed: ${reason}`,
  )
  return {
    lines: [...missing, ...calls.lines],
    tables: { machine: [machine], ...starts.tables, ...calls.tables },
    figures: { start: starts.figures, calls: calls.figures, missing: catalog.missing },
  }
}
