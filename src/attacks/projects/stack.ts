import type { Files } from './project.ts'
import type { Sandbox } from '../sandbox.ts'

/** The small project of most attacks, and the regular steps that lead up to them. */

export const PLAN = 'specs/001-stack/tasks.md'
export const TEST = 'tests/size.test.js'
export const SOURCE = 'src/stack.js'

export const STUB = 'export class Stack {}\n'
export const DONE = 'export class Stack {\n  size = 0\n}\n'
/** A change that does not implement the task. */
export const UNRELATED = 'export class Stack {\n  depth = 1\n}\n'

export const TASKS = `## Phase 1: Core
- [ ] T001 size in src/stack.js
- [ ] T002 push in src/stack.js
`

/** A spec-kit feature in plain JavaScript, tested with `node --test`, so that nothing must be installed. */
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

/** A test file with these lines after the imports. */
export function testFile(...lines: string[]): string {
  const head = [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { Stack } from '../src/stack.js'",
  ]
  return `${[...head, ...lines].join('\n')}\n`
}

export const SIZE = testFile("test('size', () => assert.equal(new Stack().size, 0))")
/** Passes with any code. */
export const WEAK_TEST = testFile("test('size', () => assert.ok(new Stack()))")
/** One test of the size, and one that already passes. */
export const TWO_TESTS = `${SIZE}test('a stack', () => assert.ok(new Stack()))\n`

const RED = { task: 'T001', tests: [TEST] }
const T001 = { task: 'T001' }

export const tryRed = (sandbox: Sandbox, more: object = {}) =>
  sandbox.attempt('record_red', { ...RED, ...more })
export const tryGreen = (sandbox: Sandbox) => sandbox.attempt('record_green', T001)
export const tryDone = (sandbox: Sandbox) => sandbox.attempt('mark_complete', T001)

/** Starts T001 and writes its test. */
export async function startTask(sandbox: Sandbox, test = SIZE): Promise<void> {
  await sandbox.work('next_task')
  sandbox.write(TEST, test)
}

/** Brings T001 to red. */
export async function reachRed(sandbox: Sandbox, test = SIZE): Promise<void> {
  await startTask(sandbox, test)
  await sandbox.work('record_red', RED)
}

/** Brings T001 to green. */
export async function reachGreen(sandbox: Sandbox): Promise<void> {
  await reachRed(sandbox)
  sandbox.write(SOURCE, DONE)
  await sandbox.work('record_green', T001)
}

/** Brings T001 to done. */
export async function reachDone(sandbox: Sandbox): Promise<void> {
  await reachGreen(sandbox)
  await sandbox.work('mark_complete', T001)
}
