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
import { openClient, type ToolAnswer, type Client } from './client.ts'

/** Seen when nothing stopped it. */
export const THROUGH = 'got through'

type Input = Record<string, unknown>

/** One assistant with a server of its own. */
export interface Agent {
  /** Calls a tool, whatever it answers. */
  call(tool: string, input?: Input): Promise<ToolAnswer>
  /** Honest work: throws when it is refused. */
  does(tool: string, input?: Input): Promise<ToolAnswer>
  /** The cheat: what stopped it, or that nothing did. */
  tries(tool: string, input?: Input): Promise<string>
}

/** Where a cheat is played: a throw-away project, an assistant, its editor and its shell. */
export interface Sandbox extends Project, Agent {
  /** The server ends, and another one goes on. */
  restart(): Promise<void>
  /** Another assistant on the same project; `agrees`: in a client that says yes to every form by itself. */
  secondAgent(client?: { agrees: boolean }): Promise<Agent>
  /** Runs a command of the program without a terminal: the code of its refusal, or that nothing stopped it. */
  commands(words: readonly string[], input?: string): Promise<string>
  /** Does `redgreen verify` name it, in a finding that says all of this? */
  verifies(options: readonly string[], ...told: string[]): Promise<string>
  /** A person agrees to the plan as it is. */
  approves(): Promise<void>
  /** The files of the ledger, relative to the project, and what each line of them says. */
  ledger(): { file: string; lines: Record<string, unknown>[] }
}

/** Sets the stage, plays on it, and clears it away, whatever happens. */
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
  const place = { cwd: project.root, env: environment(project), signal }
  const ledger = () => readLedgers(project)
  const open = async (options?: { agrees: boolean }) => {
    const client = await openClient({
      argv: [...argv, '--root', project.root],
      ...place,
      ...options,
    })
    clients.push(client)
    return client
  }
  let own: Promise<Client> | undefined
  const run = (words: readonly string[], input = '') =>
    runProgram([...argv, ...words], place, input)
  return {
    ...project,
    ...createAgent(() => (own ??= open()), ledger),
    ledger,
    async restart() {
      await (await own)?.end()
      own = undefined
    },
    async secondAgent(options) {
      const client = await open(options)
      return createAgent(() => Promise.resolve(client), ledger)
    },
    async commands(words, input) {
      const { exitCode, stderr } = await run(words, input)
      const [, code = stderr] = /^\[(\w+)\]/.exec(stderr) ?? []
      return exitCode === 0 ? THROUGH : code
    },
    async verifies(options, ...told) {
      const { exitCode, stdout, stderr } = await run(['verify', ...options, '--json'])
      if (exitCode === 0) return THROUGH
      const report = verified.safeParse(exitCode === 1 ? JSON.parse(stdout) : undefined)
      const findings = report.data?.findings.map(finding => finding.text) ?? []
      const named = findings.some(finding => told.every(words => finding.includes(words)))
      return named ? ['verify', ...options].join(' ') : `${findings.join(' ')}${stderr}`
    },
    approves: () => approveAs(project, signal),
  }
}

const verified = z.object({ findings: z.array(z.object({ text: z.string() })) })

/** What a step writes into the ledger when it is let through. */
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
    async does(tool, input) {
      const answer = await call(tool, input)
      if (answer.code === undefined) return answer
      throw new Error(`Honest work was stopped: ${answer.text.split('\n')[0]}`)
    },
    async tries(tool, input) {
      const before = ledger().lines.length
      const { code } = await call(tool, input)
      if (code === undefined) return THROUGH
      const added = ledger().lines.slice(before)
      const isRecorded = added.some(({ kind }) => kind === RECORDS[tool])
      return isRecorded ? `${code}, and was recorded all the same` : code
    },
  }
}

/** What a user's shell has, without what steers the server, and with a temporary folder that nobody else uses. */
function environment({ outside }: Project): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, PATHEXT, LANG } = process.env
  return { PATH, HOME, SystemRoot, PATHEXT, LANG, TMPDIR: outside, TEMP: outside, TMP: outside }
}

interface End {
  exitCode: number | null
  stdout: string
  stderr: string
}

async function runProgram(
  [program = '', ...args]: readonly string[],
  place: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
  input: string,
): Promise<End> {
  const child = spawn(program, args, { ...place, killSignal: 'SIGTERM' })
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

/** The human of the sandbox: the same step as `redgreen approve`, with a yes in the place of a terminal. */
async function approveAs({ root }: Project, signal: AbortSignal): Promise<void> {
  const holder = createHolder('person', 'a person', process.pid)
  const human = {
    channel: 'terminal' as const,
    yes: () => Promise.resolve(true),
    each: (_: string, points: readonly string[]) => Promise.resolve(points.map(() => true)),
  }
  const frontend = { describeStep: () => '', human }
  await approve({ root, holder, frontend, signal, note: () => undefined })
}
