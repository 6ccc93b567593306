import type { Files } from './project.ts'
import type { Sandbox } from '../sandbox.ts'

/** The small project in which most of the cheats are played, and the honest steps that lead up to them. */

export const PLAN = 'specs/001-stack/tasks.md'
export const TEST = 'tests/size.test.js'
export const SOURCE = 'src/stack.js'

export const STUB = 'export class Stack {}\n'
export const DONE = 'export class Stack {\n  size = 0\n}\n'
/** A change that does nothing for the task. */
export const IDLE = 'export class Stack {\n  depth = 1\n}\n'

export const TASKS = `## Phase 1: Core
- [ ] T001 size in src/stack.js
- [ ] T002 push in src/stack.js
`

/** A spec-kit feature in plain JavaScript, tested with Node's own runner: nothing has to be installed. */
export function stack(tasks: string = TASKS, more: Files = {}): Files {
  const manifest = { name: 'stack', type: 'module', scripts: { test: 'node --test' } }
  return {
    'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
    'specs/001-stack/spec.md': '# Stack\n\nA stack of numbers.\n',
    'specs/001-stack/plan.md': '# Plan\n\nPlain JavaScript.\n',
    [PLAN]: tasks,
    [SOURCE]: STUB,
    ...more,
  }
}

/** A test file with these lines, and what tests of the stack need. */
export function testFile(...lines: string[]): string {
  const head = [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { Stack } from '../src/stack.js'",
  ]
  return `${[...head, ...lines].join('\n')}\n`
}

export const SIZE = testFile("test('size', () => assert.equal(new Stack().size, 0))")
/** It passes whatever the code is. */
export const WEAK_TEST = testFile("test('size', () => assert.ok(new Stack()))")
/** Asks for a size, and for what is there already. */
export const TWO = `${SIZE}test('a stack', () => assert.ok(new Stack()))\n`

const RED = { task: 'T001', tests: [TEST] }
const T001 = { task: 'T001' }

export const tryRed = (sandbox: Sandbox, more: object = {}) =>
  sandbox.tries('record_red', { ...RED, ...more })
export const tryGreen = (sandbox: Sandbox) => sandbox.tries('record_green', T001)
export const tryDone = (sandbox: Sandbox) => sandbox.tries('mark_complete', T001)

/** T001 is started, and its test is written. */
export async function begun(sandbox: Sandbox, test = SIZE): Promise<void> {
  await sandbox.does('next_task')
  sandbox.write(TEST, test)
}

/** T001 is red. */
export async function atRed(sandbox: Sandbox, test = SIZE): Promise<void> {
  await begun(sandbox, test)
  await sandbox.does('record_red', RED)
}

/** T001 is green. */
export async function atGreen(sandbox: Sandbox): Promise<void> {
  await atRed(sandbox)
  sandbox.write(SOURCE, DONE)
  await sandbox.does('record_green', T001)
}

/** T001 is done. */
export async function atDone(sandbox: Sandbox): Promise<void> {
  await atGreen(sandbox)
  await sandbox.does('mark_complete', T001)
}
