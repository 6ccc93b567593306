import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { temporaryFolder } from '../kit/folder.ts'
import { PROGRAM, runCommand } from '../kit/program.ts'
import { projectAt, stackProject, type Project } from '../kit/project.ts'

const PLAN =
  '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n- [ ] T003 Create three.txt\n'

interface Running {
  url: string
  key: string
  token: string
  kill: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Starts `redgreen witness` in a folder. */
async function start(folder: string, ...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [PROGRAM, 'witness', '--folder', folder, ...args])
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = once(child, 'exit').then(() => child.exitCode)
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    return ended
  }
  onTestFinished(async () => void (await kill()))
  await new Promise<void>((resolve, reject) => {
    const look = () => output.includes('\n') && /[Ii]ts token .*\n/.test(errors) && resolve()
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    void ended.then(() => reject(new Error(`The witness did not start: ${errors}`)))
  })
  return {
    url: output.trim(),
    key: /public key .*: ([\w-]+)/.exec(errors)?.[1] ?? '',
    token: readFileSync(path.join(folder, 'token'), 'utf8').trim(),
    kill,
  }
}

/** The environment of a server that has this witness. */
function withWitness(
  { url, token }: Pick<Running, 'url' | 'token'>,
  more = {},
): Record<string, string> {
  const { PATH = '', HOME = '', XDG_STATE_HOME = '' } = process.env
  const own = { REDGREEN_WITNESS_URL: url, REDGREEN_WITNESS_TOKEN: token }
  return { PATH, HOME, XDG_STATE_HOME, ...own, ...more }
}

/** A project and an assistant that finishes a task with each call of `finish`. */
async function working(env: Record<string, string>) {
  const project = stackProject(PLAN)
  const { call } = await connect(project.root, { env })
  const finish = async (task: string, file: string) => {
    const started = await call('next_task', { task })
    project.write(file, 'x')
    const green = await call('record_green', { task })
    const marked = await call('mark_complete', { task })
    return [started, green, marked].map(({ text }) => text)
  }
  return { project, finish }
}

function verify(project: Project, env: Record<string, string>, ...args: string[]) {
  return runCommand(project, ['verify', ...args], { env })
}

const DOWN =
  /! The witness did not take the latest events: it cannot be reached \(\w+\)\. The work/g

