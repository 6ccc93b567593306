import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import type { RegisterRun } from '../runner/live-runs.ts'
import { endOrphans } from '../runner/process-tree.ts'
import { holder, createHolder, isAlive, type Holder } from './leases/holder.ts'
import { namesIn, readBytes, removeFile, writeUnsynced } from './files.ts'
import { parseJson } from './json.ts'
import { sealedText, withSeal } from './secret.ts'
import { ensureState, type State } from './state.ts'

/**
 * One small file for each run in progress. If the server is killed, the next one ends the processes that are left.
 */
const liveRun = z.object({
  server: holder,
  leader: holder.optional(),
  /** Id of the lease holder that it runs for. */
  by: z.string().optional(),
})

/** Records the runs of this process for a lease holder. */
export function runRegistry(state: State, { id: by }: Pick<Holder, 'id'>): RegisterRun {
  return run => {
    const file = path.join(folderOf(state), `${run}.json`)
    ensureState(state)
    const server = createHolder('server', 'redgreen', process.pid)
    note(state, run, { server, by })
    return {
      started: pid => {
        note(state, run, { server, by, leader: createHolder(run, 'run', pid) })
      },
      ended: () => removeFile(file),
    }
  }
}

/** Ends the runs of servers that no longer exist, with all their processes. Costs nothing if there are none. */
export function endOrphanedRuns(state: State): void {
  for (const run of recordedRuns(state)) {
    const file = path.join(folderOf(state), `${run}.json`)
    const record = readNote(state, run)
    if (record && isAlive(record.server)) continue
    endOrphans(run, record && leaderOf(record))
    removeFile(file)
  }
}

/** Whether a run for this holder is in progress. A process can have several holders. */
export function hasLiveRun(state: State, { id, pid }: Pick<Holder, 'id' | 'pid'>): boolean {
  return recordedRuns(state).some(run => {
    const { server, by = id } = readNote(state, run) ?? {}
    return server?.pid === pid && by === id && isAlive(server)
  })
}

/** The process id of the leader if it is still the same process. Unknown if the system does not report start times. */
function leaderOf({ leader }: z.infer<typeof liveRun>): number | undefined {
  return leader && leader.startTime !== '' && isAlive(leader) ? leader.pid : undefined
}

/** Sealed, because the next server ends the process that it names. */
function note(state: State, run: string, record: z.infer<typeof liveRun>): void {
  const text = JSON.stringify(record)
  writeUnsynced(path.join(folderOf(state), `${run}.json`), withSeal(state, `run\0${run}`, text))
}

function readNote(state: State, run: string): z.infer<typeof liveRun> | undefined {
  const bytes = readBytes(path.join(folderOf(state), `${run}.json`))
  const text = sealedText(state, `run\0${run}`, bytes?.toString('utf8') ?? '')
  return text === undefined ? undefined : liveRun.safeParse(parseJson(text)).data
}

function recordedRuns(state: State): string[] {
  return namesIn(folderOf(state)).flatMap(name => /^([\w-]+)\.json$/.exec(name)?.[1] ?? [])
}

function folderOf(state: State): string {
  return path.join(state.local, 'live')
}
