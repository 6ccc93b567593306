import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { createHolder } from '../store/leases/holder.ts'
import { approve } from '../workflow/human/approve.ts'
import { makeProject, type Files, type Project } from './projects/project.ts'
import { openClient, type ToolAnswer, type Client } from '../server/stdio-client.ts'

/** Result when nothing stopped the attack. */
export const SUCCEEDED = 'succeeded'

type Input = Record<string, unknown>

/** An assistant with its own server. */
export interface Agent {
  /** Calls a tool and returns any answer. */
  call(tool: string, input?: Input): Promise<ToolAnswer>
  /** Calls a tool for regular work; throws if it is refused. */
  work(tool: string, input?: Input): Promise<ToolAnswer>
  /** Calls a tool as an attack; returns the refusal code, or `SUCCEEDED`. */
  attempt(tool: string, input?: Input): Promise<string>
}

/** Where an attack runs: a temporary project, an agent, its editor and its shell. */
export interface Sandbox extends Project, Agent {
  /** Replaces the server by a new process. */
  restart(): Promise<void>
  /** Another agent on the same project; `agrees`: its client answers yes to every form. */
  secondAgent(client?: { agrees: boolean }): Promise<Agent>
  /** Runs a command without a terminal; returns its refusal code, or `SUCCEEDED`. */
  runCommand(args: readonly string[], input?: string): Promise<string>
  /** Runs `redgreen verify`; returns the command if a finding contains every text, or `SUCCEEDED` if nothing was found. */
  runVerify(options: readonly string[], ...texts: string[]): Promise<string>
  /** The human approves the current plan. */
  approvePlan(): Promise<void>
  /** The first ledger file, relative to the project, and the events of all of them. */
  ledger(): { file: string; lines: Record<string, unknown>[] }
}

/** Makes a sandbox, runs the scenario in it, and removes it in any case. */
export async function inSandbox<T>(
  { program, signal }: { program: string; signal: AbortSignal },
  files: Files,
  run: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const project = await makeProject(files)
  const clients: Client[] = []
  try {
    return await Promise.race([
      run(createSandbox(project, clients, program, signal)),
      ended(signal),
    ])
  } finally {
    await Promise.all(clients.map(client => client.end()))
    await project.end()
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function createSandbox(
  project: Project,
  clients: Client[],
  program: string,
  signal: AbortSignal,
): Sandbox {
  const argv = [process.execPath, program] as const
  const options = { cwd: project.root, env: environment(project), signal }
  const ledger = () => readLedgers(project)
  const open = async (behaviour?: { agrees: boolean }) => {
    const client = await openClient({
      argv: [...argv, '--root', project.root],
      ...options,
      ...behaviour,
    })
    clients.push(client)
    return client
  }
  let own: Promise<Client> | undefined
  const run = (args: readonly string[], input = '') =>
    runProgram([...argv, ...args], options, input)
  return {
    ...project,
    ...createAgent(() => (own ??= open()), ledger),
    ledger,
    async restart() {
      await (await own)?.end()
      own = undefined
    },
    async secondAgent(behaviour) {
      const client = await open(behaviour)
      return createAgent(() => Promise.resolve(client), ledger)
    },
    async runCommand(args, input) {
      const { exitCode, stderr } = await run(args, input)
      const [, code = stderr] = /^\[(\w+)\]/.exec(stderr) ?? []
      return exitCode === 0 ? SUCCEEDED : code
    },
    async runVerify(flags, ...texts) {
      const { exitCode, stdout, stderr } = await run(['verify', ...flags, '--json'])
      if (exitCode === 0) return SUCCEEDED
      const report = verified.safeParse(exitCode === 1 ? JSON.parse(stdout) : undefined)
      const findings = report.data?.findings.map(finding => finding.text) ?? []
      const named = findings.some(finding => texts.every(text => finding.includes(text)))
      return named ? ['verify', ...flags].join(' ') : `${findings.join(' ')}${stderr}`
    },
    approvePlan: () => approveAs(project, signal),
  }
}

const verified = z.object({ findings: z.array(z.object({ text: z.string() })) })

/** The event that a successful step writes into the ledger. */
const RECORDS: Record<string, string> = {
  next_task: 'start',
  record_red: 'red',
  record_green: 'green',
  mark_complete: 'done',
}

function createAgent(client: () => Promise<Client>, ledger: Sandbox['ledger']): Agent {
  const call = async (tool: string, input: Input = {}) => (await client()).call(tool, input)
  return {
    call,
    async work(tool, input) {
      const answer = await call(tool, input)
      if (answer.code === undefined) return answer
      throw new Error(`Regular work was refused: ${answer.text.split('\n')[0]}`)
    },
    async attempt(tool, input) {
      const before = ledger().lines.length
      const { code } = await call(tool, input)
      if (code === undefined) return SUCCEEDED
      const added = ledger().lines.slice(before)
      const isRecorded = added.some(({ kind }) => kind === RECORDS[tool])
      return isRecorded ? `${code}, but it was recorded` : code
    },
  }
}

/** A user's environment without variables that configure the server, and with its own temporary folder. */
function environment({ outside }: Project): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, PATHEXT, LANG } = process.env
  return { PATH, HOME, SystemRoot, PATHEXT, LANG, TMPDIR: outside, TEMP: outside, TMP: outside }
}

interface ProgramResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

async function runProgram(
  [program = '', ...args]: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
  input: string,
): Promise<ProgramResult> {
  const child = spawn(program, args, { ...options, killSignal: 'SIGTERM' })
  child.stdin.on('error', () => undefined).end(input)
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { exitCode: child.exitCode, stdout, stderr }
}

function readLedgers({ root }: Project): ReturnType<Sandbox['ledger']> {
  const folder = path.join(root, '.redgreen/ledger')
  const names = namesIn(folder).filter(name => name.endsWith('.jsonl'))
  const texts = names.map(name => readFileSync(path.join(folder, name), 'utf8'))
  const lines = texts.flatMap(all => all.trim().split('\n')).filter(line => line !== '')
  const file = path.posix.join('.redgreen/ledger', ...(names[0] ?? '').split(path.sep))
  return { file, lines: lines.map(line => entry.parse(JSON.parse(line))) }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  } catch {
    return []
  }
}

const entry = z.record(z.string(), z.unknown())

/** The human of the sandbox: the same step as `redgreen approve`, with a fixed yes instead of a terminal. */
async function approveAs({ root }: Project, signal: AbortSignal): Promise<void> {
  const holder = createHolder('human', 'a human', process.pid)
  const human = {
    channel: 'terminal' as const,
    confirm: () => Promise.resolve(true),
    confirmEach: (_: string, points: readonly string[]) => Promise.resolve(points.map(() => true)),
  }
  const frontend = { describeStep: () => '', human }
  await approve({ root, holder, frontend, signal, note: () => undefined })
}
