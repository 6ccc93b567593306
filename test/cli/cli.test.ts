import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/run-command.ts'
import { atTerminal, hasTerminal, PROGRAM, runCommand } from '../kit/program.ts'
import { nodeTest, stackProject, TASKS, makeProject, type Project } from '../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [ ] T001 Create notes.txt
- [ ] T002 Manually verify the notes
`

function redgreen(project: Project, ...args: string[]) {
  return runCommand(project, args)
}

describe('the commands', () => {
  it('run the loop, with exit code 0 for each step that was done', () => {
    const project = stackProject(PLAN)
    expect(redgreen(project, 'next-task')).toMatchObject({ status: 0 })
    project.write('notes.txt', 'x')
    expect(redgreen(project, 'record-green', 'T001')).toMatchObject({ status: 0 })
    const marked = redgreen(project, 'mark-complete', 'T001', '--json')
    expect(JSON.parse(marked.stdout)).toMatchObject({ stage: 'done', progress: { done: 1 } })
    expect(project.read(TASKS)).toContain('- [X] T001')
    expect(redgreen(project, 'status').stdout).toContain('1/2 tasks done or waived (50%)')
  })

  it('refuse a step with exit code 1, and name the command to run instead', () => {
    const { status, stdout, stderr } = redgreen(stackProject(PLAN), 'record-green', 'T001')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^\[wrong_stage\] .*run `redgreen next-task T001`/)
  })

  it('name the log of a run by its path, in an answer and in a refusal', () => {
    const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', {
      'src/stack.js': 'export class Stack {}\n',
    })
    redgreen(project, 'next-task')
    const passes = 'assert.ok(new Stack())'
    project.write('tests/a.test.js', nodeTest('a', passes))
    const refused = redgreen(project, 'record-red', 'T001', 'tests/a.test.js').stderr
    project.write('tests/a.test.js', nodeTest('a', 'assert.equal(new Stack().size, 0)'))
    const answer = redgreen(project, 'record-red', 'T001', 'tests/a.test.js').stdout
    for (const text of [refused, answer]) {
      const file = /(?:Log|Output): (\.redgreen\/local\/runs\/\w+\.log)$/m.exec(text)?.[1] ?? ''
      expect(project.read(file)).toContain('ℹ tests 1')
      expect(text).not.toContain('redgreen://')
    }
  })

  it.each([
    [['record-green'], /TASK is missing/],
    [['status', '--colour'], /colour/],
    [['report-failure', 'T001'], /error/],
    [['dance'], /There is no command dance/],
    [['waive', 'T001'], /--reason is missing/],
  ])('%j is wrong usage, with exit code 2', (args, text) => {
    const { status, stderr } = redgreen(stackProject(PLAN), ...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(text)
  })

  it('have a help, and the program a version', () => {
    const help = execFileSync(process.execPath, [PROGRAM, '--help']).toString()
    expect(help).toContain('redgreen confirm-phase [FEATURE]')
    expect(help).toMatch(/^ {2}redgreen init \[PLAN\.md\] \[OPTIONS\] +set up a project/m)
    for (const { name } of commands) expect(help).toMatch(new RegExp(`^ +redgreen ${name}\\b`, 'm'))
    expect(help).toMatch(/^ +redgreen --version +\S/m)
    const version = execFileSync(process.execPath, [PROGRAM, '--version']).toString()
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each(commands.map(command => command.name))('%s --help prints its usage', name => {
    const project = makeProject({})
    for (const flag of ['--help', '-h']) {
      const { status, stdout, stderr } = redgreen(project, name, flag)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(new RegExp(`^Usage: redgreen ${name}\\b`))
      expect(stdout).toContain('--root DIR')
      expect(stdout).toMatch(new RegExp(`\\nExamples:\\n  redgreen ${name}\\b`))
    }
  })
})

it('the help of the hook says who calls it, when, and how to try it', () => {
  const { stdout } = redgreen(makeProject({}), 'hook', '--help')
  expect(stdout).toMatch(/You do not run it yourself: .*client.* before and after/)
  expect(stdout).toContain('redgreen init --hooks')
  expect(stdout).toMatch(/echo '\{.*\}' \| redgreen hook/)
})

describe('what only a human may do', () => {
  it.each([
    ['waive', 'T001', '--reason', 'x'],
    ['approve'],
    ['allow-run'],
    ['mark-complete', 'T002'],
  ])('is refused without a terminal: %s', (...args) => {
    const project = stackProject(PLAN.replace('[ ] T001', '[x] T001'))
    const { status, stderr } = redgreen(project, ...args)
    expect(status).toBe(1)
    expect(stderr).toContain('[phase_needs_person]')
  })

  it.each([
    ['waive', 'T001', '--reason', 'nobody needs it'],
    ['waive', '--ticked', '--reason', 'it costs $5'],
    ['reopen', 'T001', '--reason', 'wrong file'],
    ['approve', '001-stack'],
  ])('is repeated in the refusal with everything that was given: %s', (...args) => {
    const project = stackProject(PLAN.replace('[ ] T001', '[x] T001'))
    const { stderr } = redgreen(project, ...args)
    const line = args.map(word => (word.includes(' ') ? `'${word}'` : word))
    expect(stderr).toContain(`\`redgreen ${line.join(' ')} --root ${project.root}\``)
  })

  it.skipIf(!hasTerminal)('is asked on a terminal, and only a yes counts', () => {
    const project = stackProject(PLAN)
    const waive = ['waive', 'T001', '--reason', 'no need']
    expect(atTerminal(project, 'maybe', ...waive)).toMatchObject({ status: 1 })
    expect(redgreen(project, 'status').stdout).toContain('0/2 tasks done or waived (0%)\n')
    const yes = atTerminal(project, 'yes', ...waive)
    expect(yes.stdout).toContain('T001 is waived by')
    expect(redgreen(project, 'status').stdout).toContain(
      '1/2 tasks done or waived (50%): 1 waived\n',
    )
    expect(project.read(TASKS)).toBe(PLAN)
  })

  it.skipIf(!hasTerminal)('waits for the tasks before it, on a terminal too', () => {
    const { status, stdout } = atTerminal(stackProject(PLAN), 'yes', 'mark-complete', 'T002')
    expect(status).toBe(1)
    expect(stdout).toMatch(/\[not_ready\] T002 waits for T001/)
  })

  it.skipIf(!hasTerminal)('finishes a task of kind person', () => {
    const project = stackProject(PLAN.replace('[ ] T001', '[x] T001'))
    expect(redgreen(project, 'next-task').stderr).toContain('redgreen mark-complete T002')
    expect(atTerminal(project, 'y', 'mark-complete', 'T002')).toMatchObject({ status: 0 })
    expect(project.read(TASKS)).toContain('- [x] T002')
  })

  it.skipIf(!hasTerminal)('lets a task continue with changed settings', () => {
    const project = stackProject(PLAN)
    redgreen(project, 'next-task')
    project.write('notes.txt', 'x')
    project.write('redgreen.config.json', '{"limits":{"fullRuns":9}}')
    expect(redgreen(project, 'record-green', 'T001').stderr).toContain('[settings_changed]')
    expect(atTerminal(project, 'yes', 'approve').stdout).toContain('001-stack is approved')
    expect(redgreen(project, 'record-green', 'T001')).toMatchObject({ status: 0 })
  })

  it.skipIf(!hasTerminal)('starts an approved plan, until more than a mark changes', () => {
    const settings = JSON.stringify({ approval: { required: 'always' } })
    const project = stackProject(PLAN, { 'redgreen.config.json': settings })
    expect(redgreen(project, 'next-task').stderr).toContain('[not_approved]')
    atTerminal(project, 'yes', 'approve')
    expect(redgreen(project, 'next-task')).toMatchObject({ status: 0 })
    project.write(TASKS, project.read(TASKS).replace('[ ] T002', '[x] T002'))
    expect(redgreen(project, 'next-task')).toMatchObject({ status: 0 })
    project.write(TASKS, project.read(TASKS).replace('notes.txt', 'other.txt'))
    expect(redgreen(project, 'next-task').stderr).toMatch(/\[not_approved\].*changed after a human/)
  })
})

