import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import type { Options } from 'execa'
import { childEnvironment } from './environment.ts'
import { untrackTree, type RegisterRun, trackTree } from './live-runs.ts'
import { OutputCollector } from './output.ts'
import { killTree, type ProcessTree } from './process-tree.ts'
import { resolveProgram } from './program.ts'
import type { RunningProgram, StartedProcess } from './standby/started-process.ts'
import { TreeStopper } from './tree-stopper.ts'
import type { RunRequest, ProcessEnd } from './run-request.ts'

/**
 * Runs a program until its whole process tree has ended. Whatever the program does (exit, hang, print too much, crash) is part
 * of the result. Throws only if the log cannot be written.
 *
 * @param process a process that was started for the request already
 */
export async function runProcess(
  request: RunRequest,
  process?: StartedProcess,
): Promise<ProcessEnd> {
  const started = performance.now()
  const output = new OutputCollector(request.log, request.onOutput, request)
  try {
    const exit = await (process ? adopt(process, request, output) : reachEnd(request, output))
    const retained = output.finish()
    if (output.fault !== undefined) throw output.fault
    return { ...exit, durationMs: Math.round(performance.now() - started), ...retained }
  } finally {
    output.finish()
  }
}

type Exit = Pick<ProcessEnd, 'end' | 'exitCode' | 'signal' | 'reason' | 'left'>

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024
// A grandchild that inherited the pipes could keep them open forever.
const DRAIN_TIMEOUT_MS = 300

async function reachEnd(request: RunRequest, output: OutputCollector): Promise<Exit> {
  if (request.signal?.aborted) return { end: 'cancelled', exitCode: null, signal: null }
  const [program, ...args] = request.argv
  if (program === undefined) return notStarted('The command is empty.')
  if (request.argv.some(text => text.includes('\0'))) return notStarted(NUL_IN_ARGUMENT)
  if (!isFolder(request.cwd)) return notStarted(`The folder ${request.cwd} does not exist.`)
  const { execa } = await import('execa')
  const { run = randomUUID() } = request
  // Recorded before the start, because this process may be killed right after it.
  const entry = request.register?.(run, request.argv)
  try {
    const options = optionsOf(request, run)
    const file = resolveProgram(program, pathIn(options.env), request.cwd)
    const child = execa(file, args, options)
    if (child.pid === undefined) return notStarted(whyNot(program, (await child).code))
    const { stdout, stderr } = child
    const exited = once<[number | null, string | null]>(child, 'exit')
    const tree = { pid: child.pid, run }
    return await follow({ stdout, stderr, exited }, tree, request, output, entry)
  } finally {
    entry?.ended()
  }
}

/** Lets a process run that was started before. */
async function adopt(
  { program, tree, begin }: StartedProcess,
  request: RunRequest,
  output: OutputCollector,
): Promise<Exit> {
  const entry = request.register?.(tree.run, request.argv, tree.pid)
  try {
    const end = follow(program, tree, request, output)
    begin()
    return await end
  } finally {
    entry?.ended()
  }
}

async function follow(
  program: RunningProgram,
  tree: ProcessTree,
  request: RunRequest,
  output: OutputCollector,
  entry?: ReturnType<RegisterRun>,
): Promise<Exit> {
  trackTree(tree)
  try {
    entry?.started(tree.pid)
    return await watch(program, tree, request, output)
  } catch (error) {
    killTree(tree)
    throw error
  } finally {
    untrackTree(tree)
  }
}

function optionsOf(request: RunRequest, run: string) {
  return {
    cwd: request.cwd,
    env: childEnvironment(process.env, request, run),
    extendEnv: false,
    shell: false,
    preferLocal: false,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    windowsHide: true,
    detached: process.platform !== 'win32',
  } as const satisfies Options
}

/** Windows writes the name of the variable in other letters. */
function pathIn(env: Record<string, string>): string | undefined {
  return Object.entries(env).find(([name]) => /^PATH$/i.test(name))?.[1]
}

async function watch(
  { stdout, stderr, exited }: RunningProgram,
  tree: ProcessTree,
  request: RunRequest,
  output: OutputCollector,
): Promise<Exit> {
  const stopper = new TreeStopper(tree, request.graceMs)
  const timer = setTimeout(() => stopper.stop('timed_out'), request.timeoutMs)
  const onAbort = () => stopper.stop('cancelled')
  request.signal?.addEventListener('abort', onAbort)
  const limit = request.maxOutputBytes ?? MAX_OUTPUT_BYTES
  const onBytes = () => {
    if (output.bytes > limit || output.fault !== undefined) stopper.stop('output_limit')
  }
  const drained = [stdout, stderr].map(stream => {
    output.listen(stream, onBytes, stream === stdout ? 'stdout' : 'stderr')
    return once(stream, 'close')
  })
  const [exitCode, signal] = await Promise.race([exited, stopper.gaveUp])
  clearTimeout(timer)
  request.signal?.removeEventListener('abort', onAbort)
  const isDrained = await Promise.race([
    Promise.all(drained).then(() => true),
    wait(DRAIN_TIMEOUT_MS, false),
  ])
  const left = await stopper.endRest(isDrained, request.thorough === true)
  return { end: stopper.cause ?? 'exited', exitCode, signal, ...(left && { left }) }
}

const NUL_IN_ARGUMENT = 'An argument contains a NUL character, which cannot be passed to a program.'

function once<Values extends unknown[]>(
  emitter: NodeJS.EventEmitter,
  event: string,
): Promise<Values> {
  return new Promise(resolve => {
    emitter.once(event, (...values: Values) => resolve(values))
  })
}

function notStarted(reason: string): Exit {
  return { end: 'not_started', exitCode: null, signal: null, reason }
}

function whyNot(program: string, code: string | undefined): string {
  if (code === 'ENOENT') return `The program ${program} was not found.`
  if (code === 'EACCES') return `The program ${program} is not executable.`
  return `The program ${program} could not be started (${code ?? 'unknown cause'}).`
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
}
