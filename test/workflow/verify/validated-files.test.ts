import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { reopen } from '../../../src/workflow/human/reopen.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { makeProject, nodeTest, stackProject, type Project } from '../../kit/project.ts'

const TEST = 'tests/size.test.js'
const SOURCE = 'src/stack.js'

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@localhost', ...args], {
    stdio: 'ignore',
  })

/** A feature that was validated and is not committed. */
async function validated(more: Record<string, string> = {}): Promise<{
  project: Project
  call: Assistant['call']
}> {
  const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', {
    [SOURCE]: 'export class Stack {}\n',
    'README.md': '# Stack\n',
    ...more,
  })
  git(project.root, 'add', '-A')
  git(project.root, 'commit', '-qm', 'plan')
  const { call: callTool } = await connect(project.root)
  const call: Assistant['call'] = (tool, input) =>
    callTool(tool, { feature: '001-stack', ...input })
  await call('next_task')
  project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write(SOURCE, 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T001' })
  await call('mark_complete', { task: 'T001' })
  expect((await call('run_validation')).data).toMatchObject({ passed: true })
  return { project, call }
}

async function checked(root: string): Promise<{ findings: string[]; notes: string[] }> {
  const verified = await verify(callAt(root), {})
  return {
    findings: verified.flatMap(({ findings }) => findings.map(({ text }) => text)),
    notes: verified.flatMap(({ notes }) => notes),
  }
}

const changedIn = (file: string) =>
  expect.stringMatching(`The validated files are not these: ${file.replace('.', '\\.')} changed`)

describe('files that changed after a passed validation', () => {
  it.each([
    ['code', SOURCE, 'export class Stack {\n  size = 0\n  push() {}\n}\n'],
    ['a test', TEST, nodeTest('size', 'assert.ok(new Stack())')],
    ['a new file of code', 'src/more.js', 'export {}\n'],
    ['configuration', 'package.json', '{"name":"other","type":"module"}'],
  ])('are a finding before the commit: %s', async (_what, file, text) => {
    const { project } = await validated()
    expect(await checked(project.root)).toEqual({ findings: [], notes: [] })
    project.write(file, text)
    expect(await checked(project.root)).toEqual({ findings: [changedIn(file)], notes: [] })
  })

  it('are none after another validation, which costs no human', async () => {
    const { project, call } = await validated()
    project.write(SOURCE, 'export class Stack {\n  size = 0\n  more = 1\n}\n')
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
    expect(await checked(project.root)).toEqual({ findings: [], notes: [] })
  })

  it('are a note as soon as the work is committed, here and in a clone', async () => {
    const { project } = await validated()
    git(project.root, 'add', '-A')
    git(project.root, 'commit', '-qm', 'feature')
    expect(await checked(project.root)).toEqual({ findings: [], notes: [] })
    project.write(SOURCE, 'export class Stack {\n  size = 0\n  later = 1\n}\n')
    const note = { findings: [], notes: [changedIn(SOURCE)] }
    expect(await checked(project.root)).toEqual(note)
    git(project.root, 'add', '-A')
    git(project.root, 'commit', '-qm', 'later')
    expect(await checked(project.root)).toEqual(note)
    const clone = path.join(makeProject({}, { git: false }).root, 'clone')
    git(project.root, 'clone', '-q', `file://${project.root}`, clone)
    expect(await checked(clone)).toEqual(note)
  })

  it('are a note while the next feature is worked on', async () => {
    const { project, call } = await validated({
      'specs/002-queue/spec.md': '# Queue\n',
      'specs/002-queue/plan.md': '# Plan\n',
      'specs/002-queue/tasks.md': '## Core\n- [ ] T001 put in src/queue.js\n',
    })
    await call('next_task', { feature: '002-queue' })
    project.write('src/queue.js', 'export class Queue {}\n')
    expect(await checked(project.root)).toEqual({
      findings: [],
      notes: [changedIn('src/queue.js')],
    })
  })

  it('are a note while the same feature is worked on again', async () => {
    const { project, call } = await validated()
    await reopen(humanAt(project.root).call, { tasks: ['T001'] })
    await call('next_task')
    project.write(SOURCE, 'export class Stack {\n  size = 0\n  more = 1\n}\n')
    const { findings, notes } = await checked(project.root)
    expect(findings).toEqual([])
    expect(notes).toContainEqual(changedIn(SOURCE))
  })

  it('are nothing to report if they are documents', async () => {
    const { project } = await validated()
    project.write('README.md', '# The stack\n')
    project.write('docs/stack.md', 'text\n')
    expect(await checked(project.root)).toEqual({ findings: [], notes: [] })
  })

  it('are only a note if git ignores the ledger', async () => {
    const { project } = await validated({ '.gitignore': '.redgreen/\n' })
    project.write(SOURCE, 'export class Stack {\n  size = 0\n  later = 1\n}\n')
    expect(await checked(project.root)).toEqual({ findings: [], notes: [changedIn(SOURCE)] })
  })
})