describe('verify', () => {
  const done = (plan = PLAN) => {
    const project = stackProject(plan)
    redgreen(project, 'next-task')
    project.write('notes.txt', 'x')
    redgreen(project, 'record-green', 'T001')
    redgreen(project, 'mark-complete', 'T001')
    return project
  }

  it('passes if everything is proven, and if nothing has been started', () => {
    expect(redgreen(done(), 'verify')).toMatchObject({ status: 0 })
    expect(redgreen(stackProject(PLAN.replaceAll('[ ]', '[x]')), 'verify')).toMatchObject({
      status: 0,
    })
  })

  it.skipIf(!hasTerminal)('counts human approvals and confirmations, and nothing else', () => {
    const project = done()
    expect(redgreen(project, 'verify').stdout).toMatch(/1 task proven\.$/m)
    atTerminal(project, 'yes', 'approve')
    atTerminal(project, 'yes', 'mark-complete', 'T002')
    expect(redgreen(project, 'verify').stdout).toMatch(
      /2 tasks proven, 1 human approval, 1 human confirmation\.$/m,
    )
  })

  it('names a box that was ticked by hand, with its line', () => {
    const project = done()
    project.write(TASKS, project.read(TASKS).replace('[ ] T002', '[x] T002'))
    const { status, stdout } = redgreen(project, 'verify')
    expect(status).toBe(1)
    expect(stdout).toContain(`${TASKS}:3 T002 is ticked by hand, not proven`)
  })

  it('names a deleted ledger line', () => {
    const project = done()
    const [name = ''] = execFileSync('ls', [path.join(project.root, '.redgreen/ledger/001-stack')])
      .toString()
      .split('\n')
    const file = `.redgreen/ledger/001-stack/${name}`
    project.write(file, project.read(file).split('\n').slice(1).join('\n'))
    const { status, stdout } = redgreen(project, 'verify', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      // The broken chain, the events that this clone recorded and the ledger lacks, and the task without its proof.
      findings: [{ path: file, line: 1 }, { path: '.redgreen/ledger/001-stack' }, {}],
    })
  })

  it('works without git', () => {
    const tests = { 'tests/a.test.js': nodeTest('a', 'assert.ok(true)') }
    const project = makeProject({ ...tests, [TASKS]: PLAN }, { git: false })
    expect(redgreen(project, 'verify')).toMatchObject({ status: 0 })
  })
})
