import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'

/** A repository in a temporary folder. */
export interface Repository {
  root: string
  write(file: string, text: string): void
  remove(): void
}

export function makeRepository(files: Record<string, string>): Repository {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-bench-')))
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  execFileSync('git', ['init', '-q', root])
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** One small feature of spec-kit, with its settings. */
export function featureWith(tasks: string, settings: object = {}): Record<string, string> {
  return {
    'redgreen.config.json': JSON.stringify(settings),
    'specs/001-bench/spec.md': '# Bench\n',
    'specs/001-bench/plan.md': '# Plan\n',
    'specs/001-bench/tasks.md': tasks,
  }
}

/** A real client of the built server. */
export interface Wire {
  /** Structured facts of an answer; throws the words of a refusal. */
  call(tool: string, args?: Record<string, unknown>): Promise<unknown>
  /** Resident memory of the server now, in megabytes; `undefined` where the system does not say. */
  memory(): number | undefined
  /** Processor time of the server and of all that it ran so far, in milliseconds. */
  processor(): number
  close(): Promise<void>
}

export async function openWire(root: string): Promise<Wire> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [path.resolve('dist/cli.js'), '--root', root],
  })
  const client = new Client({ name: 'bench', version: '1.0.0' })
  await client.connect(transport)
  return {
    async call(name, args = {}) {
      const answer = await client.callTool({ name, arguments: args })
      if (answer.isError) throw new Error(JSON.stringify(answer.content))
      return answer.structuredContent
    },
    memory: () => memoryOf(transport.pid ?? 0),
    processor: () => processorOf(transport.pid ?? 0, 4),
    close: () => client.close(),
  }
}

/** Processor time of what this process itself ran so far, in milliseconds. */
export function processorOfChildren(): number {
  return processorOf(process.pid, 2)
}

/** The last so many of: own user and system time, then those of children that have ended. Ticks are hundredths of a second. */
function processorOf(pid: number, count: 2 | 4): number {
  if (process.platform !== 'linux') return 0
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
  return times.slice(-count).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
}

function memoryOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
