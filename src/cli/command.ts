import type { Call } from '../workflow/context/call.ts'

/** Parsed arguments of a command, without the shared options. */
export interface Arguments {
  positionals: string[]
  /** Value of an option that takes one. */
  text(name: string): string | undefined
  /** Values of an option that may be repeated. */
  list(name: string): string[]
  flag(name: string): boolean
}

/** What a command prints, and its exit code. */
export interface Printed {
  /** Printed as JSON with `--json`. */
  data: unknown
  /** Nothing is printed if it is empty. */
  text: string
  /** 1: refused, or problems found; 2: it could not start; default 0. */
  exitCode?: 0 | 1 | 2
}

/** An option, in the form that `parseArgs` takes, with its texts for help and documentation. */
export interface CommandOption {
  type: 'string' | 'boolean'
  multiple?: true
  short?: string
  /** Placeholder of the value, such as `TEXT`. */
  value?: string
  description: string
}

export type CommandOptions = Readonly<Record<string, CommandOption>>

/** A command as a literal: texts, options, and what it runs. */
export interface Command {
  name: string
  /** Arguments after the name, such as `TASK [--check NAME]`. */
  usage: string
  /** One phrase for the list of commands. */
  summary: string
  /** What it does, when to use it, what it needs: whole sentences. */
  description: string
  /** Meaning of each positional argument. */
  arguments?: Readonly<Record<string, string>>
  options?: CommandOptions
  /** Meaning of exit code 1, if it is more than a refusal. */
  exitCode1?: string
  /** Whole command lines. */
  examples: readonly string[]
  /** The command is also useful outside of a project. */
  anywhere?: true
  run(call: Call, args: Arguments): Promise<Printed>
}

/** Options that every command takes. */
export const sharedOptions = {
  root: {
    type: 'string',
    value: 'DIR',
    description:
      'Project folder; default: REDGREEN_ROOT, then CLAUDE_PROJECT_DIR, then WORKSPACE_FOLDER_PATHS, then the working directory.',
  },
  feature: {
    type: 'string',
    value: 'NAME',
    description: 'Feature id or folder name; default: the active feature.',
  },
  json: { type: 'boolean', description: 'Print the result as JSON.' },
  help: { type: 'boolean', short: 'h', description: 'Print the usage of the command.' },
} as const satisfies CommandOptions

/** The positional argument `[FEATURE]`, which many commands take. */
export const FEATURE_ARGUMENT = {
  FEATURE: 'Feature id or folder name; default: the active feature.',
} as const

/** The command was called with wrong arguments. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** A required positional argument; throws `UsageError` if it is missing. */
export function required(args: Arguments, index: number, name: string): string {
  const value = args.positionals[index]
  if (value === undefined) throw new UsageError(`${name} is missing.`)
  return value
}
