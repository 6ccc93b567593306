import os from 'node:os'
import process from 'node:process'
import type { Report } from '../report.ts'
import { measureCalls } from './calls.ts'
import { openCatalog } from './catalog.ts'
import { measureStarts } from './starts.ts'

/** Compares this server with others, and with servers that do the least. */
export async function measurePeers(quick: boolean): Promise<Report> {
  const catalog = await openCatalog()
  const starts = await measureStarts(catalog, quick ? 5 : 21)
  const sizes = quick ? [40, 1_000] : [40, 1_000, 10_000]
  const effort = quick ? { rounds: 8, seconds: 8 } : { rounds: 40, seconds: 30 }
  const calls = await measureCalls(catalog.contestants, sizes, effort)
  const missing = Object.entries(catalog.missing).map(
    ([name, reason]) => `${name} is missing: it could not be installed: ${reason}`,
  )
  return {
    lines: [
      `${os.availableParallelism()} cores, Node ${process.versions.node}`,
      ...missing,
      ...calls.lines,
    ],
    tables: { ...starts.tables, ...calls.tables },
    figures: { start: starts.figures, calls: calls.figures, missing: catalog.missing },
  }
}
