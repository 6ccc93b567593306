import vm from 'node:vm'
import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../../src/mutation/mutants.ts'
import { bodiesIn, mutantsIn, placesIn, textOf } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  [
    'function sum(a) { let all = 0; for (const b of a) all += b; return all }',
    ['return 0', 'return 1', 'return undefined'],
  ],
  [
    "const text = a => { let all = ''; for (const b of a) { all += b } return all }",
    ["return ''", "return 'redgreen'", 'return undefined'],
  ],

  ['function size(items) { return items.length }', ['return 0', 'return 1', 'return undefined']],
  ['function name(a) { return `x${a}` }', ["return ''", "return 'redgreen'", 'return undefined']],
  [
    'function isEmpty(a) { return a.length === 0 }',
    ['return false', 'return true', 'return undefined'],
  ],
  [
    'function all(a) { return a.filter(Boolean) }',
    ['return []', 'return [undefined]', 'return undefined'],
  ],
  [
    'function user(a) { return { a } }',
    ['return {}', 'return { redgreen: 0 }', 'return undefined'],
  ],
  [
    'function first(a) { return pick(a) }',
    [
      'return 0',
      "return ''",
      'return []',
      'return false',
      'return {}',
      'return a',
      'return 1',
      "return 'redgreen'",
      'return [undefined]',
      'return true',
      'return { redgreen: 0 }',
      'return undefined',
    ],
  ],
  [
    'const first = a => pick(a)',
    [
      '0',
      "''",
      '[]',
      'false',
      '{}',
      'a',
      '1',
      "'redgreen'",
      '[undefined]',
      'true',
      '{ redgreen: 0 }',
      'undefined',
    ],
  ],
  ['const user = () => ({ a: 1 })', ['{}', '{ redgreen: 0 }', 'undefined']],
  ['async function size(a) { return a.length }', ['return 0', 'return 1', 'return undefined']],
  ['const size = async a => (await a).length', ['0', '1', 'undefined']],
  ['function* all() { yield 1 }', []],
  [
    'function none(a) { if (a) return null; return undefined }',
    [
      'return 0',
      "return ''",
      'return []',
      'return false',
      'return {}',
      'return a',
      'return 1',
      "return 'redgreen'",
      'return [undefined]',
      'return true',
      'return { redgreen: 0 }',
      'return undefined',
    ],
  ],
  ['const view = () => <b>Hi</b>', ['null', 'undefined']],
]

/** Source, and the name of its only function. */
const NAMES: readonly (readonly [string, string])[] = [
  ['export default function size() { return 1 + a }', 'size'],
  ['export default a => a + 1', 'default'],
  ['class Stack { size() { return a } }', 'Stack.size'],
  ['class Stack { static size() { return a } }', 'Stack.size'],
  ['class Stack { get size() { return a } }', 'Stack.size'],
  ['class Stack { #size() { return a } }', 'Stack.#size'],
  ['class Stack { size = () => a }', 'Stack.size'],
  ['const Stack = class { size() { return a } }', 'Stack.size'],
  ['const stack = { size() { return a } }', 'stack.size'],
  ['const stack = { size: () => a }', 'stack.size'],
  ['const stack = { "the size": () => a }', 'stack.the size'],
  ['exports.size = function () { return a }', 'size'],
  ['Stack.prototype.size = function () { return a }', 'size'],
  ['const size = memo(() => a)', 'size'],
  ['const größe = () => a', 'größe'],
]

describe('mutants of JavaScript functions', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    const changes = await bodiesIn('a.jsx', source)
    const shown = changes.flatMap(change => /with `(.+)`$/.exec(change)?.[1] ?? [])
    expect(shown).toEqual(values)
  })

  it.each(NAMES)('%s is named', async (source, name) => {
    const [mutant] = await mutantsIn('a.js', source)
    expect(mutant).toMatchObject({ function: name, scope: 'function', line: 1 })
    expect(mutant?.change).toContain(`Replacing the body of \`${name}\` with`)
  })

  it('name a callback by its line', async () => {
    expect(await bodiesIn('a.js', 'items\n.forEach(a => a.b())')).toContain(
      'Replacing the body of the function in line 2 with `0`',
    )
  })

  it('run, and return the value before anything else happens', async () => {
    const source = 'function size(items) { seen.push(1); return items.length }\nsize([1, 2, 3])'
    const mutants = await mutantsIn('a.js', source)
    const seen: number[] = []
    const results = mutants
      .filter(({ scope }) => scope === 'function')
      .map(({ text }) => vm.runInNewContext(text, { seen }))
    expect(results).toEqual([0, 1, undefined])
    expect(seen).toEqual([])
  })

  it('change a returned text once', async () => {
    const mutants = await mutantsIn('a.js', "function f(a) {\n  if (a) return 'b'\n  return a\n}\n")
    const texts = mutants.map(({ text }) => text)
    expect(texts.filter(text => text.includes("return ''\n"))).toHaveLength(1)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('empty a function without a value, once', async () => {
    const mutants = await mutantsIn('a.js', 'class Stack { push(a) { this.items.push(a) } }')
    expect(mutants).toMatchObject([
      { change: 'Emptying the body of `Stack.push`', onlyAbsence: false, counts: true },
    ])
    expect(mutants[0]?.text).toBe('class Stack { push(a) { return; this.items.push(a) } }')
  })

  it('mark those that only let the value be missing', async () => {
    const mutants = await mutantsIn('a.js', 'const size = a => a.length')
    expect(mutants.map(({ onlyAbsence }) => onlyAbsence)).toEqual([false, false, true])
  })

  it("keep directives first, and the call of the parent's constructor", async () => {
    const strict = await mutantsIn('a.js', "function a(b) {\n  'use strict'\n  return f(b)\n}")
    expect(strict[0]?.text).toBe("function a(b) {\n  'use strict'; return 0;\n  return f(b)\n}")
    const source = 'class A extends B { constructor(a) { super(a); this.a = a } }\nnew A(1).a'
    const made = await mutantsIn('a.js', source)
    expect(made[0]?.change).toBe('Emptying the body of `A.constructor`')
    expect(vm.runInNewContext(`class B {}\n${made[0]?.text}`)).toBeUndefined()
    const late = 'class A extends B { constructor(a) { if (a) super(); else super(1) } }'
    expect(await bodiesIn('a.js', late)).toEqual([])
  })

  it('are none that equal the original', async () => {
    expect(await bodiesIn('a.js', 'const size = () => 0')).toEqual([
      'Replacing the body of `size` with `1`',
      'Replacing the body of `size` with `undefined`',
    ])
    expect(await bodiesIn('a.js', 'function name() { return "" }')).toEqual([
      "Replacing the body of `name` with `return 'redgreen'`",
      'Replacing the body of `name` with `return undefined`',
    ])
  })

  it('name the functions that do nothing already', async () => {
    const source = 'class A { constructor() {}\n a() {}\n b() { /* later */ } }'
    expect(
      await mutantsOf({ file: 'a.js', before: undefined, after: source }, () => false),
    ).toMatchObject({ mutants: [], empty: ['A.a', 'A.b'], earlier: [] })
  })

  it('are tried for mentioned functions first, then from the outside to the inside', async () => {
    const source =
      'const a = () => b()\nconst c = () => { const d = () => 1 + e; return d() }\nclass E { constructor() { f() } }'
    const order = async (...mentions: string[]) => {
      const changes = await bodiesIn('a.js', source, { mentions })
      return [...new Set(changes.map(change => /`(.+?)`/.exec(change)?.[1]))]
    }
    expect(await order()).toEqual(['a', 'c', 'E.constructor', 'd'])
    expect(await order('E')).toEqual(['E.constructor', 'a', 'c', 'd'])
    expect(await order('d')).toEqual(['d', 'a', 'c', 'E.constructor'])
  })
})

