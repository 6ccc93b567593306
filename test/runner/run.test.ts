import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/evidence/chain.ts'
import { endTree, isGroupAlive } from '../../src/runner/process-tree.ts'
import { runProcess } from '../../src/runner/run.ts'
import type { RunRequest } from '../../src/runner/run-request.ts'
import { temporaryFolder } from './project.ts'

const LINUX = process.platform === 'linux'

describe('the end of a program', () => {
  test('has the exit code and the output of both streams', async () => {
    const end = await node(`console.log('out'); console.error('err'); process.exitCode = 3`)
    expect(end).toMatchObject({ end: 'exited', exitCode: 3, signal: null, outputBytes: 8 })
    expect(end.output.split('\n').sort()).toEqual(['', 'err', 'out'])
  })

  test('has the name of the signal', async () => {
    const end = await node(`process.kill(process.pid, 'SIGSEGV')`)
    expect(end).toMatchObject({ end: 'exited', exitCode: null, signal: 'SIGSEGV' })
  })

  test('names a missing program', async () => {
    const end = await runProcess({ ...request(), argv: ['no-such-program-anywhere'] })
    expect(end).toMatchObject({
      end: 'not_started',
      exitCode: null,
      reason: 'The program no-such-program-anywhere was not found.',
    })
  })

  test('names a missing folder', async () => {
    const cwd = path.join(temporaryFolder(), 'gone')
    const end = await runProcess({ ...request(), cwd, argv: [process.execPath] })
    expect(end.end).toBe('not_started')
    expect(end.reason).toContain(cwd)
  })

  test('has a reason if an argument contains a NUL character', async () => {
    const end = await runProcess({ ...request(), argv: [process.execPath, 'a\0b'] })
    expect(end.end).toBe('not_started')
  })

  test('shows that arguments reach the program unchanged', async () => {
    const odd = ['$HOME', '; ls', '"', "'", '-x', '*', 'a b', '']
    const end = await node('console.log(JSON.stringify(process.argv.slice(1)))', {}, ['--', ...odd])
    expect(JSON.parse(end.output)).toEqual(odd)
  })

  test('shows that the standard input is empty', async () => {
    const end = await node(`process.stdin.resume().on('end', () => console.log('end of input'))`)
    expect(end.output).toBe('end of input\n')
  })
})

