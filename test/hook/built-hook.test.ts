import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { isOnPath } from '../../src/runner/program.ts'
import { PROGRAM, runCommand } from '../kit/program.ts'
import { makeProject, nodeTest, stackProject, TASKS, type Project } from '../kit/project.ts'

const HOOK = path.join(path.dirname(PROGRAM), 'hook.cjs')
const PLAN = '## Phase 1: Core\n- [ ] T001 Add a stack in src/stack.js\n'
const TEST = 'tests/stack.test.js'

/** Starts a program whose standard input does not block. */
const UNBLOCKED =
  'import fcntl, os, sys; fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_NONBLOCK); os.execv(sys.argv[1], sys.argv[1:])'

/** The answer of the built hook to a payload, which may be no JSON. */
function hook(payload: unknown, ...args: string[]) {
  const input = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const { status, stdout, stderr } = spawnSync(process.execPath, [HOOK, ...args], {
    encoding: 'utf8',
    input,
  })
  return { status, stdout, stderr }
}

/** A project with one task that is red. */
function redProject(): Project {
  const project = stackProject(PLAN)
  expect(runCommand(project, ['next-task']).status).toBe(0)
  project.write('src/stack.js', 'export class Stack {}\n')
  project.write(TEST, nodeTest('a new stack is empty', 'assert.equal(new Stack().size, 0)'))
  expect(runCommand(project, ['record-red', 'T001', TEST])).toMatchObject({ status: 0 })
  return project
}

describe('the built hook', () => {
  it('loads only the parts of Node that start fast', () => {
    const loaded = readFileSync(HOOK, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)
    const modules = new Set(Array.from(loaded, ([, name = '']) => name))
    expect([...modules].toSorted()).toEqual([
      'node:buffer',
      'node:crypto',
      'node:fs',
      'node:os',
      'node:path',
      'node:process',
    ])
  })

  it('answers an assistant that stops early, ticks a box, and edits the ledger and a frozen test', () => {
    const project = redProject()
    const cwd = path.join(project.root, 'src')
    const before = (tool_name: string, tool_input: object) =>
      hook({ hook_event_name: 'PreToolUse', cwd, tool_name, tool_input }).stdout
    const [first, second, third] = [1, 2, 3].map(() => hook({ hook_event_name: 'Stop', cwd }))
    expect(JSON.parse(first?.stdout ?? '')).toEqual({
      decision: 'block',
      reason: expect.stringMatching(/^T001 is red\. .*record-green T001/),
    })
    expect(second?.stdout).toBe(first?.stdout)
    expect(third).toEqual({ status: 0, stdout: '', stderr: '' })
    const file_path = path.join(project.root, TASKS)
    expect(before('Edit', { file_path, old_string: '[ ]', new_string: '[x]' })).toContain('"deny"')
    expect(before('Bash', { command: 'rm -rf ../.redgreen' })).toContain('"deny"')
    expect(before('Write', { file_path: `../${TEST}`, content: '' })).toContain('frozen since T001')
    expect(before('Write', { file_path: 'stack.js', content: '' })).toBe('')
    project.write('src/stack.js', 'export class Stack { size = 0 }\n')
    runCommand(project, ['record-green', 'T001'])
    expect(hook({ hook_event_name: 'Stop', cwd }).stdout).toContain('T001 is green')
    runCommand(project, ['mark-complete', 'T001'])
    expect(hook({ hook_event_name: 'Stop', cwd }).stdout).toBe('')
    expect(hook({ hook_event_name: 'SessionStart', cwd }).stdout).toContain('no task is open')
  })

  it('names a command that works if none is on the search path', () => {
    const cwd = redProject().root
    const tool_input = { file_path: 'redgreen.config.json', content: '' }
    const payload = { hook_event_name: 'PreToolUse', cwd, tool_name: 'Write', tool_input }
    const { stdout } = spawnSync(process.execPath, [HOOK], {
      encoding: 'utf8',
      input: JSON.stringify(payload),
      env: { ...process.env, PATH: '' },
    })
    expect(stdout).toContain(`(here: \`node ${PROGRAM} approve\`)`)
  })

  it('has no opinion on a payload that it cannot read, and exits with 0', () => {
    const { root } = redProject()
    const cwd = root
    const bad = ['', 'no json', '[]', '"x"', '{"hook_event_name":"Stop"', 'x'.repeat(17_000_000)]
    for (const payload of [...bad, { hook_event_name: 'Unheard', cwd }]) {
      const { status, stdout, stderr } = hook(payload)
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
  })

  it('has no opinion where no work was recorded, also if its file is broken', () => {
    const project = makeProject({})
    const payload = { hook_event_name: 'Stop', cwd: project.root }
    expect(hook(payload)).toEqual({ status: 0, stdout: '', stderr: '' })
    for (const text of ['', '{}', '{"format":2}', '{"format":1,"features":{"a":1}}']) {
      project.write('.redgreen/local/now.json', text)
      expect(hook(payload)).toEqual({ status: 0, stdout: '', stderr: '' })
    }
    expect(existsSync(path.join(project.root, '.redgreen/local/stops.json'))).toBe(false)
  })

  it('does not believe a file that a repository brings along', () => {
    const planted = redProject().read('.redgreen/local/now.json')
    const project = makeProject({ '.redgreen/local/now.json': planted })
    for (const name of ['Stop', 'SessionStart']) {
      const payload = { hook_event_name: name, cwd: project.root }
      expect(hook(payload)).toEqual({ status: 0, stdout: '', stderr: '' })
    }
  })

  it.skipIf(!isOnPath('python3'))('reads a pipe that does not block to its end', async () => {
    const { root } = redProject()
    const client = spawn('python3', ['-c', UNBLOCKED, process.execPath, HOOK], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const payload = { hook_event_name: 'SessionStart', cwd: root, rest: 'x'.repeat(2_000_000) }
    client.stdin.end(JSON.stringify(payload))
    expect(await text(client.stdout)).toContain('T001 is red')
  })

  it('is one small file, and the same as the command', () => {
    expect(statSync(HOOK).size).toBeLessThan(40_000)
    const { root } = redProject()
    const input = JSON.stringify({ hook_event_name: 'SessionStart', cwd: root })
    const command = spawnSync(process.execPath, [PROGRAM, 'hook'], { encoding: 'utf8', input })
    expect(command.stdout).toBe(hook(input).stdout)
    expect(command.stdout).toContain('T001 is red')
  })
})
