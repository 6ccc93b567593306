import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)

/** The folder of PostgreSQL's programs; `undefined` if it is not installed. Tests that need it are then skipped. */
export const POSTGRES = findPrograms()

/** The password of the role `redgreen`, which owns the databases. */
export const PASSWORD = 'pass/word:of the@test'

/** A PostgreSQL server for tests, which loses nothing if it is stopped immediately. Roles connect over TCP with a password. */
export class TestPostgres {
  readonly folder: string
  readonly port: number
  #count = 0
  #guarding: ChildProcess | undefined

  private constructor(folder: string, port: number) {
    this.folder = folder
    this.port = port
  }

  /** Creates a cluster in a folder, and starts it. Call `end` after it. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'redgreen-pg-')))
    const owner = accountFor()
    if (owner) chownSync(folder, owner.uid, owner.gid)
    const server = new TestPostgres(folder, await freePort())
    server.#guarding = server.#guard()
    await as('initdb', [
      '-D',
      server.#data,
      '-A',
      'scram-sha-256',
      '--auth-local=trust',
      '-U',
      'admin',
      '-E',
      'UTF8',
      '--no-sync',
      '--no-instructions',
    ])
    server.#settings = settings
    await server.startAgain()
    await server.sql('postgres', `CREATE ROLE redgreen LOGIN PASSWORD '${PASSWORD}'`)
    return server
  }

  #settings: Readonly<Record<string, string>> = {}

  /** Starts it after a stop, with other settings if some are given. */
  async startAgain(changed = this.#settings): Promise<void> {
    this.#settings = changed
    const settings = {
      fsync: 'off',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.folder,
      port: String(this.port),
      ...this.#settings,
    }
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
    const log = path.join(this.folder, 'log')
    await as('pg_ctl', ['start', '-w', '-D', this.#data, '-l', log, '-o', options.join(' ')])
  }

  writeData(name: string, text: string): void {
    this.writeFile(path.join('data', name), text)
  }

  /** Writes a file that only the account of the server can read. Returns its path. */
  writeFile(name: string, text: string): string {
    const file = path.join(this.folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    const account = accountFor()
    if (account) chownSync(file, account.uid, account.gid)
    return file
  }

  removeData(name: string): void {
    rmSync(path.join(this.#data, name))
  }

  /** Makes a certificate for `localhost` with `openssl`; it is used after a start with `ssl` on. Returns its file. */
  makeCertificate(): string {
    const [key, certificate] = ['key', 'crt'].map(end => path.join(this.folder, `made.${end}`))
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const kind = ['req', '-new', '-x509', '-nodes', '-newkey', 'rsa:2048', '-days', '2']
    const files = ['-keyout', key ?? '', '-out', certificate ?? '']
    execFileSync('openssl', [...kind, ...subject, ...files], { stdio: 'ignore' })
    this.writeData('server.key', readFileSync(key ?? '', 'utf8'))
    this.writeData('server.crt', readFileSync(certificate ?? '', 'utf8'))
    return certificate ?? ''
  }

  /** `immediate` is what a crash does. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await as('pg_ctl', ['stop', '-w', '-D', this.#data, '-m', mode])
  }

  /** A new database that belongs to the role `redgreen`. Returns its URL. */
  async database(options = ''): Promise<string> {
    this.#count += 1
    const name = `db${this.#count}`
    await this.sql('postgres', `CREATE DATABASE ${name} OWNER redgreen ${options}`)
    return this.url(name)
  }

  url(database: string, { user = 'redgreen', password = PASSWORD, port = this.port } = {}): string {
    return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
  }

  /** Runs statements as administrator, and returns the rows of the last one. */
  async sql(database: string, text: string): Promise<unknown[]> {
    const client = new Client({ host: this.folder, port: this.port, user: 'admin', database })
    await client.connect()
    try {
      const results: unknown = await client.query(text)
      const last: unknown = Array.isArray(results) ? results.at(-1) : results
      return typeof last === 'object' && last && 'rows' in last && Array.isArray(last.rows)
        ? last.rows
        : []
    } finally {
      await client.end()
    }
  }

  async end(): Promise<void> {
    if (!this.#guarding) return
    const ended = once(this.#guarding, 'close')
    this.#guarding.stdin?.end()
    await ended
  }

  /** Stops the database when this process ends in any way, because the standard input of the guard process then ends. */
  #guard(): ChildProcess {
    const script = 'cat >&2; "$1" stop -D "$2/data" -m immediate; rm -rf "$2"'
    const args = ['-c', script, 'sh', path.join(POSTGRES ?? '', 'pg_ctl'), this.folder]
    const [program = '', ...rest] = unprivileged(['sh', ...args])
    return spawn(program, rest, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  }

  get #data(): string {
    return path.join(this.folder, 'data')
  }
}

async function as(program: string, args: string[]): Promise<void> {
  const [first = '', ...rest] = command(program, args)
  // The server inherits the output, so it must not be a pipe that is waited for.
  await run(first, rest, { cwd: os.tmpdir() })
}

function command(program: string, args: readonly string[]): string[] {
  return unprivileged([path.join(POSTGRES ?? '', program), ...args])
}

/** A command that does not run as root: PostgreSQL and PgBouncer refuse that. */
export function unprivileged(command: string[]): string[] {
  const account = accountFor()
  if (!account) return command
  const { uid, gid } = account
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...command]
}

/** An account without special rights. */
function accountFor(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
}

function findPrograms(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root)
    ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a))
    : []
  const folders = [
    ...versions.map(version => path.join(root, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ]
  return folders.find(
    folder => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'pg_ctl')),
  )
}

/** A port of this machine at which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Whether something accepts connections at a port of this machine. */
export async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
