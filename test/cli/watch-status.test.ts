import { spawn } from 'node:child_process'
import process from 'node:process'
import { expect, it, onTestFinished } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { PROGRAM } from '../kit/program.ts'
import { stackProject, TASKS } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n'

/** `redgreen status --watch` without a terminal. */
function watching(root: string, ...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, 'status', '--watch', '--root', root, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  return { child, ended, output: () => output }
}

const LONG = { timeout: 60_000 }

it('status --watch prints every change of any process once, and ends cleanly with Ctrl-C', async () => {
  const project = stackProject(PLAN)
  const { child, ended, output } = watching(project.root)
  await expect.poll(output, LONG).toContain('0/1 tasks')
  project.write(TASKS, `${PLAN}- [ ] T002 Create more.txt\n`)
  await expect.poll(output, LONG).toContain('0/2 tasks')
  const { call } = await connect(project.root, { name: 'an-assistant' })
  await call('next_task')
  await expect.poll(output, LONG).toContain('T001 Create notes.txt (started; an-assistant')
  project.write(TASKS, '<<<<<<< ours\n=======\n>>>>>>> theirs\n')
  await expect.poll(output, LONG).toContain('conflict')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(output().match(/0\/2 tasks/g)?.length).toBeLessThanOrEqual(3)
  expect(output()).not.toContain('Internal error')
})

it('status --watch --json prints one line of JSON for each change', async () => {
  const project = stackProject(PLAN)
  const { child, ended, output } = watching(project.root, '--json')
  await expect.poll(output, LONG).toContain('\n')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  const [line, ...more] = output().trim().split('\n')
  expect(more).toEqual([])
  expect(JSON.parse(line ?? '')).toMatchObject({ progress: { total: 1 } })
})
