import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../kit/folder.ts'
import { connectOverHttp, connectOverHttpWithSdk1, serve } from '../../kit/http.ts'
import { parallelPlan, taskIn } from '../../kit/http-assistant.ts'
import { runCommand } from '../../kit/program.ts'
import { makeProject, stackProject } from '../../kit/project.ts'
import { slowTest } from '../../kit/slow-test.ts'

/** How long a test polls before it fails. */
const DEADLINE = { timeout: 60_000 }

const MODERN = { protocol: '2026-07-28' } as const

function stateFolder(): string {
  return process.env['XDG_STATE_HOME'] ?? ''
}

/** The content of every file below a folder. */
function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
}

describe('redgreen serve', () => {
  it('prints its address on standard output and nothing else, and the token at the first start only', async () => {
    const project = stackProject(parallelPlan(1))
    const first = await serve([project.root])
    expect(first.output()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/)
    await expect.poll(first.errors, DEADLINE).toContain('Authorization: Bearer TOKEN')
    expect(first.errors()).toContain(`is shown only now: ${first.token}`)
    const { call } = await connectOverHttp(first, MODERN)
    await call('next_task')
    expect(await first.stop()).toBe(0)
    expect(first.output().trim()).toBe(first.url)
    expect(first.errors().split(first.token)).toHaveLength(2)
    const second = await serve([project.root], { tokenFile: first.tokenFile })
    await expect.poll(second.errors, DEADLINE).toContain('Authorization: Bearer TOKEN')
    expect(second.errors()).not.toContain(first.token)
  })

  it('prints an address for the human, with a token that each start makes anew and keeps in no file', async () => {
    const project = stackProject(parallelPlan(1))
    const first = await serve([project.root])
    const { url, pageToken, tokenFile } = first
    expect(first.errors()).toContain(`: ${url}#token=${pageToken}\n`)
    expect(pageToken).toMatch(/^[\w-]{43}$/)
    const session = (token: string) =>
      fetch(`${url}page/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: '{}',
      })
    expect((await session(pageToken)).status).toBe(200)
    expect((await session(first.token)).status).toBe(401)
    for (const folder of [project.root, path.dirname(tokenFile), stateFolder()])
      expect(textsIn(folder).filter(text => text.includes(pageToken))).toEqual([])
    const second = await serve([project.root], { tokenFile })
    expect(second.pageToken).not.toBe(pageToken)
  })

  it.each([
    ['warns of a token file that git does not ignore', 'token', true],
    ['does not warn of a token file that git ignores', 'ignored/token', false],
  ])('%s', async (_, name, warns) => {
    const project = stackProject(parallelPlan(1), { '.gitignore': 'ignored/\n' })
    const tokenFile = path.join(project.root, name)
    const serving = await serve([project.root], { tokenFile })
    const warning = `Warning: git does not ignore ${tokenFile}, so`
    // Without one, all of the output is written when the server has stopped.
    await expect
      .poll(serving.errors, DEADLINE)
      .toContain(warns ? warning : 'Authorization: Bearer TOKEN')
    await serving.stop()
    expect(serving.errors().includes(warning)).toBe(warns)
  })

  it('writes an IPv6 address in brackets', async () => {
    const { url } = await serve([stackProject(parallelPlan(1)).root], { args: ['--host', '::1'] })
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/$/)
    expect((await fetch(`${url}health`)).status).toBe(200)
  })

  it('says in one line why it does not start', async () => {
    const project = stackProject(parallelPlan(1))
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void taken.close())
    const address = taken.address()
    const port = String(typeof address === 'object' ? (address?.port ?? 0) : 0)
    const open = path.join(temporaryFolder(), 'token')
    const own = ['serve', '--token-file', open]
    expect(runCommand(project, [...own, '--port', port])).toEqual({
      status: 2,
      stdout: '',
      stderr: `Another program listens at 127.0.0.1, port ${port}: stop it, or choose another port with --port. No server was started.\n`,
    })
    const remote = runCommand(project, [...own, '--port', '0', '--host', '0.0.0.0'])
    expect(remote).toMatchObject({ status: 2, stdout: '' })
    expect(remote.stderr).toContain('To accept that, add --allow-remote.')
    const elsewhere = ['--port', '0', '--host', '192.0.2.1', '--allow-remote']
    expect(runCommand(project, [...own, ...elsewhere]).stderr).toMatch(
      /^192\.0\.2\.1, port 0 is not an address of this machine: .*\n$/,
    )
    expect(runCommand(project, [...own, '--port', '65536'])).toMatchObject({ status: 2 })
    chmodSync(open, 0o644)
    const readable = runCommand(project, [...own, '--port', '0'])
    expect(readable).toMatchObject({ status: 2, stdout: '' })
    expect(readable.stderr).toMatch(/^The token file .* can be read by other users, so no .*\n$/)
  })

  it('refuses to start where no project is', () => {
    const folder = makeProject({}, { git: false })
    const missing = { root: path.join(folder.root, 'missing') }
    expect(runCommand(missing, ['serve', '--port', '0'])).toMatchObject({ status: 1, stdout: '' })
  })
})

describe('a server of several projects', () => {
  it('serves the one that the address names, and names the addresses if there is none', async () => {
    const [one, two] = [stackProject(parallelPlan(1)), stackProject(parallelPlan(2))]
    const serving = await serve([one.root, two.root])
    const name = path.basename(two.root)
    const second = await connectOverHttp(serving, { ...MODERN, query: `?workspace=${name}` })
    await second.call('next_task')
    const { text } = await second.call('read_document', { document: 'progress' })
    expect(text).toContain(two.root)
    const byPath = await connectOverHttp(serving, { query: `?workspace=${one.root}` })
    expect((await byPath.call('read_document', { document: 'progress' })).text).toContain(one.root)
    for (const query of ['', '?workspace=other', `?workspace=${path.dirname(one.root)}`]) {
      const refused = connectOverHttp(serving, { query })
      await expect(refused).rejects.toThrow(`${serving.url}mcp?workspace=${name}`)
    }
  })

  it('goes on with the others if one is removed', async () => {
    const [one, two] = [stackProject(parallelPlan(1)), stackProject(parallelPlan(1))]
    const serving = await serve([one.root, two.root])
    const clients = await Promise.all(
      [one, two].map(({ root }) =>
        connectOverHttp(serving, { ...MODERN, query: `?workspace=${path.basename(root)}` }),
      ),
    )
    rmSync(one.root, { recursive: true })
    const refused = await clients[0]?.call('next_task')
    expect(refused?.text).toContain(`There is no folder ${one.root}`)
    expect(await clients[1]?.call('next_task')).toMatchObject({ code: undefined })
  })
})

describe('a server that is stopped', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s answers the calls that wait, and ends',
    async signal => {
      const project = stackProject(parallelPlan(2))
      const serving = await serve([project.root])
      const modern = await connectOverHttp(serving, MODERN)
      const session = await connectOverHttpWithSdk1(serving)
      const subscription = await modern.client.listen({ resourceSubscriptions: [] })
      const slow = slowTest('')
      const calls = [modern.call, session.call]
      const tasks = [
        taskIn(await modern.call('next_task')),
        taskIn(await session.call('next_task')),
      ]
      for (const task of tasks) project.write(`tests/${task}.test.js`, slow.text)
      const answers = tasks.map((task, at) =>
        calls[at]?.('record_red', { task, tests: [`tests/${task}.test.js`] }),
      )
      await expect.poll(() => slow.runs(), DEADLINE).toBe(2)
      const code = serving.stop(signal)
      for (const answer of answers) expect(await answer).toMatchObject({ code: 'server_stopped' })
      expect(await code).toBe(0)
      expect(await subscription.closed).toBe('graceful')
    },
  )

  it('answers a call that waits for a human', async () => {
    const approval = { required: 'always', channels: ['terminal', 'page'] }
    const project = stackProject(parallelPlan(2), {
      'redgreen.config.json': JSON.stringify({ approval }),
    })
    const serving = await serve([project.root])
    const { call } = await connectOverHttp(serving, MODERN)
    const answer = call('next_task')
    await call('read_document', { document: 'tasks' })
    const code = serving.stop('SIGTERM')
    expect((await answer).code).toMatch(/^(?:not_approved|server_stopped)$/)
    expect(await code).toBe(0)
  })
})
