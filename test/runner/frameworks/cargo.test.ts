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
})
