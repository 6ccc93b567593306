/** The exit code of a process that nobody needed. */
export const UNUSED = 86

/** What the start file of a waiting process and its reporter share: a run whose first test file has a process, which waits. */
export interface HeldRun {
  /** Resolves when the report of the run is known. */
  begun: Promise<void>
  /** Lets the process of the first test file continue. */
  release: () => void
}

/** Node loads the two as separate modules. No code of the project runs in their process. */
const PLACE = Symbol.for('redgreen.heldRun')

export function holdRun(run: HeldRun): void {
  Reflect.set(globalThis, PLACE, run)
}

export function heldRun(): HeldRun | undefined {
  const run: unknown = Reflect.get(globalThis, PLACE)
  return isHeldRun(run) ? run : undefined
}

function isHeldRun(run: unknown): run is HeldRun {
  return typeof run === 'object' && run !== null && 'begun' in run && 'release' in run
}
