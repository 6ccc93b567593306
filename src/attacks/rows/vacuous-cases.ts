import type { Files } from '../projects/project.ts'
import { STUB } from '../projects/stack.ts'

/** Code that does nothing useful, and a test that fails without it. */
const FUNCTION = 'export function size(list) {\n  return list.length\n}\n'
const CLASS = 'export class Stack {\n  size() {\n    return 3\n  }\n}\n'

/** A test file of node:test that imports the source as `stack`. */
function testOf(body: string, imported = "import * as stack from '../src/stack.js'\n"): string {
  return `import test, { mock } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
${imported}test('size', async () => {
  ${body}
})
void [mock, existsSync, readFileSync]
`
}

/** A class with more methods than there is time to change one by one. */
const METHODS = ['size', 'push', 'pop', 'peek', 'clear', 'find', 'has', 'first', 'last', 'copy']
const LARGE_CLASS = `export class Stack {
  #items = []
${METHODS.map(name => `  ${name}(one) {\n    const found = this.#items[one]\n    return found ?? one\n  }\n`).join('')}}
`
const MANIFEST = "const manifest = () => JSON.parse(readFileSync('package.json', 'utf8'))"
const WITH_SIZE = `${JSON.stringify({ name: 'stack', type: 'module', scripts: { test: 'node --test' }, size: true })}\n`

interface VacuousTest {
  how: string
  test: string
  code: string
  /** Where the code is. */
  at?: string
  stub?: string
  /** What else is written with the code. */
  more?: Files
}

/** The tests that a task is proven with, how they are vacuous, and the code that makes them pass. */
export const VACUOUS_TESTS: VacuousTest[] = [
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
  {
    how: 'read the code as text',
    test: testOf(
      "assert.match(readFileSync('src/stack.js', 'utf8'), /size\\(list\\) {\\s+return list.length/)",
    ),
    code: FUNCTION,
  },
  {
    how: 'read only package.json',
    test: testOf(`${MANIFEST}\n  assert.equal(manifest().size, true)`, ''),
    code: FUNCTION,
    more: { 'package.json': WITH_SIZE },
  },
  {
    how: 'read only package.json, and write no code',
    test: testOf(`${MANIFEST}\n  assert.equal(manifest().size, true)`, ''),
    code: STUB,
    more: { 'package.json': WITH_SIZE },
  },
  {
    how: 'call each method of a long class',
    test: testOf(
      `const one = new stack.Stack()\n  for (const name of ${JSON.stringify(METHODS)}) one[name](1)`,
    ),
    code: LARGE_CLASS,
  },
  {
    how: 'check a small function beside the one of the task',
    test: testOf('assert.equal(stack.double(2), 4)\n  assert.ok(stack.size)'),
    code: `${FUNCTION}export function double(n) {\n  return n * 2\n}\n`,
  },
  {
    how: 'check a constant beside the function of the task',
    test: testOf('assert.equal(stack.ready, true)'),
    code: `${FUNCTION}export const ready = true\n`,
  },
  {
    how: 'check only what kind the result is, and mark the code as generated',
    test: testOf("assert.equal(typeof stack.size([1]), 'number')"),
    code: FUNCTION,
    more: { '.gitattributes': 'src/** linguist-generated\n' },
  },
  {
    how: 'compare the result with itself',
    test: testOf('assert.equal(stack.size([1]), stack.size([1]))'),
    code: FUNCTION,
  },
  {
    how: 'catch the error of the assertion',
    test: testOf(`try {
    assert.equal(stack.size([1]), 7)
  } catch (error) {
    if (error instanceof TypeError) throw error
  }`),
    code: FUNCTION,
  },
  {
    how: 'expect any text',
    test: testOf('assert.match(String(stack.size([1])), /.*/)'),
    code: FUNCTION,
  },
  {
    how: 'replace the assertion by code',
    test: testOf('assert.equal(stack.size([1]), 1)'),
    code: `import assert from 'node:assert/strict'\nassert.equal = () => undefined\n${FUNCTION}`,
  },
]
