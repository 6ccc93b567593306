import os from 'node:os'
import { inspect, parseArgs } from 'node:util'
import { endAllRuns, exitCodeOf, onEndSignal } from '../runner/live-runs.ts'
import { createHolder, type Holder } from '../store/leases/holder.ts'
import { withOwnCommand } from '../runner/own-command.ts'
import { safeAnswer, safeMessage, safeText } from '../runner/safe-text.ts'
import type { Call } from '../workflow/context/call.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import {
  chooseProjectFolder,
  environmentCandidates,
  type ProjectFolder,
} from '../workflow/context/project-folder.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { writeHookState } from '../workflow/hook-state.ts'
import { notifyWitness } from '../workflow/notify-witness.ts'
import { withPaths } from './addresses.ts'
import { sharedOptions, UsageError, type Arguments, type Command } from './command.ts'
import { completionCommand } from './completion.ts'
import { doctorCommand } from './doctor.ts'
import { commandFrontend } from './frontend.ts'
import { commandHelp } from './help.ts'
import { historyCommands } from './history-commands.ts'
import { hookCommand } from './hook.ts'
import { humanCommands } from './human-commands.ts'
import { initCommand } from './init.ts'
import { reportCommand } from './report.ts'
import { serveCommand } from './serve.ts'
import { statusCommand } from './status.ts'
import { stepCommands } from './steps.ts'
import { verifyCommand } from './verify.ts'
import { witnessCommand } from './witness.ts'

/** Every command, in the order of the help. */
export const commands: Command[] = [
  statusCommand,
  ...historyCommands,
  reportCommand,
  ...stepCommands,
  verifyCommand,
  doctorCommand,
  initCommand,
  serveCommand,
  witnessCommand,
  hookCommand,
  completionCommand(() => commands),
  ...humanCommands,
]

/** Runs one command and returns the exit code: 0 done, 1 refused, 2 usage, 3 internal error. */
export async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  let root = process.cwd()
  try {
    const { positionals, values } = parse(command, argv)
    const args = argumentsOf(positionals, values)
    if (args.flag('help')) {
      process.stdout.write(`${withOwnCommand(commandHelp(command))}\n`)
      return 0
    }
    const typed = [command.name, ...argv]
    const call = callOf(args, typed, await folderOf(command, args))
    root = call.root
    const printed = await mapErrors(call, () => command.run(call, args))
    if (humanCommands.includes(command)) await noteDecision(call)
    const isJson = args.flag('json') && printed.data !== undefined
    const text = isJson
      ? JSON.stringify(safeAnswer(printed.data), null, 2)
      : safeMessage(withPaths(printed.text, root))
    if (text !== '') process.stdout.write(`${text}\n`)
    return printed.exitCode ?? 0
  } catch (error) {
    // Interrupted by the user, so no error is reported.
    const interrupted = process.exitCode
    return typeof interrupted === 'number' && interrupted > 0
      ? interrupted
      : reportError(error, command, root)
  }
}

/** After a decision of a human: for the hooks of clients, and for the witness. */
async function noteDecision(call: Call): Promise<void> {
  await writeHookState(call)
  const note = await notifyWitness(call)
  if (note !== undefined) process.stderr.write(`${safeMessage(note)}\n`)
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

function parse(
  command: Command,
  argv: readonly string[],
): { positionals: string[]; values: Values } {
  try {
    const options = { ...sharedOptions, ...command.options }
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Removes Node's hint on positional arguments that begin with a dash, which does not help here.
    throw new UsageError(message.replace(/\. To specify a positional argument .*$/s, '.'))
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

function callOf(args: Arguments, typed: readonly string[], { root, reason }: ProjectFolder): Call {
  const controller = new AbortController()
  onEndSignal(signal => {
    controller.abort()
    endAllRuns()
    process.exitCode = exitCodeOf(signal)
  })
  return {
    root,
    rootReason: reason,
    feature: args.text('feature'),
    holder: terminalHolder(),
    frontend: commandFrontend(typed, args.text('feature')),
    signal: controller.signal,
    note: text => {
      if (process.stderr.isTTY) process.stderr.write(`${safeText(text)} …\n`)
    },
  }
}

/** Chosen in the same order as in the server, without the roots of a client. */
async function folderOf(command: Command, args: Arguments): Promise<ProjectFolder> {
  const folder = args.text('root') ?? process.env['REDGREEN_ROOT']
  const candidates =
    folder === undefined
      ? environmentCandidates()
      : [{ folder, source: '--root or REDGREEN_ROOT', isNamed: true }]
  try {
    return await chooseProjectFolder(candidates)
  } catch (error) {
    if (command.anywhere && error instanceof Refusal) return { root: folder ?? process.cwd() }
    throw error
  }
}

/** Leases taken at a terminal belong to the user and the shell, and live as long as the shell. */
function terminalHolder(): Holder {
  const { username } = os.userInfo()
  const shell = process.ppid
  return createHolder(`${username}:${shell}`, `${username} (terminal, process ${shell})`, shell)
}

function reportError(error: unknown, command: Command, root: string): number {
  if (error instanceof Refusal && error.code !== 'bad_arguments') {
    process.stderr.write(`${safeMessage(`[${error.code}] ${withPaths(error.message, root)}`)}\n`)
    return 1
  }
  if (error instanceof UsageError || error instanceof Refusal) {
    const usage = `Usage: redgreen ${command.name} ${command.usage}`.trim()
    process.stderr.write(
      safeMessage(`${error.message}\n${usage}\nMore: redgreen ${command.name} --help\n`),
    )
    return 2
  }
  // Not every value can be converted to a string.
  const text = error instanceof Error ? error.message : inspect(error)
  process.stderr.write(`Internal error: ${safeText(text)}\n`)
  if (process.env['REDGREEN_DEBUG']) console.error(error)
  else process.stderr.write('Set REDGREEN_DEBUG=1 to see where it happened.\n')
  return 3
}
