import { availableParallelism } from 'node:os'
import path from 'node:path'
import { packageRoot } from '../runner/package-root.ts'
import type { Attack, StoppedBy, Variant } from './attack.ts'
import { stack } from './projects/stack.ts'
import { inSandbox } from './sandbox.ts'

/** Result of one variant. */
export interface VariantResult {
  how: string
  stoppedBy: StoppedBy
  /** What stopped it, or what happened instead. */
  result: string
  /** It was stopped as expected. */
  ok: boolean
}

export interface AttackResult {
  row: number
  attack: string
  ok: boolean
  variants: VariantResult[]
}

/** Runs every variant of every attack against the installed program, each in its own project, several at once. */
export async function runAttacks(
  attacks: readonly Attack[],
  { signal, follow }: { signal: AbortSignal; follow: (done: number, total: number) => void },
): Promise<AttackResult[]> {
  const all = attacks.flatMap(attack => attack.variants)
  const results = new Map<Variant, VariantResult>()
  const queue = all.values()
  const work = async () => {
    for (const variant of queue) {
      results.set(variant, await runVariant(variant, signal))
      follow(results.size, all.length)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return attacks.map(({ row, title: attack, variants }) => {
    const finished = variants.flatMap(variant => results.get(variant) ?? [])
    return {
      row,
      attack,
      ok: finished.length === variants.length && finished.every(({ ok }) => ok),
      variants: finished,
    }
  })
}

/** Runs one variant. An error in the scenario counts as its result: an attack that could not be tried was not stopped. */
export async function runVariant(variant: Variant, signal: AbortSignal): Promise<VariantResult> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const options = { program: installedProgram(), signal: limit }
  const result = await inSandbox(options, variant.files ?? stack(), sandbox =>
    variant.run(sandbox),
  ).catch((error: unknown) => {
    signal.throwIfAborted()
    return error instanceof Error ? error.message : String(error)
  })
  const { how, stoppedBy } = variant
  return { how, stoppedBy, result, ok: result === stoppedBy }
}

/** A scenario waits for the disk half of the time. */
const WORKERS = 2 * availableParallelism()
const TIMEOUT_MS = 120_000

function installedProgram(): string {
  return path.join(packageRoot(), 'dist', 'cli.js')
}