/** Source, and how its places are changed. */
const PLACES: readonly (readonly [string, readonly string[]])[] = [
  ['x = a < b', ['Changing `<` to `>=`', 'Changing `<` to `<=`', 'Removing `x = a < b`']],
  ['if (a) { b() }', ['Inverting the condition `a`', 'Removing `b()`']],
  ['if (!a) b()', ['Changing `!a` to `a`', 'Removing `b()`']],
  ['if (a === b) c()', ['Changing `===` to `!==`', 'Removing `c()`']],
  ['const a = b && true', ['Changing `&&` to `||`', 'Changing `true` to `false`']],
  ['const a = b ? c : d', ['Inverting the condition `b`']],
  ['const a = b?.c ?? d', ['Changing `?.` to `.`', 'Changing `??` to `&&`']],
  ['a += 1', ['Changing `+=` to `-=`', 'Removing `a += 1`']],
  [
    'for (let i = 0; i < n; i++) a(i)',
    ['Changing `<` to `>=`', 'Changing `<` to `<=`', 'Removing `a(i)`'],
  ],
  [
    'function f(a) { if (a) throw new E(); return g(a) }',
    ['Inverting the condition `a`', 'Changing `g(a)` to `undefined`', 'Removing `throw new E();`'],
  ],
]

describe('mutants of JavaScript lines', () => {
  it.each(PLACES)('%s', async (source, changes) => {
    expect(await placesIn('a.js', source)).toEqual(changes.map(change => `${change} in line 1`))
  })

  it('do not count for numbers and strings', async () => {
    const mutants = await mutantsIn('a.js', "const a = [0, 7, -1, '', 'b', `c`]")
    expect(mutants.every(({ counts }) => !counts)).toBe(true)
    const texts = mutants.map(({ text }) => text.slice('const a = '.length))
    expect(texts).toEqual([
      "[0, 7, 1, '', 'b', `c`]",
      "[1, 7, -1, '', 'b', `c`]",
      "[0, 0, -1, '', 'b', `c`]",
      "[0, 7, -0, '', 'b', `c`]",
      "[0, 7, -1, 'redgreen', 'b', `c`]",
      "[0, 7, -1, '', '', `c`]",
      "[0, 7, -1, '', 'b', ``]",
    ])
  })

  it.each([
    'console.log(a < b)',
    'await this.logger.info(a + b)',
    "import a from 'b'",
    "export * from 'b'",
    'assert(a < b)',
    'if (import.meta.vitest) { const { it } = import.meta.vitest; it(() => a < b) }',
    '// a < b',
  ])('are none in %s', async source => {
    const found = await mutantsOf({ file: 'a.js', before: undefined, after: source }, () => false)
    expect(found).toEqual({ none: 'no code' })
  })

  it('are none where the code is not reached, but functions there are changed', async () => {
    const source = 'function f(a) { return g(a); b < c; function g(d) { return d * 2 } }'
    const changes = await placesIn('a.js', source)
    expect(changes).toEqual(
      ['Changing `*` to `/`', 'Changing `g(a)` to `undefined`'].map(
        change => `${change} in line 1`,
      ),
    )
  })

  it('leave what is exported in place', async () => {
    expect(
      await placesIn('a.js', 'module.exports = { a }\nexports.b = c\nA.b = function () {}'),
    ).toEqual([])
  })

  it('hit the place behind characters of two units', async () => {
    const mutants = await mutantsIn('a.js', "const größe = '😀😀' && a > b")
    expect(textOf(mutants, 'Changing `>` to `<=` in line 1')).toBe("const größe = '😀😀' && a <= b")
  })
})
