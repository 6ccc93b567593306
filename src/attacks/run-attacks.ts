import { availableParallelism } from 'node:os'
import path from 'node:path'
import { packageRoot } from '../runner/package-root.ts'
import type { CaughtBy, Cheat, Way } from './attack.ts'
import { stack } from './projects/stack.ts'
import { onStage } from './sandbox.ts'

/** What happened to one way of a cheat. */
export interface PlayedWay {
  how: string
  caughtBy: CaughtBy
  /** What caught it, or else what was seen instead. */
  seen: string
  ok: boolean
}

export interface PlayedCheat {
  row: number
  cheat: string
  ok: boolean
  ways: PlayedWay[]
}

/** Plays every way of every cheat against the installed program, each in a project of its own, as many at once as the cores can bear. */
export async function playAll(
  cheats: readonly Cheat[],
  { signal, follow }: { signal: AbortSignal; follow: (over: number, all: number) => void },
): Promise<PlayedCheat[]> {
  const all = cheats.flatMap(cheat => cheat.ways)
  const played = new Map<Way, PlayedWay>()
  const left = all.values()
  const work = async () => {
    for (const way of left) {
      played.set(way, await playWay(way, signal))
      follow(played.size, all.length)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return cheats.map(({ row, cheat, ways }) => {
    const seen = ways.flatMap(way => played.get(way) ?? [])
    return { row, cheat, ok: seen.length === ways.length && seen.every(({ ok }) => ok), ways: seen }
  })
}

/** Plays one way of a cheat. What goes wrong on the stage is told as what was seen: a cheat that was not played was not caught. */
export async function playWay(way: Way, signal: AbortSignal): Promise<PlayedWay> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)])
  const place = { program: installedProgram(), signal: limit }
  const seen = await onStage(place, way.files ?? stack(), stage => way.play(stage)).catch(
    (error: unknown) => {
      signal.throwIfAborted()
      return error instanceof Error ? error.message : String(error)
    },
  )
  const { how, caughtBy } = way
  return { how, caughtBy, seen, ok: seen === caughtBy }
}

/** Half of the time a play waits for a disk. */
const WORKERS = 2 * availableParallelism()
const LONGEST_MS = 120_000

function installedProgram(): string {
  return path.join(packageRoot(), 'dist', 'cli.js')
}
