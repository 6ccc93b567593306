import { readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import type { Register } from '../runner/live-runs.ts'
import { endOrphans } from '../runner/process-tree.ts'
import { holder, createHolder, lives } from './leases/holder.ts'
import { readBytes, removeFile, writeHint } from './files.ts'
import { parseJson } from './json.ts'
import { ensureState, type State } from './state.ts'

/**
 * Runs that are under way, one small file each, for the case that their server is killed: the next one ends what is
 * left of them.
 */
const liveRun = z.object({ server: holder, leader: holder.optional() })

/** Keeps the records of the runs of this process. */
export function registerOf(state: State): Register {
  return run => {
    const file = path.join(folderOf(state), `${run}.json`)
    ensureState(state)
    const server = createHolder('server', 'redgreen', process.pid)
    writeHint(file, JSON.stringify({ server }))
    return {
      started: pid => {
        writeHint(file, JSON.stringify({ server, leader: createHolder(run, 'run', pid) }))
      },
      over: () => removeFile(file),
    }
  }
}

/** Ends the runs of servers that are gone, with everything that they started. Costs nothing where there are none. */
export function endLeftRuns(state: State): void {
  for (const run of recordedRuns(state)) {
    const file = path.join(folderOf(state), `${run}.json`)
    const bytes = readBytes(file)
    const record = bytes && liveRun.safeParse(parseJson(bytes.toString('utf8'))).data
    if (record && lives(record.server)) continue
    endOrphans(run, record && leaderOf(record))
    removeFile(file)
  }
}

/** The leader's number, while it is still the leader's: where the system does not say when a process began, nobody knows. */
function leaderOf({ leader }: z.infer<typeof liveRun>): number | undefined {
  return leader && leader.born !== '' && lives(leader) ? leader.pid : undefined
}

function recordedRuns(state: State): string[] {
  try {
    return readdirSync(folderOf(state)).flatMap(name => /^([\w-]+)\.json$/.exec(name)?.[1] ?? [])
  } catch {
    // No run has ever been recorded here.
    return []
  }
}

function folderOf(state: State): string {
  return path.join(state.local, 'live')
}
