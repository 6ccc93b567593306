import { describe, expect, test } from 'vitest'
import { cargo } from '../../../src/runner/frameworks/cargo.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { projectWith, runIn, resultLines } from '../project.ts'

const CRATE = {
  'Cargo.toml': '[package]\nname = "sums"\nversion = "0.1.0"\nedition = "2021"\n',
  'src/lib.rs': `pub mod shapes;
/// \`\`\`
/// assert_eq!(sums::one(), 1);
/// \`\`\`
pub fn one() -> i32 { 1 }
#[cfg(test)] mod tests { #[test] fn at_root() { assert_eq!(super::one(), 2, "wants two"); } }
`,
  'src/shapes.rs': `pub fn area() -> i32 { todo!() }
#[cfg(test)] mod tests { #[test] fn area_is_known() { super::area(); } }
`,
  'tests/it.rs': `#[test] fn same_name() {}\nmod inner { #[test] #[should_panic] fn panics() { panic!() } }\n`,
  'tests/other.rs': `#[test] fn same_name() { assert!(false) }\n`,
}

describe.skipIf(!isOnPath('cargo'))('cargo test', () => {
  test('assigns every test to its file, in a run of one file and of the full suite', async () => {
    const root = projectWith(CRATE)
    const limit = { timeoutMs: 120_000 }
    const all = await runIn(root, cargo, [], limit)
    expect(resultLines(all).sort()).toEqual([
      'src/lib.rs > src/lib.rs - one (line 2): passed',
      'src/lib.rs > tests > at_root: failed (assertion)',
      'src/shapes.rs > tests > area_is_known: failed (error)',
      'tests/it.rs > inner > panics: passed',
      'tests/it.rs > same_name: passed',
      'tests/other.rs > same_name: failed (assertion)',
    ])
    expect(all).toMatchObject({ end: 'complete', exitCode: 101, unhandled: [] })
    const unit = await runIn(root, cargo, ['src/shapes.rs'], limit)
    expect(resultLines(unit)).toEqual(['src/shapes.rs > tests > area_is_known: failed (error)'])
    expect(unit.tests[0]?.message).toBe('not yet implemented')
    const named = await runIn(root, cargo, ['tests/it.rs'], { ...limit, names: ['inner > panics'] })
    expect(resultLines(named)).toEqual(['tests/it.rs > inner > panics: passed'])
    expect(named.exitCode).toBe(0)
  })

  test('reads no name of a file or a test as an option', async () => {
    const root = projectWith({ ...CRATE, 'tests/--no-run.rs': '#[test] fn runs() {}\n' })
    const outcome = await runIn(root, cargo, ['tests/--no-run.rs'])
    expect(resultLines(outcome)).toEqual(['tests/--no-run.rs > runs: passed'])
    const named = await runIn(root, cargo, ['tests/it.rs'], { names: ['--ignored'] })
    expect(named.command.slice(-3)).toEqual(['--exact', '--', '--ignored'])
    expect(resultLines(named)).toEqual([])
  })
})

describe.skipIf(!isOnPath('cargo'))('cargo test in a workspace', () => {
  test('a root package is tested with its members, and names may have the form of cargo', async () => {
    const member = CRATE['Cargo.toml'].replace('sums', 'the-member')
    const root = projectWith({
      'Cargo.toml': `${CRATE['Cargo.toml']}[workspace]\nmembers = ["member"]\n`,
      'src/lib.rs':
        '#[cfg(test)] mod tests { #[test] fn at_root() {} #[test] fn not() { panic!() } }\n',
      'member/Cargo.toml': member,
      'member/src/lib.rs': '/// ```\n/// assert!(true)\n/// ```\npub fn f() {}\n',
      'member/tests/it.rs': '#[test] fn broken() { assert!(false) }\n',
    })
    const all = await runIn(root, cargo)
    expect(resultLines(all).toSorted()).toEqual([
      'member/src/lib.rs > member/src/lib.rs - f (line 1): passed',
      'member/tests/it.rs > broken: failed (assertion)',
      'src/lib.rs > tests > at_root: passed',
      'src/lib.rs > tests > not: failed (error)',
    ])
    const named = await runIn(root, cargo, ['src/lib.rs'], { names: ['tests::at_root'] })
    expect(resultLines(named)).toEqual(['src/lib.rs > tests > at_root: passed'])
    expect(named).toMatchObject({ end: 'complete', unhandled: [] })
  })
})
