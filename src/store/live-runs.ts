import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import type { RegisterRun } from '../runner/live-runs.ts'
import { endOrphans, endTree } from '../runner/process-tree.ts'
import { holder, createHolder, isAlive, type Holder } from './leases/holder.ts'
import { namesIn, readBytes, removeFile, writeUnsynced } from './files.ts'
import { parseJson } from './json.ts'
import { noteStopped } from './run-notes.ts'
import { sealedText, withSeal } from './secret.ts'
import { ensureState, type State } from './state.ts'

/**
 * One small file for each run in progress. If the server is killed, the next one ends the processes that are left. The live page finds
 * the runs of other processes here.
 */
const liveRun = z.object({
  server: holder,
  leader: holder.optional(),
  /** Id of the lease holder that it runs for. */
  by: z.string().optional(),
  feature: z.string().optional(),
  /** Names the log that receives its output. */
  log: z.string().optional(),
  command: z.array(z.string()).default([]),
  /** ISO 8601, UTC. */
  since: z.string().default(''),
})

/** What a run is for. */
export interface RunPurpose {
  feature?: string
  log?: string | undefined
}

/** A run in progress, of any process. */
export interface LiveRun extends RunPurpose {
  /** The mark of its processes. */
  run: string
  command: string[]
  since: string
  /** Id of the lease holder that it runs for. */
  by: string
}

/** Records the runs of this process for a lease holder. */
export function runRegistry(
  state: State,
  { id: by }: Pick<Holder, 'id'>,
  { feature, log }: RunPurpose = {},
): RegisterRun {
  return (run, argv) => {
    const file = path.join(liveRunsFolder(state), `${run}.json`)
    ensureState(state)
    const known = {
      server: createHolder('server', 'redgreen', process.pid),
      by,
      ...(feature !== undefined && { feature }),
      ...(log !== undefined && { log }),
      command: [...argv],
      since: new Date().toISOString(),
    }
    note(state, run, known)
    return {
      started: pid => {
        note(state, run, { ...known, leader: createHolder(run, 'run', pid) })
      },
      ended: () => removeFile(file),
    }
  }
}

/** Ends the runs of servers that no longer exist, with all their processes. Costs nothing if there are none. */
export function endOrphanedRuns(state: State): void {
  for (const run of recordedRuns(state)) {
    const file = path.join(liveRunsFolder(state), `${run}.json`)
    const record = readNote(state, run)
    if (record && isAlive(record.server)) continue
    endOrphans(run, record && leaderOf(record))
    removeFile(file)
  }
}

/** The runs in progress of every process that exists, in the order of their start. */
export function liveRuns(state: State): LiveRun[] {
  return recordedRuns(state)
    .flatMap(run => {
      const record = readNote(state, run)
      if (!record || !isAlive(record.server)) return []
      const { by = '', feature, log, command, since } = record
      const purpose = {
        ...(feature !== undefined && { feature }),
        ...(log !== undefined && { log }),
      }
      return [{ run, ...purpose, command, since, by }]
    })
    .toSorted((a, b) => (a.since < b.since ? -1 : 1))
}

/** Ends the processes of a run in progress, whichever process made it. False if there is no such run. */
export async function stopRun(state: State, run: string): Promise<boolean> {
  const record = recordedRuns(state).includes(run) ? readNote(state, run) : undefined
  const pid = record && isAlive(record.server) ? leaderOf(record) : undefined
  if (record === undefined || pid === undefined) return false
  if (record.log !== undefined) noteStopped(state, record.log)
  await endTree({ pid, run })
  return true
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
  writeUnsynced(
    path.join(liveRunsFolder(state), `${run}.json`),
    withSeal(state, `run\0${run}`, text),
  )
}

function readNote(state: State, run: string): z.infer<typeof liveRun> | undefined {
  const bytes = readBytes(path.join(liveRunsFolder(state), `${run}.json`))
  const text = sealedText(state, `run\0${run}`, bytes?.toString('utf8') ?? '')
  return text === undefined ? undefined : liveRun.safeParse(parseJson(text)).data
}

function recordedRuns(state: State): string[] {
  return namesIn(liveRunsFolder(state)).flatMap(name => /^([\w-]+)\.json$/.exec(name)?.[1] ?? [])
}

export function liveRunsFolder(state: State): string {
  return path.join(state.local, 'live')
}
