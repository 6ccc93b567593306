import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { memoryOf } from '../server.ts'
import type { Command } from './contestant.ts'
import { environment } from './session.ts'

export interface Start {
  /** From the start of the process to the answer of `initialize`, in milliseconds. */
  ms: number
  /** Resident memory of the process and its children at that moment, in megabytes. */
  megabytes: number
}

/** Starts a server once, asks it to initialize, and ends it. */
export async function measureStart({ command, args, env }: Command, cwd: string): Promise<Start> {
  const start = performance.now()
  const stdio = ['pipe', 'pipe', 'ignore'] as const
  const server = spawn(command, args, { cwd, env: environment(env), stdio: [...stdio] })
  const ended = once(server, 'close')
  const timer = setTimeout(() => server.kill('SIGKILL'), TIMEOUT)
  server.stdin.on('error', () => undefined)
  server.stdin.write(`${JSON.stringify(INITIALIZE)}\n`)
  try {
    for await (const chunk of server.stdout) {
      if (!String(chunk).includes('"serverInfo"')) continue
      const ms = performance.now() - start
      return { ms, megabytes: memoryOfTree(server.pid ?? 0) }
    }
    throw new Error('The server did not answer initialize.')
  } finally {
    clearTimeout(timer)
    server.kill('SIGKILL')
    await ended
  }
}

/** Resident memory of a process and everything that it started, in megabytes. */
function memoryOfTree(pid: number): number {
  if (process.platform !== 'linux') return 0
  return [pid, ...descendants(pid)].reduce((sum, one) => sum + (memoryOf(one) ?? 0), 0)
}

/** The processes that a process started, and that these started. */
export function descendants(pid: number): number[] {
  if (process.platform !== 'linux') return []
  const children = readdirSync('/proc').filter(name => /^\d+$/.test(name) && parentOf(name) === pid)
  return children.flatMap(child => [Number(child), ...descendants(Number(child))])
}

/** A process may end while the list is read. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'load', version: '1.0.0' },
  },
}

/** In milliseconds. */
const TIMEOUT = 60_000
