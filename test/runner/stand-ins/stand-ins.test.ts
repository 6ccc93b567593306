import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { standInFor } from '../../../src/runner/stand-ins/index.ts'
import { makeProject } from '../../kit/project.ts'
import { isOnPath } from '../../../src/runner/program.ts'

const standIn = (file: string, current: string, earlier = '', returns = 'nothing') =>
  standInFor(file)?.({ file, earlier, current }, returns === 'nothing' ? 'nothing' : 'stand-ins') ??
  ''

/** Writes files and runs one of them. */
function run(files: Record<string, string>, program: string, args: string[]): string {
  const { root } = makeProject({}, { git: false })
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  const { stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  return `${stdout}${stderr}`.trim()
}

const node = (files: Record<string, string>) => run(files, process.execPath, ['main.mjs'])

describe('a stand-in in JavaScript', () => {
  const QUEUE = `import fs from 'node:fs'
export function push(items) { return fs.existsSync(items) }
export async function* walk() {}
export const LIMIT = 3, other = 4
export let make = () => new Queue()
export abstract class Queue { push() {} }
export default class {}
const one = 1, two = 2
export { one, two as second }
export type Item = number
`

  it('has the exports of the module and does nothing', () => {
    const main = `import Main, { push, walk, LIMIT, make, Queue, one, second } from './queue.mjs'
const q = new Queue()
class Sub extends Queue {}
console.log(push(1), walk(), make(), q.push(1), q.size === 0, LIMIT === 3, one === 1, second === 2, new Sub() instanceof Queue, await push())
new Main()`
    expect(node({ 'queue.mjs': standIn('queue.mjs', QUEUE), 'main.mjs': main })).toBe(
      'undefined undefined undefined undefined false false false false true undefined',
    )
  })

  it('returns something that can be used', () => {
    const queue = standIn('queue.mjs', QUEUE, '', 'stand-ins')
    const main = `import { make } from './queue.mjs'
const q = make(); q.push(1).then; console.log(q.items.length === 9, (await make()) === 1)`
    expect(node({ 'queue.mjs': queue, 'main.mjs': main })).toBe('false false')
  })

  it.each([
    ['exports.push = () => 1\nmodule.exports.pop = () => 2\n', '{ push, pop }'],
    ['const push = 1\nmodule.exports = { push, pop: 2 }\n', '{ push, pop }'],
  ])('exports from CommonJS: %j', (text, names) => {
    const main = `import ${names} from './queue.cjs'\nconsole.log(push(), pop())`
    expect(node({ 'queue.cjs': standIn('queue.cjs', text), 'main.mjs': main })).toBe(
      'undefined undefined',
    )
  })

  it('keeps what was there, and adds exports and methods', () => {
    const earlier = 'export class Stack {\n  size() { return 7 }\n}\nexport const one = 1\n'
    const current =
      'export class Stack {\n  size() { return 8 }\n  static from() {}\n  push() {\n    if (true) return 1\n  }\n}\nexport const one = 2\nexport const two = 2\n'
    const main = `import { Stack, one, two } from './stack.mjs'
const s = new Stack(); console.log(s.size(), s.push(), Stack.from(), one, two === 2)`
    const text = standIn('stack.mjs', current, earlier)
    expect(node({ 'stack.mjs': text, 'main.mjs': main })).toBe('7 undefined undefined 1 false')
  })

  it('leaves a file as it was if nothing was added or the file is gone', () => {
    const earlier = 'export const one = 1\n'
    expect(standIn('a.js', 'export const one = 2\n', earlier)).toBe(earlier)
    expect(standIn('a.js', '', earlier)).toBe(earlier)
  })

  it('declares types of TypeScript', () => {
    const text = standIn(
      'a.ts',
      'export interface Item { id: number }\nexport class Queue {}\nexport * from "./b.js"\n',
    )
    expect(text).toContain('export type Item = any')
    expect(text).toContain('export type Queue = any')
    expect(text).toContain('export * from "./b.js"')
  })
})

describe.skipIf(!isOnPath('python3'))('a stand-in in Python', () => {
  const python = (files: Record<string, string>) => run(files, 'python3', ['main.py'])

  it('has the definitions of the module and does nothing', () => {
    const queue = `import os
LIMIT: int = 3
def push(items, item):
    return [*items, item]
async def walk(): pass
class QueueEmpty(Exception): pass
class Queue(object):
    def push(self, item): pass
`
    const main = `from queues import LIMIT, push, walk, Queue, QueueEmpty
try: raise QueueEmpty("x")
except QueueEmpty: pass
print(push([], 1), Queue(1).push(2), Queue().size == 0, LIMIT == 3)`
    expect(python({ 'queues.py': standIn('queues.py', queue), 'main.py': main })).toBe(
      'None None False False',
    )
  })

  it('adds functions and methods to what was there', () => {
    const earlier = 'class Stack:\n    def size(self):\n        return 7\n'
    const current = `${earlier}    def push(self):\n        return 1\n\ndef make():\n    return Stack()\n`
    const main =
      'from stack import Stack, make\nprint(Stack().size(), Stack().push(), make().items == 1)'
    const text = standIn('stack.py', current, earlier, 'stand-ins')
    expect(python({ 'stack.py': text, 'main.py': main })).toMatch(/^7 <.*> False$/)
  })
})

describe('a stand-in in Go', () => {
  const text = standIn(
    'queue.go',
    `package queue

import (
	"errors"
	"fmt"
	str "strings"
)

type Queue struct{ items []int }

func (q *Queue) Push(item int) (n int, err error) {
	if item < 0 {
		return 0, errors.New("negative")
	}
	return 1, nil
}

func Pop(q *Queue, f func(int) bool) (map[string]int, fmt.Stringer) {
	return nil, nil
}

func Old() string { return "old" }

func Name() string { return str.ToUpper("a") }

func Clear() {
	println("x")
}
`,
    'package queue\n\nfunc Old() string { return "old" }\n',
  )

  it('keeps types and unchanged functions, and returns zero values', () => {
    expect(text).toContain('Push(item int) (n int, err error) { return }')
    expect(text).toContain('{ return *new(map[string]int), *new(fmt.Stringer) }')
    expect(text).toContain('func Old() string { return "old" }')
    expect(text).toContain('func Name() string { return *new(string) }')
    expect(text).toContain('func Clear() {  }')
    expect(text).toContain('type Queue struct{ items []int }')
  })

  it.skipIf(!isOnPath('go'))('compiles', { timeout: 120_000 }, () => {
    const files = { 'queue.go': text, 'go.mod': 'module queue\n\ngo 1.20\n' }
    expect(run(files, 'go', ['vet', '.'])).toBe('')
  })
})

describe('a stand-in in Rust', () => {
  const text = standIn(
    'queue.rs',
    `use std::fmt;
pub struct Queue { items: Vec<i32> }
impl Queue {
    pub fn push(&mut self, item: i32) -> Result<usize, fmt::Error> {
        if item < 0 { return Err(fmt::Error); }
        Ok(1)
    }
    pub fn name<T>(t: T) -> String where T: fmt::Display { format!("{}", t) }
    pub fn clear(&mut self) { self.items.clear() }
}
pub fn old() -> i32 { 7 }
`,
    'pub fn old() -> i32 { 7 }\n',
  )

  it('keeps types and unchanged functions, and returns default values', () => {
    expect(text).toContain('-> Result<usize, fmt::Error> { Ok(Default::default()) }')
    expect(text).toContain('where T: fmt::Display { Default::default() }')
    expect(text).toContain('pub fn clear(&mut self) {  }')
    expect(text).toContain('pub fn old() -> i32 { 7 }')
  })

  it.skipIf(!isOnPath('rustc'))('compiles', { timeout: 120_000 }, () => {
    const args = ['--crate-type', 'lib', '--emit', 'metadata', '-A', 'warnings', 'queue.rs']
    expect(run({ 'queue.rs': text }, 'rustc', args)).toBe('')
  })
})
