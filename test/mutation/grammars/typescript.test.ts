import { expect, describe, it } from 'vitest'
import { mutantsOf } from '../../../src/mutation/mutants.ts'
import { bodiesIn, mutantsIn, placesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['function f(a: string): number { return g(a) }', ['return 0', 'return 1', 'return undefined']],
  [
    'function f(a: string): string { return g(a) }',
    ["return ''", 'return a', "return 'redgreen'", 'return undefined'],
  ],
  [
    'function f(a: A[]): A[] { return g(a) }',
    ['return []', 'return a', 'return [undefined]', 'return undefined'],
  ],
  [
    'function f(a: A): boolean { return g(a) }',
    ['return false', 'return true', 'return undefined'],
  ],
  [
    'function f(a: unknown): a is A { return g(a) }',
    ['return false', 'return true', 'return undefined'],
  ],
  [
    'function f(a: A): number | undefined { return g(a) }',
    ['return 0', 'return 1', 'return undefined'],
  ],
  [
    'function f(a: A): A { return g(a) }',
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
    'async function f(a: A): Promise<number> { return g(a) }',
    ['return 0', 'return 1', 'return undefined'],
  ],
  [
    'function f(a: A): Promise<number> { return g(a) }',
    ['return Promise.resolve(0)', 'return Promise.resolve(1)', 'return Promise.resolve(undefined)'],
  ],
  [
    'const f = (a: A): Map<string, A> => g(a)',
    ['new Map()', "new Map([['redgreen', 0]])", 'undefined'],
  ],
  [
    "function f(a: A): 'x' | 'y' { return g(a) }",
    ["return ''", "return 'redgreen'", 'return undefined'],
  ],
]

describe('mutants of TypeScript', () => {
  it.each(BODIES)('replace the value of %s by its type', async (source, values) => {
    const changes = await bodiesIn('a.ts', source)
    expect(changes.flatMap(change => /with `(.+)`$/.exec(change)?.[1] ?? [])).toEqual(values)
  })

  it.each([
    'function f(a: A): void { return g(a) }',
    'const f = (a: A): void => g(a)',
    'function f(a: A): asserts a is B { g(a) }',
    'async function f(a: A): Promise<void> { await g(a) }',
  ])('empty %s', async source => {
    expect(await bodiesIn('a.ts', source)).toEqual(['Emptying the body of `f`'])
  })

  it('are not checked for types, and keep what has to be first in a file', async () => {
    const source = '\uFEFF#!/usr/bin/env node\nexport const f = (a: A): object => ({ a })'
    const [mutant] = await mutantsIn('a.ts', source)
    expect(mutant?.text).toBe(
      '\uFEFF#!/usr/bin/env node\n// @ts-nocheck\nexport const f = (a: A): object => (({}) as never)',
    )
    expect(mutant?.line).toBe(2)
  })

  it('leave types alone', async () => {
    const types = [
      'interface A { a(): 1 }',
      "type B = 'a' | 2",
      'declare function c(): void',
      'enum D { E = 1 }',
      'abstract class F { abstract g(): true }',
      'function h(a: 1): 2',
    ]
    for (const after of types) {
      const found = await mutantsOf({ file: 'a.ts', before: undefined, after }, () => false)
      expect(found).toEqual({ none: 'no code' })
    }
    expect(await placesIn('a.ts', "const a = b as 'c' < d")).toEqual([
      'Changing `<` to `>=` in line 1',
      'Changing `<` to `<=` in line 1',
    ])
  })

  it('exist for TSX', async () => {
    const source = 'export const View = ({ a }: Props) => <b title="x">{a > 1 ? a : 0}</b>'
    expect(await bodiesIn('View.tsx', source)).toContain('Replacing the body of `View` with `null`')
  })
})