describe('redgreen witness', () => {
  it('at a socket hears of each event, survives a kill, and exports what verify checks', async () => {
    const folder = path.join(temporaryFolder(), 'witness')
    const socket = path.join(temporaryFolder(), 'w.sock')
    const first = await start(folder, '--socket', socket)
    expect(first.url).toBe(`unix:${socket}`)
    expect(statSync(path.join(folder, 'key')).mode & 0o777).toBe(0o600)
    expect(statSync(path.join(folder, 'token')).mode & 0o777).toBe(0o600)
    const env = withWitness(first)
    const { project, finish } = await working(env)
    expect((await finish('T001', 'one.txt')).join('\n')).not.toContain('witness')
    const checked = verify(project, env, '--witness', first.url, '--witness-key', first.key)
    expect(checked).toMatchObject({ status: 0, stderr: '' })
    expect(checked.stdout).not.toContain('witness')

    await first.kill('SIGKILL')
    // A part of a line that was not answered.
    appendFileSync(path.join(folder, 'journal.jsonl'), '{"project":"def')
    const texts = [...(await finish('T002', 'two.txt')), ...(await finish('T003', 'three.txt'))]
    expect(texts.join('\n').match(DOWN)).toHaveLength(1)
    expect(texts[0]).toMatch(DOWN)

    const second = await start(folder, '--socket', socket)
    expect(second.key).toBe(first.key)
    const before = verify(project, env, '--witness', second.url, '--witness-key', first.key)
    expect(before.status).toBe(1)
    expect(before.stdout).toMatch(/The witness does not know \d+ events of this ledger/)
    const sent = runCommand(project, ['witness', '--send'], { env })
    expect(sent.stdout).toMatch(/^The witness heard of \d+ new events\.\n$/)
    expect(verify(project, env, '--witness', second.url).status).toBe(0)

    expect(await second.kill('SIGTERM')).toBe(0)
    const file = path.join(temporaryFolder(), 'statement.json')
    const exported = spawnSync(process.execPath, [
      PROGRAM,
      'witness',
      '--folder',
      folder,
      '--export',
      file,
    ])
    expect(exported.status).toBe(0)
    const named = ['--witness', file, '--witness-key', first.key]
    expect(verify(project, env, ...named).status).toBe(0)
    const [ledger = ''] = execFileSync('find', ['.redgreen/ledger', '-name', '*.jsonl'], {
      cwd: project.root,
      encoding: 'utf8',
    }).split('\n')
    const lines = project.read(ledger).trimEnd().split('\n')
    project.write(ledger, `${lines.slice(0, 3).join('\n')}\n`)
    const cut = verify(project, env, ...named)
    expect(cut.status).toBe(1)
    expect(cut.stdout).toMatch(/The witness heard of \d+ events \(first number 4 of chain/)
  })

  it.skipIf(spawnSync('openssl', ['version']).status !== 0)('listens with TLS', async () => {
    const folder = temporaryFolder()
    const pems = projectAt(temporaryFolder())
    const args =
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem'
    execFileSync('openssl', args.split(' '), { cwd: pems.root, stdio: 'ignore' })
    const [cert, key] = ['cert.pem', 'key.pem'].map(name => path.join(pems.root, name))
    const witness = await start(folder, '--port', '0', '--cert', `${cert}`, '--cert-key', `${key}`)
    expect(witness.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/)
    const env = withWitness(witness, { NODE_EXTRA_CA_CERTS: cert })
    const { project, finish } = await working(env)
    await finish('T001', 'one.txt')
    const trusted = ['--witness', witness.url, '--witness-key', witness.key]
    expect(verify(project, env, ...trusted).status).toBe(0)
    const { NODE_EXTRA_CA_CERTS: _trusted, ...without } = { NODE_EXTRA_CA_CERTS: '', ...env }
    expect(verify(project, without, ...trusted).stdout).toMatch(
      /The witness could not be asked: it cannot be reached \(\w+\)/,
    )
  })

  it('answers nobody without the token, and no browser', async () => {
    const { url, token, key } = await start(temporaryFolder(), '--port', '0')
    const ask = async (path: string, headers: Record<string, string>, body?: string) => {
      const options = { headers, ...(body !== undefined && { method: 'POST', body }) }
      return fetch(new URL(path, url), options)
    }
    const authorization = `Bearer ${token}`
    expect(await (await ask('/key', {})).json()).toEqual({ key })
    const statuses = [
      await ask('/statement?project=p', {}),
      await ask('/statement?project=p', { authorization: `${authorization}x` }),
      await ask('/statement?project=p', { authorization, origin: url }),
      await ask('/statement?project=p', { authorization, 'sec-fetch-site': 'same-origin' }),
      await ask('/statement?project=a/b', { authorization }),
      await ask('/events', { authorization }, '{"project":"p"}'),
      await ask('/events', { authorization }, 'no JSON'),
      await ask('/nothing?project=p', { authorization }),
      await ask('/statement?project=p', { authorization }),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([
      401, 401, 403, 403, 400, 400, 400, 404, 200,
    ])
  })

  it.each([
    ['other machines without TLS', ['--host', '0.0.0.0'], /reach 0\.0\.0\.0 without TLS/],
    ['a certificate without its key', ['--cert', 'c.pem'], /belong together/],
    ['no port', ['--port', 'x'], /is not a port/],
    ['a socket and a port', ['--socket', 's', '--port', '1'], /excludes/],
    ['a missing certificate', ['--cert', 'c.pem', '--cert-key', 'k.pem'], /There is no file/],
    ['an export from a folder without a key', ['--export', 'out.json'], /no key of a witness in/],
  ])('does not start for %s', (_, args, expected) => {
    const folder = temporaryFolder()
    const { status, stderr } = spawnSync(
      process.execPath,
      [PROGRAM, 'witness', '--folder', folder, ...args],
      { encoding: 'utf8', cwd: folder },
    )
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(expected) })
    expect(readdirSync(folder)).not.toContain('key')
  })

  it('does not start with a damaged journal, or while another one listens', async () => {
    const folder = temporaryFolder()
    const socket = path.join(folder, 's')
    const again = () =>
      spawnSync(process.execPath, [PROGRAM, 'witness', '--folder', folder, '--socket', socket], {
        encoding: 'utf8',
      })
    const running = await start(folder, '--socket', socket)
    expect(again()).toMatchObject({ status: 2, stderr: expect.stringContaining('EADDRINUSE') })
    await running.kill()
    writeFileSync(path.join(folder, 'journal.jsonl'), '{}\n')
    expect(again()).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/journal\.jsonl, line 1, is damaged/),
    })
  })
})

describe('without the variables of the user', () => {
  it('a repository cannot name a witness, and only says that one is wanted', async () => {
    const key = 'x'.repeat(60)
    const settings = { witness: { key } }
    const project = stackProject(PLAN, { 'redgreen.config.json': JSON.stringify(settings) })
    const { call } = await connect(project.root)
    const { text } = await call('next_task')
    expect(text).toContain('! The settings want a witness, and this server has none')
    project.write('one.txt', 'x')
    expect((await call('record_green', { task: 'T001' })).text).not.toContain('witness')
    const withAddress = { witness: { key, url: 'http://127.0.0.1:1/' } }
    project.write('redgreen.config.json', JSON.stringify(withAddress))
    expect(runCommand(project, ['status']).stderr).toContain('Unrecognized key')
  })

  it('loads no module for it', () => {
    const loaded = (variables: Record<string, string>) => {
      const folder = temporaryFolder()
      const env = { ...withWitness({ url: '', token: '' }, variables), NODE_V8_COVERAGE: folder }
      expect(runCommand(stackProject(PLAN), ['next-task'], { env }).status).toBe(0)
      const report = readdirSync(folder).map(name => readFileSync(path.join(folder, name), 'utf8'))
      return [
        ...report
          .join('')
          .matchAll(/chunks\/(send-events|load-statement|compare-ledger)-\w+\.c?js/g),
      ].map(([, name]) => name)
    }
    expect(loaded({})).toEqual([])
    expect(loaded({ REDGREEN_WITNESS_URL: 'unix:/nowhere' })).toContain('send-events')
  })
})
