import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeModulesWith } from '../../runner/scenarios/installed.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { workAt } from '../../honest/work.ts'
import { runCommand } from '../../kit/program.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const TASK = '- [ ] T001 size in src/stack.js\n'

function project(files: Record<string, string>, task = TASK): Project {
  const plan = {
    'specs/001-stack/spec.md': '# Stack\n',
    'specs/001-stack/plan.md': '# Plan\n',
    'specs/001-stack/tasks.md': `## Core\n${task}`,
  }
  return makeProject({ '.gitignore': 'node_modules\n.venv\n', ...plan, ...files })
}

function manifest(more: object): string {
  return JSON.stringify({ name: 'stack', type: 'module', ...more })
}

const WITH_VITEST = manifest({ devDependencies: { vitest: '^4.0.0' } })

/** The messages of `next_task` about the test runner. */
async function notes({ root }: Project): Promise<string[]> {
  const { messages } = await workAt(root).call('next_task')
  const all = Array.isArray(messages) ? messages.map(String) : []
  return all.filter(text => /test runner|not installed/.test(text))
}

describe('next_task says what a test runner lacks', () => {
  it.each([
    ['npm', {}],
    ['pnpm', { 'pnpm-lock.yaml': 'lockfileVersion: 9.0\n' }],
    ['yarn', { 'yarn.lock': '\n' }],
  ])('if package.json lists it and it is not installed: %s', async (manager, files) => {
    expect(await notes(project({ 'package.json': WITH_VITEST, ...files }))).toEqual([
      `! vitest (from vitest among the dependencies in package.json) is not installed, so no test of T001 can run yet. package.json lists it: run \`${manager} install\`.`,
    ])
  })

  it('if only a configuration names it', async () => {
    const files = { 'package.json': manifest({}), 'vitest.config.ts': 'export default {}\n' }
    expect(await notes(project(files))).toEqual([
      expect.stringContaining('Install vitest in the package: npm install --save-dev vitest.'),
    ])
  })

  it('if there is none, with a step for the language of the task', async () => {
    expect(await notes(project({ 'package.json': manifest({}) }))).toEqual([
      '! No test runner was recognized in the project, and T001 is proven by tests. Write the test with `node:test`, which needs no installation, or install another runner first, such as with `npm install --save-dev vitest`.',
    ])
    const python = project({}, '- [ ] T001 size in stack.py\n')
    expect(await notes(python)).toEqual([expect.stringContaining('`unittest`')])
    expect(await notes(project({}, '- [ ] T001 size in stack/stack.go\n'))).toEqual([
      expect.stringContaining('Run `go mod init NAME` first.'),
    ])
  })

  it('until it is there', async () => {
    const own = project({ 'package.json': WITH_VITEST })
    expect(await notes(own)).toHaveLength(1)
    symlinkSync(nodeModulesWith('vitest') ?? '', path.join(own.root, 'node_modules'))
    expect(await notes(own)).toEqual([])
  })

  it('and not for a task that needs no test', async () => {
    const check = project(
      { 'package.json': WITH_VITEST },
      '- [ ] T001 Set up Vitest in vitest.config.ts\n',
    )
    expect(await notes(check)).toEqual([])
    const runs = project({ 'package.json': manifest({ scripts: { test: 'node --test' } }) })
    expect(await notes(runs)).toEqual([])
  })

  it('if the settings name a program that is not there', async () => {
    const tests = { file: ['no-such-runner', '{files}'], report: 'exit-code' }
    const settings = JSON.stringify({ commands: { tests } })
    expect(
      await notes(project({ 'package.json': manifest({}), 'redgreen.config.json': settings })),
    ).toEqual([
      expect.stringContaining('The program no-such-runner is not on the PATH of the server'),
    ])
  })
})

describe.skipIf(!isOnPath('python3'))('pytest that the interpreter does not have', () => {
  /** An interpreter of the project without packages. */
  function withoutPytest(): Project {
    const files = { 'requirements-dev.txt': 'pytest>=8\n', 'stack.py': 'class Stack:\n    pass\n' }
    const python = project(files, '- [ ] T001 size in stack.py\n')
    mkdirSync(path.join(python.root, '.venv/bin'), { recursive: true })
    python.write('.venv/bin/python', '#!/bin/sh\nexec python3 -S -I "$@"\n')
    chmodSync(path.join(python.root, '.venv/bin/python'), 0o755)
    return python
  }

  it('is named by next_task, by doctor, and by record_red', async () => {
    const python = withoutPytest()
    const step =
      'Run `python3 -m venv .venv && .venv/bin/python -m pip install -r requirements-dev.txt`, or install pytest for the python3 of the PATH.'
    expect(await notes(python)).toEqual([
      `! pytest (from pytest in requirements-dev.txt) is not installed, so no test of T001 can run yet. ${step}`,
    ])
    const { status, stdout } = runCommand(python, ['doctor'])
    expect(status).toBe(1)
    expect(stdout).toMatch(/✗ tests +pytest, from .*, is not installed\n +Run `python3 -m venv/)
    python.write(
      'test_stack.py',
      'from stack import Stack\n\ndef test_size():\n    assert Stack().size == 0\n',
    )
    expect(
      await workAt(python.root).refused('record_red', { task: 'T001', tests: ['test_stack.py'] }),
    ).toMatchObject({
      code: 'no_command',
      text: expect.stringContaining('pytest is not installed'),
    })
  })
})
