import { describe, expect, it } from 'vitest'
import { testAwareLines } from '../../src/mutation/test-aware.ts'

const TESTS = new Set(['tests/want.js', 'tests/expected', 'spec/data.yml'])

function remarksOn(file: string, text: string): string[] {
  const all = new Set(text.split('\n').keys())
  const testFileAt = (name: string) => {
    const path = name.replace(/^(?:\.\.?\/)+/, '')
    return TESTS.has(path) ? path : undefined
  }
  return testAwareLines(file, text, all, testFileAt).map(({ line, what }) => `${line} ${what}`)
}

describe('code that asks whether a test runs is named', () => {
  it.each([
    ['a.js', 'return process.env.VITEST ? 1 : 0'],
    ['a.ts', "if (process.env['JEST_WORKER_ID'] !== undefined) return 1"],
    ['a.js', 'const { NODE_TEST_CONTEXT } = process.env'],
    ['a.ts', "if (process.env.NODE_ENV === 'test') return 1"],
    ['a.js', "if (process.argv.some(word => word.endsWith('.test.js'))) return 1"],
    ['a.js', "if (process.argv.join().includes('test')) return 1"],
    ['a.js', "if (process.argv[1].includes('vitest')) return 1"],
    ['a.js', "if (process.execArgv.includes('--test')) return 1"],
    ['a.js', "if (new Error().stack.includes('.test.')) return 1"],
    ['a.js', "if (typeof describe === 'function') return 1"],
    ['a.js', 'if (globalThis.expect) return 1'],
    ['a.py', "    if 'PYTEST_CURRENT_TEST' in os.environ:"],
    ['a.py', '    return 1 if "pytest" in sys.modules else 0'],
    ['a.py', "    if sys.modules.get('pytest'):"],
    ['a.rb', '    defined?(RSpec) ? 1 : 0'],
    ['a.rb', '    return 1 if Rails.env.test?'],
    ['a.rb', "    return 1 if ENV['RACK_ENV'] == 'test'"],
    ['a.php', "    if (defined('PHPUNIT_COMPOSER_INSTALL')) return 1;"],
    ['a.php', "    if (class_exists('PHPUnit\\\\Framework\\\\TestCase', false)) return 1;"],
    ['a.go', '\tif flag.Lookup("test.v") != nil {'],
    ['a.go', '\tif testing.Testing() {'],
    ['a.go', '\tif strings.HasSuffix(os.Args[0], ".test") {'],
    ['a.rs', '    if cfg!(test) { 1 } else { 0 }'],
    ['a.rs', '#[cfg(not(test))]'],
    ['A.java', '    Class.forName("org.junit.Test");'],
  ])('%s: %s', (file, line) => {
    expect(remarksOn(file, `\n${line}\n`)).toEqual([
      expect.stringMatching(/^2 asks whether a test runs \(`.+`\)$/),
    ])
  })
})

describe('code that takes its answers from tests is named', () => {
  it.each([
    ['a.js', "import { want } from '../tests/want.js'", 'loads tests/want.js'],
    ['a.js', "const want = read('tests/want.js')", 'loads tests/want.js'],
    ['a.py', 'from tests.expected import SIZE', 'loads tests/expected'],
    ['a.rb', "WANT = YAML.load_file('spec/data.yml')", 'loads spec/data.yml'],
    ['a.js', "import { expect } from 'vitest'", 'loads a library for tests'],
    ['a.js', "const { mock } = require('node:test')", 'loads a library for tests'],
    ['a.py', 'from unittest.mock import ANY', 'loads a library for tests'],
    ['a.rb', "require 'rspec/mocks'", 'loads a library for tests'],
    ['a.php', 'use PHPUnit\\Framework\\TestCase;', 'loads a library for tests'],
    ['a.go', 'import "testing"', 'loads a library for tests'],
    ['a.py', 'def __eq__(self, other):\n    return True', 'makes a value equal to every other'],
    ['a.rb', 'def ==(_other)\n  true\nend', 'makes a value equal to every other'],
  ])('%s: %s', (file, text, what) => {
    expect(remarksOn(file, text)).toEqual([expect.stringContaining(`1 ${what}`)])
  })
})

describe('usual code is not named', () => {
  it.each([
    ['a.js', '// `process.env.VITEST` is not read here'],
    ['a.js', "const one = 1 // not if process.env.NODE_ENV === 'test'"],
    ['a.js', "if (process.env.NODE_ENV === 'production') return 1"],
    ['a.js', "if (process.argv[2] === 'test') return runTests()"],
    ['a.js', "return argv.includes('test') ? runTests() : help()"],
    ['a.js', "if (/^[a-z]+$/.test(name) && stack.includes('test')) return 1"],
    ['a.js', "import assert from 'node:assert/strict'"],
    ['a.js', "import { want } from './want.js'"],
    ['a.js', "const folders = ['tests', 'spec']"],
    ['a.ts', 'if (import.meta.vitest) runInSourceTests()'],
    ['a.ts', "export const isTest = (file: string) => file.endsWith('.test.ts')"],
    ['a.py', '# "pytest" in sys.modules'],
    ['a.py', 'def __eq__(self, other):\n    return self.value == other.value'],
    ['a.py', 'import math'],
    ['a.rb', 'def ==(other)\n  value == other.value\nend'],
    ['a.rb', "require 'json'"],
    ['a.go', 'import "testing/fstest"'],
    ['a.go', '// testing.Testing() is not used'],
    ['a.rs', '#[cfg(test)]\nmod tests {'],
    ['a.rs', '#![cfg_attr(not(test), no_std)]'],
    ['a.php', 'use App\\Stack;'],
    ['a.cobol', "NODE_ENV === 'test'"],
  ])('%s: %s', (file, text) => {
    expect(remarksOn(file, text)).toEqual([])
  })

  it('if the task did not write the line', () => {
    const text = 'const a = 1\nreturn process.env.VITEST\n'
    expect(testAwareLines('a.js', text, new Set([0]), () => undefined)).toEqual([])
  })
})
