import type { ParseArgsConfig } from 'node:util'
import type { Call } from '../workflow/context/call.ts'

/** What a command was called with, after the options that all commands share. */
export interface Arguments {
  positionals: string[]
  /** Value of an option that takes one. */
  text(name: string): string | undefined
  /** Values of an option that may be repeated, also separated by commas. */
  list(name: string): string[]
  flag(name: string): boolean
}

/** What a command prints, and the exit code: 0 done, 1 refused or found wanting. */
export interface Printed {
  /** For `--json`. */
  data: unknown
  text: string
  exitCode?: 0 | 1
}

/** A command is data, as a tool is. */
export interface Command {
  name: string
  /** Arguments after the name, for the help. */
  usage: string
  summary: string
  options?: ParseArgsConfig['options']
  run(call: Call, args: Arguments): Promise<Printed>
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The positional argument that a command cannot do without. */
export function required(args: Arguments, index: number, what: string): string {
  const value = args.positionals[index]
  if (value === undefined) throw new UsageError(`${what} is missing.`)
  return value
}
