import { setTimeout } from 'node:timers/promises'
import { describeMachine } from '../machine.ts'
import type { Report } from '../report.ts'
import { measureCalls } from './calls.ts'
import { openCatalog } from './catalog.ts'
import { ours } from './ours.ts'
import { measureStarts } from './starts.ts'
import { Work } from './work.ts'

/** Compares this server with others, and with servers that do the least. */
export async function measurePeers(quick: boolean): Promise<Report> {
  const machine = describeMachine()
  const catalog = await openCatalog()
  await keepCompiledCode()
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

/** One session that is long enough for our server to keep its compiled code, as the first one of a user is. */
async function keepCompiledCode(): Promise<void> {
  const work = new Work(ours, { tasks: 4, done: 2 })
  try {
    await work.first()
    await work.finish(call => call().then(() => 0))
    await setTimeout(SESSION)
  } finally {
    await work.remove()
  }
}

/** In milliseconds. */
const SESSION = 3000
