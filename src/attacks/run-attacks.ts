import { availableParallelism } from 'node:os'
import path from 'node:path'
import { packageRoot } from '../runner/package-root.ts'
import type { CaughtBy, Attack, Variant } from './attack.ts'
import { stack } from './projects/stack.ts'
import { inSandbox } from './sandbox.ts'

/** What happened to one way of a cheat. */
export interface VariantResult {
  how: string
  caughtBy: CaughtBy
  /** What caught it, or else what was seen instead. */
  seen: string
  ok: boolean
}

export interface AttackResult {
  row: number
  attack: string
  ok: boolean
  variants: VariantResult[]
}

/** Plays every way of every cheat against the installed program, each in a project of its own, as many at once as the cores can bear. */
export async function runAttacks(
  attacks: readonly Attack[],
  { signal, follow }: { signal: AbortSignal; follow: (over: number, all: number) => void },
): Promise<AttackResult[]> {
  const all = attacks.flatMap(attack => attack.variants)
  const results = new Map<Variant, VariantResult>()
  const left = all.values()
  const work = async () => {
    for (const variant of left) {
      results.set(variant, await runVariant(variant, signal))
      follow(results.size, all.length)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return attacks.map(({ row, title: attack, variants }) => {
    const seen = variants.flatMap(variant => results.get(variant) ?? [])
    return {
      row,
      attack,
      ok: seen.length === variants.length && seen.every(({ ok }) => ok),
      variants: seen,
    }
  })
}

/** Plays one way of a cheat. What goes wrong on the stage is told as what was seen: a cheat that was not played was not caught. */
export async function runVariant(variant: Variant, signal: AbortSignal): Promise<VariantResult> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)])
  const place = { program: installedProgram(), signal: limit }
  const seen = await inSandbox(place, variant.files ?? stack(), sandbox =>
    variant.run(sandbox),
  ).catch((error: unknown) => {
    signal.throwIfAborted()
    return error instanceof Error ? error.message : String(error)
  })
  const { how, caughtBy } = variant
  return { how, caughtBy, seen, ok: seen === caughtBy }
}

/** Half of the time a play waits for a disk. */
const WORKERS = 2 * availableParallelism()
const LONGEST_MS = 120_000

function installedProgram(): string {
  return path.join(packageRoot(), 'dist', 'cli.js')
}
