import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasBrowser } from '../../kit/application.ts'
import { connect } from '../../kit/assistant.ts'
import { descendantsOf, processesIn } from '../../kit/descendants.ts'
import { stackProject } from '../../kit/project.ts'
import { isRunning } from '../../kit/slow-test.ts'

/** Answers the first page, never answers the second, and starts a detached child process in its own session. */
const SERVER = `import { createServer } from 'node:http'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
spawn('sh', ['-c', '(setsid sleep 600 &)'], { stdio: 'ignore' })
process.on('SIGTERM', () => {})
createServer((req, res) => {
  if (req.url === '/never') return writeFileSync('asked', '')
  res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Here</p><link rel="icon" href="data:,">')
}).listen(process.env.PORT)
`
const VALIDATION = {
  start: { command: 'node server.mjs', readySeconds: 20 },
  frontend: '/',
  requestSeconds: 60,
  flows: [
    {
      name: 'Never ends',
      steps: [
        { browser: 'goto', path: '/' },
        { browser: 'goto', path: '/never' },
      ],
    },
  ],
}

describe.runIf(process.platform === 'linux' && hasBrowser)('a server that is killed', () => {
  it('during a validation leaves no process behind after the next call', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
      'notes.txt': 'x',
      'server.mjs': SERVER,
      'tests/one.test.js': "import test from 'node:test'\ntest('one', () => {})\n",
      'redgreen.config.json': JSON.stringify({ validation: VALIDATION }),
    })
    const first = await connect(project.root)
    await first.call('next_task')
    await first.call('record_green', { task: 'T001' })
    await first.call('mark_complete', { task: 'T001' })
    // The second server starts before the first one is killed, so it cannot clean up at its start.
    const second = await connect(project.root)
    const interrupted = first.call('run_validation').catch(() => undefined)
    await expect
      .poll(() => existsSync(path.join(project.root, 'asked')), { timeout: 60_000 })
      .toBe(true)
    const started = [...new Set([...descendantsOf(first.pid), ...processesIn(project.root)])]
    onTestFinished(() => {
      for (const pid of started.filter(isRunning)) process.kill(pid, 'SIGKILL')
    })
    process.kill(first.pid, 'SIGKILL')
    await interrupted
    // The application and its child are still running.
    await expect.poll(() => isRunning(first.pid), { timeout: 60_000 }).toBe(false)
    expect(processesIn(project.root).length).toBeGreaterThanOrEqual(2)

    expect((await second.call('next_task')).code).toBeUndefined()
    await expect.poll(() => started.filter(isRunning), { timeout: 60_000 }).toEqual([])
    // The interrupted attempt was not recorded and does not count.
    project.write('server.mjs', SERVER.replace("req.url === '/never'", 'false'))
    const { data } = await second.call('run_validation')
    expect(data).toMatchObject({ passed: true, attempt: 1 })
    expect(processesIn(project.root)).toEqual([])
  })
})
