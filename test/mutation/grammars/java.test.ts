import { describe, expect, it } from 'vitest'
import { bodiesIn, mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** A method, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['int f(int[] a) { return a.length; }', ['return 0', 'return 1']],
  ['boolean f(int a) { return g(a); }', ['return false', 'return true']],
  [
    'String f(String a) { return g(a); }',
    ['return ""', 'return a', 'return "redgreen"', 'return null'],
  ],
  [
    'List<A> f() { return g(); }',
    [
      'return new java.util.ArrayList<>()',
      'return java.util.Collections.singletonList(null)',
      'return null',
    ],
  ],
  ['Optional<A> f() { return Optional.empty(); }', ['return null']],
  ['A f(A a) { return g(a); }', ['return a', 'return this', 'return null']],
  ['static B f() { return g(); }', ['return null']],
  ['int[][] f() { return g(); }', ['return new int[0][]', 'return null']],
]

describe('mutants of Java', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('A.java', `class A { int z = 3; ${source} }`)).toEqual(values)
  })

  it('compile: what follows can be reached, and final fields get their value', async () => {
    const source = 'class A extends B { A() { super(1); g(); h(); } void f() { g(); h(); } }'
    const [made, emptied] = await mutantsIn('A.java', source)
    expect(made?.text).toContain('A() { super(1); if (true) return; g(); h(); }')
    expect(emptied?.change).toBe('Emptying the body of `A.f`')
    expect(
      await bodiesIn('A.java', 'class A { private final int a; A() { a = b; } int z = 3; }'),
    ).toEqual([])
    expect(await bodiesIn('A.java', 'record A(int a) { A { if (a < 0) g(); } }')).toEqual([])
  })

  it('count a missing value, if no other value can be tried', async () => {
    const absence = async (source: string) =>
      (await mutantsIn('A.java', source)).map(({ onlyAbsence }) => onlyAbsence)
    expect(await absence('class A { static B f() { return g(); } }')).toEqual([false])
    expect(await absence('class A { static B f(B b) { return g(b); } }')).toEqual([false, true])
  })

  it('change places', async () => {
    const source =
      'class A { int f(int a, String s) { if (!b) { g(a + 1, s + "x"); } while (true) { log.info(s); this.n += a; } } }'
    expect(await placesIn('A.java', source)).toEqual(
      [
        'Changing `!b` to `b`',
        'Changing `+` to `-`',
        'Removing `g(a + 1, s + "x");`',
        'Removing `this.n += a;`',
      ].map(change => `${change} in line 1`),
    )
  })
})
