import { expect, test } from 'vitest'
import { isToolOutput } from '../../src/plan/tool-output.ts'

test.each([
  'Cargo.lock',
  'crates/a/Cargo.lock',
  'package-lock.json',
  'packages/a/pnpm-lock.yaml',
  'yarn.lock',
  'bun.lockb',
  'poetry.lock',
  'uv.lock',
  'Gemfile.lock',
  'composer.lock',
  'go.sum',
  'go.work.sum',
  'tsconfig.tsbuildinfo',
  'packages/a/tsconfig.build.tsbuildinfo',
  '.coverage',
  '.coverage.host.123',
  'coverage.xml',
  'coverage/lcov-report/sorter.js',
  'htmlcov/index.html',
  'app/__pycache__/a.cpython-311.pyc',
  'target/debug/build/a.rs',
  'dist/index.js',
  'packages/lib/dist/index.js',
  'src/app.egg-info/PKG-INFO',
  'reports/junit.xml',
  '.eslintcache',
  '.phpunit.result.cache',
  '.next/server/app.js',
  'tests/snapshots/a.snap.new',
  'approvals/a.received.txt',
  'log/test.log',
  'spec/examples.txt',
])('%s is written by tools', path => {
  expect(isToolOutput(path)).toBe(true)
})

test.each([
  'src/lock.ts',
  'src/coverage.py',
  'src/build.rs',
  'build.gradle',
  'package.json',
  'go.mod',
  'src/target.js',
  'src/__snapshots__/a.test.ts.snap',
  'tests/data/expected.json',
  'distribution/a.js',
  'cache.js',
  'tests/fixtures/app/package-lock.json',
  'testdata/dist/a.js',
  'tests/build/assert.js',
  'test/helpers/out/helper.py',
  'src/build/compile.ts',
  'packages/a/src/target/arch.rs',
  '.env.cache.ts',
])('%s is not', path => {
  expect(isToolOutput(path)).toBe(false)
})
