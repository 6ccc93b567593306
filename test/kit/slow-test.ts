import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A test for Node's own runner that runs until it is released, and what can be observed of it from outside. */
export interface SlowTest {
  /** Text of the test file. */
  text: string
  /** How often the file has been run so far. */
  runs(): number
  /** Lets it finish. */
  go(): void
  /** Process ids that the test wrote down. */
  pids(): number[]
}

/** The test waits, then runs `body`. What `setup` starts may write lines with process ids to the file named by `PIDS`. */
export function slowTest(body: string, setup = ''): SlowTest {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-slow-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const place = (name: string) => path.join(folder, name)
  const linesOf = (name: string) =>
    existsSync(place(name)) ? readFileSync(place(name), 'utf8').trim().split('\n') : []
  return {
    text: `import { appendFileSync, existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import test from 'node:test'
import assert from 'node:assert/strict'
const PIDS = ${JSON.stringify(place('pids'))}
appendFileSync(${JSON.stringify(place('runs'))}, 'run\\n')
test('quick', () => {})
test('slow', async () => {
  ${setup}
  appendFileSync(PIDS, process.pid + '\\n')
  while (!existsSync(${JSON.stringify(place('go'))})) await new Promise(done => setTimeout(done, 20))
  ${body}
})
`,
    runs: () => linesOf('runs').length,
    go: () => writeFileSync(place('go'), ''),
    pids: () => linesOf('pids').map(Number),
  }
}

/** Children of every kind: in the process group, in a new session, and forked twice so that it has no living parent. */
export const ESCAPING = `
  const note = 'echo $$ >> ' + PIDS + '; exec sleep 600'
  spawn('sh', ['-c', note], { stdio: 'inherit' })
  spawn('sh', ['-c', "trap '' TERM; " + note], { stdio: 'ignore', detached: true })
  spawn('sh', ['-c', '(setsid sh -c "$1" &)', 'sh', note], { stdio: 'ignore' })
  while (!existsSync(PIDS) || (await import('node:fs')).readFileSync(PIDS, 'utf8').split('\\n').length < 4) await new Promise(done => setTimeout(done, 20))`

/** Whether the process exists and is not a zombie. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
