import type { Files } from './project.ts'
import type { Stage } from '../sandbox.ts'

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
export const EASY = testFile("test('size', () => assert.ok(new Stack()))")
/** Asks for a size, and for what is there already. */
export const TWO = `${SIZE}test('a stack', () => assert.ok(new Stack()))\n`

const RED = { task: 'T001', tests: [TEST] }
const T001 = { task: 'T001' }

export const tryRed = (stage: Stage, more: object = {}) =>
  stage.tries('record_red', { ...RED, ...more })
export const tryGreen = (stage: Stage) => stage.tries('record_green', T001)
export const tryDone = (stage: Stage) => stage.tries('mark_complete', T001)

/** T001 is started, and its test is written. */
export async function begun(stage: Stage, test = SIZE): Promise<void> {
  await stage.does('next_task')
  stage.write(TEST, test)
}

/** T001 is red. */
export async function atRed(stage: Stage, test = SIZE): Promise<void> {
  await begun(stage, test)
  await stage.does('record_red', RED)
}

/** T001 is green. */
export async function atGreen(stage: Stage): Promise<void> {
  await atRed(stage)
  stage.write(SOURCE, DONE)
  await stage.does('record_green', T001)
}

/** T001 is done. */
export async function atDone(stage: Stage): Promise<void> {
  await atGreen(stage)
  await stage.does('mark_complete', T001)
}
