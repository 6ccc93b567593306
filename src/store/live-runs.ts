import path from 'node:path'
import process from 'node:process'
import * as z from 'zod'
import type { RegisterRun } from '../runner/live-runs.ts'
import { endOrphans, endTree } from '../runner/process-tree.ts'
import { holder, createHolder, isAlive, type Holder } from './leases/holder.ts'
import { removeFile, writeUnsynced } from './files.ts'
import { namesIn, readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import { noteStopped } from './run-notes.ts'
import { verifiedText, withSeal } from './secret.ts'
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
  return registry(state, RUN, {
    by,
    ...(feature !== undefined && { feature }),
    ...(log !== undefined && { log }),
  })
}

/** Records the test runners of this process that wait for a run. They are not runs in progress. */
export function standbyRegistry(state: State): RegisterRun {
  return registry(state, WAITING, {})
}

/** How the names of the records end. */
const RUN = 'json'
const WAITING = 'waiting'
type Ending = typeof RUN | typeof WAITING

function registry(
  state: State,
  ending: Ending,
  purpose: RunPurpose & { by?: string },
): RegisterRun {
  return (run, argv, pid) => {
    ensureState(state)
    const known = {
      server: createHolder('server', 'redgreen', process.pid),
      ...purpose,
      command: [...argv],
      since: new Date().toISOString(),
    }
    const note = (record: z.infer<typeof liveRun>) => {
      // Sealed, because the next server ends the process that it names.
      const text = withSeal(state, `run\0${run}`, JSON.stringify(record))
      writeUnsynced(fileOf(state, run, ending), text)
    }
    const started = (root: number) => note({ ...known, leader: createHolder(run, 'run', root) })
    if (pid === undefined) note(known)
    else started(pid)
    return {
      started,
      ended: () => removeFile(fileOf(state, run, ending)),
    }
  }
}

/** Ends the runs of servers that no longer exist, with all their processes. Costs nothing if there are none. */
export function endOrphanedRuns(state: State): void {
  for (const name of namesIn(liveRunsFolder(state))) {
    const [, run, ending] = RECORD.exec(name) ?? []
    if (run === undefined || (ending !== RUN && ending !== WAITING)) continue
    const record = readNote(state, run, ending)
    if (record && isAlive(record.server)) continue
    endOrphans(run, record && leaderOf(record))
    removeFile(fileOf(state, run, ending))
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

function readNote(
  state: State,
  run: string,
  ending: Ending = RUN,
): z.infer<typeof liveRun> | undefined {
  const bytes = readBytes(fileOf(state, run, ending))
  const text = verifiedText(state, `run\0${run}`, bytes?.toString('utf8') ?? '')
  return text === undefined ? undefined : liveRun.safeParse(parseJson(text)).data
}

function recordedRuns(state: State): string[] {
  return namesIn(liveRunsFolder(state)).flatMap(name => {
    const [, run, ending] = RECORD.exec(name) ?? []
    return run !== undefined && ending === RUN ? [run] : []
  })
}

const RECORD = /^([\w-]+)\.(\w+)$/

function fileOf(state: State, run: string, ending: Ending): string {
  return path.join(liveRunsFolder(state), `${run}.${ending}`)
}

export function liveRunsFolder(state: State): string {
  return path.join(state.local, 'live')
}
