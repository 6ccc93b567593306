import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../../src/mutation/mutants.ts'
import { mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['int f(int* a) { return g(a); }', ['return 0', 'return 1']],
  ['bool f() { return g(); }', ['return false', 'return true']],
  [
    'std::string f(const std::string& a) { return g(a); }',
    ['return ""', 'return a', 'return "redgreen"'],
  ],
  ['std::string f() { return std::string{}; }', ['return "redgreen"']],
  ['template <typename T> T f(T a) { return g(a); }', ['return {}', 'return a']],
  ['int* f() { return g(); }', ['return nullptr']],
  ['const A& f() { return a; }', ['return {}']],
  ['auto f() -> std::vector<int> { return g(); }', ['return {}']],
  ['auto f() { return 1; }', []],
]

describe('mutants of C++', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('a.cpp', `${source}\nint z = 3;`)).toEqual(values)
  })

  it('name what is in a class, and what is defined outside of it', async () => {
    const source =
      'class A { A() { i(); } ~A() { j(); } int f() const { return g(); } bool operator==(const A& a) { return h(); } };\ntemplate <class T> int n::B<T>::f() { return g(); }\nn::C::C() { i(); }'
    const names = (await mutantsIn('a.hpp', source)).map(mutant => mutant.function)
    expect([...new Set(names)].filter(name => name !== undefined)).toEqual([
      'A',
      'A.f',
      'A.operator==',
      'B.f',
      'C',
    ])
  })

  it('return something that lives on for a reference', async () => {
    const [mutant] = await mutantsIn('a.cpp', 'const A& f() { return a; }')
    expect(mutant?.text).toBe(
      'const A& f() { if (true) { static A redgreen{}; return redgreen; } return a; }',
    )
  })

  it('leave tests, types, logging and streams alone', async () => {
    const source =
      '#include <a>\nTEST(A, B) { EXPECT_EQ(1, 1); }\nusing C = D<1>;\nenum E { F = 1 };\nextern "C" { int g(); }'
    const found = await mutantsOf({ file: 'a.cpp', before: undefined, after: source }, () => false)
    expect(found).toEqual({ none: 'no code' })
    expect(
      await placesIn(
        'a.cpp',
        'void f() { if (!a) { std::cerr << b + 1; c << d; e(g + 1, h + i); } while (j) k(); }',
      ),
    ).toEqual(
      [
        'Changing `!a` to `a`',
        'Changing `+` to `-`',
        'Removing `e(g + 1, h + i);`',
        'Removing `k();`',
      ].map(change => `${change} in line 1`),
    )
  })
})
