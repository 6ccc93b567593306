import os from 'node:os'
import { parseArgs } from 'node:util'
import { endAllRuns } from '../runner/live-runs.ts'
import { createHolder, type Holder } from '../store/leases/holder.ts'
import type { Call } from '../workflow/context/call.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { allowRunCommand } from './allow-run.ts'
import { approveCommand } from './approve.ts'
import { confirmPhaseCommand } from './confirm-phase.ts'
import { confirmStandardsCommand } from './confirm-standards.ts'
import { doctor } from './doctor.ts'
import { UsageError, type Arguments, type Command } from './command.ts'
import { status } from './status.ts'
import { steps } from './steps.ts'
import { commandFrontend } from './frontend.ts'
import { verifyCommand } from './verify.ts'
import { waiveCommand } from './waive.ts'

/** Every command, in the order of the help. */
export const commands: Command[] = [
  status,
  ...steps,
  verifyCommand,
  doctor,
  approveCommand,
  confirmPhaseCommand,
  confirmStandardsCommand,
  waiveCommand,
  allowRunCommand,
]

/** Options that every command takes. */
const shared = {
  root: { type: 'string' },
  feature: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** Runs one command and returns the exit code: 0 done, 1 refused, 2 usage, 3 fault. */
export async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  try {
    const { positionals, values } = parse(command, argv)
    const args = argumentsOf(positionals, values)
    const call = callOf(args)
    const printed = await mapErrors(call, () => command.run(call, args))
    const text = args.flag('json') ? JSON.stringify(printed.data, null, 2) : printed.text
    process.stdout.write(`${text}\n`)
    return printed.exitCode ?? 0
  } catch (error) {
    // A person stopped it: that is no fault.
    return process.exitCode === INTERRUPTED ? INTERRUPTED : tell(error, command)
  }
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

function parse(
  command: Command,
  argv: readonly string[],
): { positionals: string[]; values: Values } {
  try {
    const options = { ...shared, ...command.options }
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function argumentsOf(positionals: string[], values: Values): Arguments {
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    positionals,
    text,
    list: name => [values[name]].flat().filter(value => typeof value === 'string'),
    flag: name => values[name] === true,
  }
}

/** As shells tell it: 128 and the number of SIGINT. */
const INTERRUPTED = 130

function callOf(args: Arguments): Call {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort()
      endAllRuns()
      process.exitCode = INTERRUPTED
    })
  }
  return {
    root: folderOf(args),
    feature: args.text('feature'),
    holder: person(),
    frontend: commandFrontend(),
    signal: controller.signal,
    note: text => {
      if (process.stderr.isTTY) process.stderr.write(`${text} …\n`)
    },
  }
}

/** The same order as the server's, without a client to ask. */
function folderOf(args: Arguments): string {
  const { REDGREEN_ROOT, CLAUDE_PROJECT_DIR } = process.env
  return args.text('root') ?? REDGREEN_ROOT ?? CLAUDE_PROJECT_DIR ?? process.cwd()
}

/** A person's claims belong to them and their terminal: they live as long as the shell does. */
function person(): Holder {
  const { username } = os.userInfo()
  const shell = process.ppid
  return createHolder(`${username}:${shell}`, `${username} (terminal, process ${shell})`, shell)
}

function tell(error: unknown, command: Command): number {
  if (error instanceof Refusal && error.code !== 'bad_arguments') {
    process.stderr.write(`[${error.code}] ${error.message}\n`)
    return 1
  }
  if (error instanceof UsageError || error instanceof Refusal) {
    process.stderr.write(`${error.message}\nusage: redgreen ${command.name} ${command.usage}\n`)
    return 2
  }
  process.stderr.write(
    `redgreen met a fault: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  if (process.env['REDGREEN_DEBUG']) console.error(error)
  return 3
}
