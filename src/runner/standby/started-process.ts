import type { Readable } from 'node:stream'
import type { ProcessTree } from '../process-tree.ts'

/** A program that runs. */
export interface RunningProgram {
  stdout: Readable
  stderr: Readable
  /** Its exit code and signal, when it has ended. */
  exited: Promise<[number | null, string | null]>
}

/** A process that was started before its run was known. */
export interface StartedProcess {
  program: RunningProgram
  tree: ProcessTree
  /** Lets it run. Called when the caller listens to the program. */
  begin: () => void
}
