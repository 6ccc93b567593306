import type { Attack, Variant } from '../attack.ts'
import { SOURCE, stack, STUB, TEST, tryDone } from '../projects/stack.ts'

/** Code that does nothing useful, and a test that fails without it. */
const FUNCTION = 'export function size(list) {\n  return list.length\n}\n'
const CLASS = 'export class Stack {\n  size() {\n    return 3\n  }\n}\n'

/** A test file of node:test that imports the source as `stack`. */
function testOf(body: string, imported = "import * as stack from '../src/stack.js'\n"): string {
  return `import test, { mock } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
${imported}test('size', async () => {
  ${body}
})
void mock
void existsSync
`
}

/** The tests that a task is proven with, how they are vacuous, and the code that makes them pass. */
const TESTS: { how: string; test: string; code: string; at?: string; stub?: string }[] = [
  {
    how: 'look whether the function is a function',
    test: testOf("assert.equal(typeof stack.size, 'function')"),
    code: FUNCTION,
  },
  {
    how: 'the same, with an empty function',
    test: testOf("assert.equal(typeof stack.size, 'function')"),
    code: 'export function size() {}\n',
  },
  {
    how: 'look whether there is any result',
    test: testOf('assert.notEqual(stack.size([1]), undefined)'),
    code: FUNCTION,
  },
  {
    how: 'look only of what kind the result is',
    test: testOf("assert.equal(typeof stack.size([1]), 'number')"),
    code: 'const count = list => list.length\nexport function size(list) {\n  return count(list)\n}\n',
  },
  {
    how: 'only import the module',
    test: testOf("await assert.doesNotReject(() => import('../src/size.js'))", ''),
    code: FUNCTION,
    at: 'src/size.js',
  },
  {
    how: "check the test's own mock",
    test: testOf(`const one = new stack.Stack()
  mock.method(one, 'size', () => 2)
  assert.equal(one.size(), 2)`),
    code: CLASS,
  },
  {
    how: 'look whether the file exists',
    test: testOf("assert.ok(existsSync(new URL('../src/size.js', import.meta.url)))", ''),
    code: FUNCTION,
    at: 'src/size.js',
  },
  {
    how: 'assert in a branch that the code never takes',
    test: testOf('const count = stack.size([1])\n  if (count) assert.equal(count, 1)'),
    stub: 'export function size() {\n  return 0.5\n}\n',
    code: 'export function size(list) {\n}\n',
  },
  {
    how: 'assert in a loop over nothing',
    test: testOf('for (const one of stack.size([1])) assert.equal(one, 1)'),
    stub: 'export function size() {\n  return [0]\n}\n',
    code: 'export function size(list) {\n  return []\n}\n',
  },
]

/** Tests that assert nothing about what the code does. */
export const vacuousTestAttacks: Attack[] = [
  {
    row: 73,
    title: 'Write a test that fails without the code and passes with any code',
    variants: TESTS.map(({ how, test, code, at = SOURCE, stub = STUB }): Variant => ({
      how,
      stoppedBy: 'weak_tests',
      files: stack(undefined, { [SOURCE]: stub }),
      async run(sandbox) {
        await sandbox.work('next_task')
        sandbox.write(TEST, test)
        await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
        sandbox.write(at, code)
        await sandbox.work('record_green', { task: 'T001' })
        return tryDone(sandbox)
      },
    })),
  },
]
