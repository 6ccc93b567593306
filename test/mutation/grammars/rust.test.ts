import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../../src/mutation/mutants.ts'
import { mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['fn f(a: &[i32]) -> usize { a.len() }', ['return 0', 'return 1']],
  ['fn f(a: bool) -> bool { !a }', ['return false', 'return a', 'return true']],
  ['fn f() -> String { g() }', ['return String::new()', 'return String::from("redgreen")']],
  ["fn f<'a>(a: &'a str) -> &'a str { g(a) }", ['return ""', 'return a', 'return "redgreen"']],
  ['fn f() -> Option<u8> { g() }', ['return Some(0)', 'return Some(1)', 'return None']],
  ['fn f() -> Result<(), E> { g() }', ['return Ok(())']],
  ['fn f() -> Vec<A> { g() }', ['return Vec::new()', 'return vec![Default::default()]']],
  ['fn f() -> Vec<A> { vec![] }', ['return vec![Default::default()]']],
  ['fn f(a: A) -> A { g(a) }', ['return Default::default()', 'return a']],
  ['fn f() -> (i32, bool) { g() }', ['return (0, false)']],
  ['impl A { fn new() -> Self { g() } }', []],
  ['const fn f() -> u8 { g() }', ['return 0', 'return 1']],
  ['fn f() -> impl Iterator<Item = u8> { g() }', []],
  ['fn f() -> i32 { todo!() }', []],
]

describe('mutants of Rust', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('a.rs', `${source}\nfn z() { h(3) }`)).toEqual(values)
  })

  it('name methods with their type or trait', async () => {
    const source =
      'impl<T> Stack<T> { fn a(&self) -> u8 { b() } }\ntrait C { fn d(&self) -> u8 { b() } }\nimpl C for E { fn d(&self) { b(); } }'
    const mutants = await mutantsIn('a.rs', source)
    const names = mutants.map(mutant => mutant.function)
    expect([...new Set(names)]).toEqual(['Stack.a', 'C.d', 'E.d'])
    expect(mutants[0]?.text).toContain('{ if true { return 0; } b() }')
  })

  it('leave tests, logging, assertions and patterns alone', async () => {
    const source =
      '#[cfg(test)]\nmod tests { fn a() -> u8 { 1 + b } }\n#[test]\n// later\nfn c() { d(); }\n#[derive(Debug)] struct E;'
    const found = await mutantsOf({ file: 'a.rs', before: undefined, after: source }, () => false)
    expect(found).toEqual({ none: 'no code' })
    expect(
      await placesIn(
        'a.rs',
        'fn f() { if let Some(a) = b { log::info!("a"); assert!(a); c(a); g(a + 1); } if d == 1 { return } }',
      ),
    ).toEqual(
      [
        'Changing `+` to `-`',
        'Changing `==` to `!=`',
        'Removing `c(a);`',
        'Removing `g(a + 1);`',
      ].map(change => `${change} in line 1`),
    )
  })
})
