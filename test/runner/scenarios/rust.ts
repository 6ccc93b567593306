import { cargo } from '../../../src/runner/frameworks/cargo.ts'
import type { RunnerFixture } from './scenario.ts'

const test = (body: string, mark = '') => `#[test]\n${mark}fn adds() {\n    ${body}\n}\n`

export const rust: RunnerFixture[] = [
  {
    framework: cargo,
    files: {
      'Cargo.toml': '[package]\nname = "sums"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/lib.rs': 'pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n',
    },
    test: 'tests/it.rs',
    id: 'tests/it.rs > adds',
    tests: {
      fails: test('assert_eq!(sums::add(1, 1), 3);'),
      passes: test('assert_eq!(sums::add(1, 1), 2);'),
      broken: test('assert_eq!(sums::missing(1, 1), 2);'),
      empty: '\n',
      skipped: test('assert_eq!(sums::add(1, 1), 3);', '#[ignore]\n'),
      hangs: test('loop { std::thread::yield_now(); }'),
      crashes: test('std::process::abort();'),
    },
    named: `${test('assert!(true);')}${test('assert!(false);').replace('adds', 'adds_more')}`,
    hangTimeoutMs: 20_000,
    slow: true,
    programs: ['cargo'],
  },
]