describe('a process tree', () => {
  test('is ended at the time limit', async () => {
    const end = await node('setInterval(() => {}, 1000)', { timeoutMs: 300 })
    expect(end.end).toBe('timed_out')
  })

  test('is killed if it ignores SIGTERM', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`
    const { end, pids } = await withChild(stubborn, stubborn, { cancel: true })
    expect(end.end).toBe('cancelled')
    for (const pid of pids) await gone(pid)
  })

  test('is killed if only a child ignores SIGTERM', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`
    const { end, pids } = await withChild('setInterval(() => {}, 1000)', stubborn, { cancel: true })
    expect(end.end).toBe('cancelled')
    for (const pid of pids) await gone(pid)
  })

  test('is ended if a child holds the pipes after the program has exited', async () => {
    const { end, pids } = await withChild('process.exit(0)', 'setInterval(() => {}, 1000)')
    expect(end).toMatchObject({ end: 'exited', exitCode: 0 })
    for (const pid of pids) await gone(pid)
  })

  test('is ended if a child without pipes is left after the program has exited', async () => {
    const { end, pids } = await withChild('process.exit(0)', 'setInterval(() => {}, 1000)', {
      stdio: 'ignore',
    })
    expect(end).toMatchObject({ end: 'exited', exitCode: 0 })
    for (const pid of pids) await gone(pid)
  })

  test.runIf(LINUX)('is ended with a process that left the group by setsid', async () => {
    const { end, pids } = await withChild(
      'setInterval(() => {}, 1000)',
      'setInterval(() => {}, 1000)',
      { cancel: true, stdio: 'ignore', detached: true },
    )
    expect(end.end).toBe('cancelled')
    for (const pid of pids) await gone(pid)
  })

  test.runIf(LINUX)(
    'is ended with a process that was forked twice and holds the pipes',
    async () => {
      const folder = temporaryFolder()
      const file = path.join(folder, 'pid')
      const script = `(setsid sh -c 'echo $$ > ${file}; exec sleep 60' &) ; while [ ! -s ${file} ]; do :; done`
      const end = await runProcess({ ...request(), argv: ['sh', '-c', script] })
      expect(end).toMatchObject({ end: 'exited', exitCode: 0 })
      await gone(Number(readFileSync(file, 'utf8')))
    },
  )

  test('is ended if the run is cancelled', async () => {
    const abort = new AbortController()
    const end = await node(`console.log('up'); setInterval(() => {}, 1000)`, {
      signal: abort.signal,
      onOutput: () => abort.abort(),
    })
    expect(end).toMatchObject({ end: 'cancelled', output: 'up\n' })
  })

  test('is not started if the run is already cancelled', async () => {
    const file = path.join(temporaryFolder(), 'ran')
    const end = await node(`require('fs').writeFileSync(${JSON.stringify(file)}, '')`, {
      signal: AbortSignal.abort(),
    })
    expect(end.end).toBe('cancelled')
    expect(existsSync(file)).toBe(false)
  })

  test.skipIf(process.platform === 'win32')(
    'is killed by its group if it ignores SIGTERM and has no mark',
    async () => {
      const stubborn = `process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)`
      const child = execa(process.execPath, ['-e', stubborn], { detached: true, reject: false })
      await new Promise(resolve => child.stdout.once('data', resolve))
      await endTree({ pid: child.pid ?? 0, run: 'no process has this mark' })
      expect((await child).signal).toBe('SIGKILL')
    },
  )

  test('is never the group of this process or of all processes', () => {
    expect([0, 1, -1, Number.NaN].map(isGroupAlive)).toEqual([false, false, false, false])
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'exit'] as const)(
    'is ended when the server ends by %s',
    async how => {
      const folder = temporaryFolder()
      const pidFile = path.join(folder, 'pid')
      const child = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`
      const server = execa(process.execPath, [await bundledRun(folder), child, how], {
        reject: false,
      })
      await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '')
      if (how !== 'exit') server.kill(how)
      const ended = await server
      expect(how === 'exit' ? ended.exitCode : ended.signal).toBe(how === 'exit' ? 0 : how)
      await gone(Number(readFileSync(pidFile, 'utf8')))
    },
  )
})

describe('the output', () => {
  test('is limited, and takes a limited amount of memory', async () => {
    const before = process.memoryUsage().rss
    const end = await node(
      `const b = Buffer.alloc(65536, 'y\\n'); const go = () => { while (process.stdout.write(b)); process.stdout.once('drain', go) }; go()`,
      {
        maxOutputBytes: 200 * 1024 * 1024,
        log: { file: path.join(temporaryFolder(), 'log') },
      },
    )
    expect(end.end).toBe('output_limit')
    expect(end.outputBytes).toBeGreaterThan(200 * 1024 * 1024)
    expect(end.output.length).toBeLessThan(13_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024)
  })

  test('is kept completely up to the limit', async () => {
    for (const length of [4095, 4096, 4097, 12_287, 12_288]) {
      const end = await node(`console.log('z'.repeat(${length - 1}))`)
      expect(end.output).toBe(`${'z'.repeat(length - 1)}\n`)
    }
  })

  test('is cut in the log, which says so', async () => {
    const log = path.join(temporaryFolder(), 'deep', 'log')
    const hashes: string[] = []
    await node(`process.stdout.write('y\\n'.repeat(20 * 1024 * 1024))`, {
      log: { file: log, closed: hash => hashes.push(hash) },
    })
    expect(statSync(log).size).toBeLessThan(33 * 1024 * 1024)
    expect(readFileSync(log, 'utf8').split('[log cut at')).toHaveLength(2)
    expect(hashes).toEqual([sha256(readFileSync(log))])
  })

  test('is complete in the log, which only the owner can read', async () => {
    const log = path.join(temporaryFolder(), 'log')
    const end = await node(`for (let n = 0; n < 5000; n++) console.log('line', n)`, {
      log: { file: log },
    })
    expect(readFileSync(log, 'utf8')).toMatch(/^line 0\n[^]*line 4999\n$/)
    expect(end.output).toMatch(
      /^line 0\n[^]*\n… \[\d+ characters left out: see the log\]\nline \d+\n[^]*line 4999\n$/,
    )
    const [, omitted] = /… \[(\d+) characters/.exec(end.output) ?? []
    expect(end.output.replace(/… \[.*\n/, '').length + Number(omitted)).toBe(statSync(log).size)
    expect(statSync(log).mode & 0o077 & (process.platform === 'win32' ? 0 : 0o777)).toBe(0)
  })

  test('throws if the log cannot be written', async () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'log'))
    await expect(node('1', { log: { file: path.join(folder, 'log') } })).rejects.toThrow('EISDIR')
  })

  test('contains no colors, control characters or invalid bytes', async () => {
    const end = await node(
      `process.stdout.write(Buffer.from([0xff, 0xfe, 0, 7, 8, 0xc3, 0x28, 10])); console.log('\\x1b[31mred\\x1b[0m\\u202e\\u200b!')`,
    )
    expect(end.output).toMatch(/^\ufffd\ufffd\ufffd\(\nred!\n$/)
  })

  test('is redacted in the outcome, the log and the progress', async () => {
    const log = path.join(temporaryFolder(), 'log')
    const secret = `ghp_${'a1B2'.repeat(9)}`
    let progress = ''
    const end = await node(
      `process.stdout.write('x ghp_' + 'a1B2'.repeat(4)); setTimeout(() => console.log('a1B2'.repeat(5) + ' y'), 50)`,
      { log: { file: log }, onOutput: text => (progress += text) },
    )
    const texts = [end.output, readFileSync(log, 'utf8'), progress]
    expect(texts).toEqual(Array.from(texts, () => 'x [redacted] y\n'))
    expect(texts.join('')).not.toContain(secret.slice(0, 12))
  })
})

describe('the environment of a program', () => {
  const SET = {
    NODE_TEST_CONTEXT: 'child-v8',
    VITEST_WORKER_ID: '1',
    NODE_OPTIONS: '--no-warnings',
    PYTEST_ADDOPTS: '-x',
    LD_PRELOAD: '',
    GIT_DIR: '/x',
    npm_config_registry: 'x',
    MY_SECRET: 's3cret',
    FORCE_COLOR: '1',
    LC_ALL: 'C.UTF-8',
  }

  test('contains only allow-listed variables and those of the request', async () => {
    Object.assign(process.env, SET)
    const end = await node('console.log(JSON.stringify(process.env))', { env: { GIVEN: 'yes' } })
    for (const name of Object.keys(SET)) delete process.env[name]
    const result: unknown = JSON.parse(end.output)
    expect(result).toMatchObject({ GIVEN: 'yes', CI: '1', NO_COLOR: '1', LC_ALL: 'C.UTF-8' })
    expect(result).toHaveProperty('PATH')
    for (const name of Object.keys(SET).filter(name => name !== 'LC_ALL'))
      expect(result).not.toHaveProperty(name)
    expect(result).not.toHaveProperty('VITEST')
  })

  test('does not contain variables that make the program run other code', async () => {
    const env = { NODE_OPTIONS: '--no-such-option', LD_PRELOAD: '/x.so', BASH_ENV: '/x' }
    const end = await node('console.log(process.env.NODE_OPTIONS, process.env.BASH_ENV)', { env })
    expect(end.output).toBe('undefined undefined\n')
  })
})

function request(): RunRequest {
  return { argv: [], cwd: process.cwd(), timeoutMs: 100_000 }
}

function node(script: string, more: Partial<RunRequest> = {}, args: string[] = []) {
  return runProcess({ ...request(), argv: [process.execPath, '-e', script, ...args], ...more })
}

/**
 * Runs a leader that starts a child. When the child is running, the leader runs its own script, and the run is cancelled if
 * that is requested. Returns the ids of both processes.
 */
async function withChild(
  leader: string,
  child: string,
  { cancel, ...options }: { cancel?: true; stdio?: 'ignore'; detached?: true } = {},
) {
  const folder = temporaryFolder()
  const writePid = (name: string) =>
    `require('fs').writeFileSync(${JSON.stringify(path.join(folder, name))}, String(process.pid));`
  const childFile = path.join(folder, 'child')
  const spawnOptions = JSON.stringify({ stdio: 'inherit', ...options })
  const script = `${writePid('leader')}
    require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`${child};${writePid('child')}`)}], ${spawnOptions})
    const poll = setInterval(() => { if (!require('fs').existsSync(${JSON.stringify(childFile)})) return; clearInterval(poll); ${leader} }, 5)`
  const abort = new AbortController()
  const run = node(script, { signal: abort.signal })
  await until(() => existsSync(childFile) && readFileSync(childFile, 'utf8') !== '')
  if (cancel) abort.abort()
  const end = await run
  const pids = ['leader', 'child'].map(name =>
    Number(readFileSync(path.join(folder, name), 'utf8')),
  )
  return { end, pids }
}

/** Bundles a program that starts a run, from the sources. Returns its path. */
async function bundledRun(folder: string): Promise<string> {
  const source = path.resolve('src/runner/run.ts')
  const entry = path.join(folder, 'entry.ts')
  writeFileSync(
    entry,
    `import { runProcess } from ${JSON.stringify(source)}
    void runProcess({ argv: [process.execPath, '-e', process.argv[2]], cwd: process.cwd(), timeoutMs: 100000 })
    // The file exists before it has content.
    const file = ${JSON.stringify(path.join(folder, 'pid'))}
    const up = () => require('fs').existsSync(file) && require('fs').readFileSync(file, 'utf8') !== ''
    if (process.argv[3] === 'exit') setInterval(() => { if (up()) process.exit(0) }, 20)`,
  )
  const outfile = path.join(folder, 'entry.mjs')
  const banner = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`
  await execa('node_modules/.bin/esbuild', [
    entry,
    '--bundle',
    '--platform=node',
    '--format=esm',
    `--banner:js=${banner}`,
    `--outfile=${outfile}`,
  ])
  return outfile
}

async function gone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1)
  await until(() => !isRunning(pid))
}

/** A process that has ended but was not reaped yet does not count as running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !LINUX || !/^State:\s+Z/m.test(statusOf(pid))
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return 'State:\tZ'
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('The condition did not hold within a minute.')
    await wait(10)
  }
}
