import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { canConnect, freePort, PASSWORD, unprivileged, type TestPostgres } from './postgres.ts'

/** Whether PgBouncer is installed. */
export function hasBouncer(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A PgBouncer with one connection to the database, which each transaction may use in turn. Returns its port. */
export async function startBouncer(server: TestPostgres): Promise<number> {
  const port = await freePort()
  server.writeFile('users.txt', `"redgreen" "${PASSWORD}"\n`)
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    auth_type: 'trust',
    auth_file: path.join(server.folder, 'users.txt'),
    pool_mode: 'transaction',
    default_pool_size: 1,
    unix_socket_dir: '',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  const file = server.writeFile(
    'pgbouncer.ini',
    `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${lines.join('\n')}\n`,
  )
  const [program = '', ...args] = unprivileged(['pgbouncer', '-q', file])
  const bouncer = spawn(program, args, { stdio: 'ignore' })
  onTestFinished(async () => {
    if (bouncer.exitCode !== null) return
    bouncer.kill('SIGKILL')
    await once(bouncer, 'close')
  })
  await vi.waitFor(async () => {
    if (!(await canConnect(port))) throw new Error('PgBouncer does not listen yet')
  }, 20_000)
  return port
}
