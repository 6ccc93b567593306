import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import process from 'node:process'
import { processesOf } from './process-tree.ts'

/** Does a program on this machine accept connections on the port? */
export async function isPortTaken(port: number): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map(host => isAnswered(host, port)))
  return answers.includes(true)
}

/** A port that is free at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The program that listens on a port, such as `node (process 4711)`. Linux only, and only programs of the current user. */
export function portOwner(port: number): string | undefined {
  const sockets = new Set(
    listening().flatMap(listener => (listener.port === port ? [listener.socket] : [])),
  )
  if (sockets.size === 0) return undefined
  const pid = everyProcess().find(pid => socketsOf(pid).some(socket => sockets.has(socket)))
  return pid === undefined ? undefined : `${nameOf(pid)} (process ${pid})`
}

/** The ports on which the processes of a run listen. Linux only. */
export function portsOfRun(run: string): number[] {
  const sockets = new Set(processesOf(run).flatMap(socketsOf))
  const ports = listening().flatMap(({ socket, port }) => (sockets.has(socket) ? [port] : []))
  return [...new Set(ports)].sort((a, b) => a - b)
}

/**
 * The program that listens on a port if it is certain that the run did not start it; `undefined` if the run did, and if that is not
 * known: on other systems than Linux, for programs of other users, and for those that listen on behalf of a container.
 */
export function foreignListener(port: number, run: string): string | undefined {
  const sockets = new Set(
    listening().flatMap(listener => (listener.port === port ? [listener.socket] : [])),
  )
  if (sockets.size === 0) return undefined
  const own = new Set(processesOf(run))
  const owners = everyProcess().filter(pid => socketsOf(pid).some(socket => sockets.has(socket)))
  const isOwn = owners.some(pid => isBelow(pid, own) || CONTAINERS.test(nameOf(pid)))
  const [first] = owners
  return isOwn || first === undefined ? undefined : `${nameOf(first)} (process ${first})`
}

/** Is the process one of these, or started by one of them? A program may have emptied the environment that marks it. */
function isBelow(pid: number, tree: ReadonlySet<number>): boolean {
  const seen = new Set<number>()
  for (let at = pid; at > 1 && !seen.has(at); at = parentOf(at)) {
    if (tree.has(at)) return true
    seen.add(at)
  }
  return false
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
}

/** Programs that hold the ports of containers, which the daemon starts and not the command that asked for it. */
const CONTAINERS =
  /^(docker|containerd|rootlesskit|rootlessport|slirp4netns|passt|pasta|podman|conmon|netavark|qemu|limactl|colima|ssh$)/

const CONNECT_TIMEOUT_MS = 1000

function isAnswered(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port })
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

/** Listening TCP sockets of the machine, from the kernel's tables. */
function listening(): { port: number; socket: string }[] {
  if (process.platform !== 'linux') return []
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(table =>
    read(table)
      .split('\n')
      .flatMap(line => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
        const port = Number.parseInt(local.split(':')[1] ?? '', 16)
        return state === TCP_LISTEN && port > 0 ? [{ port, socket: `socket:[${inode}]` }] : []
      }),
  )
}

const TCP_LISTEN = '0A'

function everyProcess(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0)
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).flatMap(name => link(`${folder}/${name}`))
  } catch {
    // The process has ended, or belongs to another user.
    return []
  }
}

function link(file: string): string[] {
  try {
    const target = readlinkSync(file)
    return target.startsWith('socket:') ? [target] : []
  } catch {
    return []
  }
}

function nameOf(pid: number): string {
  return read(`/proc/${pid}/comm`).trim() || 'a program'
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
