import { describe, expect, it } from 'vitest'
import { splitRustSource, rustTests, withTests } from '../../../src/runner/frameworks/rust-tests.ts'

const CODE = `//! Sums. #[cfg(test)] here is prose.
pub const OPEN: char = '{';
pub fn brace<'a>(s: &'a str) -> &'a str { if s == "}" { r#"#[test] "{"# } else { s } }
/* a comment { /* in */ a comment */
pub struct Deep; impl Deep { #[cfg(test)] fn helper(&self) {} }
`
const TESTS = `#[cfg(test)]
#[allow(dead_code)]
mod tests {
    use super::*;
    #[test] fn brace_is() { assert_eq!(brace("}"), "x"); assert_ne!('}', '\\''); }
}
`

describe('the tests in a Rust source', () => {
  it('are separated from the code, whatever literals and comments contain', () => {
    const { code, tests } = splitRustSource(CODE + TESTS)
    expect(tests.trim()).toBe(TESTS.trim())
    expect(code.trim()).toBe(CODE.trim())
  })

  it('are found before and between code', () => {
    expect(splitRustSource(`${TESTS}${CODE}`).tests.trim()).toBe(TESTS.trim())
    expect(splitRustSource(`${TESTS}${CODE}`).code.trim()).toBe(CODE.trim())
  })

  it.each([
    '#[test]\nfn a() {}',
    '#[should_panic]\n#[test]\nfn a() {}',
    '#[cfg(any())]\n#[cfg(test)]\nmod tests { fn a() {} }',
    '#[ignore]\n/// Comment.\n#[tokio::test(flavor = "x")]\nasync fn a() {}',
    '#[test_case(&[1, 2], 3)]\nfn a() {}',
    '#[rstest(a, case(vec![]))]\nfn a() {}',
    '#[cfg(all(unix, test))]\nmod tests { fn a() {} }',
    '#[cfg(test)]\nimpl<const N: usize> A<{ N + 1 }> { fn a() {} }',
    '#[tokio::test]\nasync fn a() {}',
    '#[rstest]\nfn a() {}',
    '#[cfg(all(test, unix))]\nmod tests { fn a() {} }',
    '#[cfg(test)]\nuse std::{fmt, io};',
    '#[cfg(test)]\nconst TWO: [u8; 2] = [1, 2];',
    '#[cfg(test)]\nstatic A: Point = Point { x: 1 };',
    '#[cfg(test)]\npub(crate) const fn a() -> usize { 1 }',
    "#[cfg(test)]\nfn a() -> &'static str { x; y }",
    '#[cfg(test)]\nmod tests;',
  ])('are recognized: %j', item => {
    expect(splitRustSource(`fn code() {}\n${item}\nfn more() {}\n`)).toEqual({
      code: 'fn code() {}\n\nfn more() {}\n',
      tests: `${item}\n`,
    })
  })

  it.each([
    '#[cfg(not(test))]\nfn a() {}',
    '#[cfg(any(test, feature = "x"))]\nfn a() {}',
    '#[derive(Debug)]\nstruct Contest;',
    '#[cfg_attr(test, derive(Debug))]\nstruct A;',
  ])('are not recognized in %j', item =>
    expect(splitRustSource(item)).toEqual({ code: item, tests: '' }),
  )

  it('can be combined with the code of another version', () => {
    const text = withTests(`fn old() {}\n#[test]\nfn gone() {}\n`, '#[test]\nfn a() {}\n')
    expect(text).toBe('fn old() {}\n\n\n#[test]\nfn a() {}\n')
  })

  it.each(['fn a() {', '"', 'r#"', '/* /*', '#[test]', "'", ''])(
    'end at the end of the file: %j',
    text => {
      const { code, tests } = splitRustSource(text)
      expect((code + tests).trim()).toBe(text.trim())
    },
  )

  it.each([
    'mod deep {\n  #[cfg(test)]\n  mod tests {}\n}',
    'm! { #[test] fn a() {} }',
    '#[cfg(any(test))]\nmod tests { #[test] fn a() {} }',
  ])('count as code if they cannot be separated from it: %j', item =>
    expect(rustTests.testsIn(`${item}\n#[test]\nfn a() {}\n`)).toBe(''),
  )

  it.each([
    ['src/lib.rs', true],
    ['crates/load_test/src/lib.rs', true],
    ['src/tests.rs', false],
    ['src/stack/tests/push.rs', false],
    ['src/stack_test.rs', false],
    ['src/contest.rs', true],
    ['tests/it.rs', false],
  ])('may be in %s: %s', (path, is) => expect(rustTests.holds(path)).toBe(is))
})
