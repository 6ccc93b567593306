import type { RegisterRun } from './live-runs.ts'
import type { RetainedOutput, RunLog } from './output.ts'

export interface RunRequest {
  /** Program and arguments; never a command line for a shell. */
  argv: string[]
  cwd: string
  /** Variables in addition to the allow-list. */
  env?: Record<string, string>
  /** Variables that the project's own test script sets. */
  scriptEnv?: Record<string, string> | undefined
  timeoutMs: number
  /** Limit for both streams together. */
  maxOutputBytes?: number
  signal?: AbortSignal | undefined
  /** The log that receives the whole output, redacted. */
  log?: RunLog | undefined
  /** Absolute paths of new files that receive what the program writes, byte for byte. */
  capture?: { stdout: string; stderr: string } | undefined
  /** Keeps a record of the run on disk, so that the next server can end its processes if this one is killed. */
  register?: RegisterRun | undefined
  /** Called with whole lines, cleaned and redacted, as they arrive. */
  onOutput?: ((text: string) => void) | undefined
  /** Values that are redacted in addition to those that look like secrets. */
  secrets?: readonly string[]
  /** The mark of its processes; by default a new one. */
  run?: string
  /** How long the tree may take to end after SIGTERM before it is killed. */
  graceMs?: number
  /** Searches all processes for ones that are left even if there is no sign of any. */
  thorough?: boolean
}

export interface ProcessEnd extends RetainedOutput {
  end: 'exited' | 'timed_out' | 'cancelled' | 'output_limit' | 'not_started'
  exitCode: number | null
  signal: string | null
  durationMs: number
  /** Why it was not started. */
  reason?: string
  /** The program exited by itself and left processes behind, which were then killed. */
  left?: true
}
