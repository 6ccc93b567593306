import type { Language } from './language.ts'

type Texts = Omit<Language, 'name' | 'files' | 'one' | 'two' | 'size' | 'push' | 'weak'> & {
  name: string
  more?: Record<string, string>
  source: string
  /** The code with these bodies of `size` and `push`. */
  code: (size: string, push: string) => string
  file: (name: string) => string
  /** A test of this name, which asserts that `call` returns `value`. Without a value it only makes the call. */
  test: (name: string, call: string, value?: number) => string
  call?: (name: string) => string
}

/** A language in which each test has its own file and the code has one function per task. */
function language({
  more = {},
  source,
  code,
  file,
  test,
  call = name => `${name}()`,
  ...rest
}: Texts): Language {
  return {
    ...rest,
    files: { ...more, [source]: code('-1', '-1') },
    one: { [source]: code('0', '-1') },
    two: { [source]: code('0', '1') },
    size: { [file('size')]: test('size', call('size'), 0) },
    push: { [file('push')]: test('push', call('push'), 1) },
    weak: { [file('size')]: test('size', call('size')) },
  }
}

const python = (size: string, push: string) =>
  `def size():\n    return ${size}\n\n\ndef push():\n    return ${push}\n`
const ruby = (size: string, push: string) =>
  `module Stack\n  def self.size = ${size}\n  def self.push = ${push}\nend\n`
const javascript = (size: string, push: string) =>
  `export const size = () => ${size}\nexport const push = () => ${push}\n`
const manifest = (script: string) => ({
  'package.json': JSON.stringify({ name: 'stack', type: 'module', scripts: { test: script } }),
})
const expecting = (from: string) => (name: string, call: string, value?: number) =>
  `import { expect, test } from '${from}'\nimport { ${name} } from '../src/stack.js'\ntest('${name} is', () => { ${value === undefined ? call : `expect(${call}).toBe(${value})`} })\n`

export const interpreted: Language[] = [
  language({
    name: 'pytest',
    source: 'stack.py',
    more: { 'conftest.py': '' },
    code: python,
    file: name => `tests/test_${name}.py`,
    test: (name, call, value) =>
      `from stack import ${name}\n\n\ndef test_${name}():\n    ${value === undefined ? call : `assert ${call} == ${value}`}\n`,
    comment: '#',
    programs: ['python3', 'pytest'],
  }),
  language({
    name: 'unittest',
    slow: true,
    source: 'stack.py',
    code: python,
    file: name => `tests/test_${name}.py`,
    test: (name, call, value) =>
      `import unittest\nfrom stack import ${name}\n\n\nclass Case(unittest.TestCase):\n    def test_${name}(self):\n        ${value === undefined ? call : `self.assertEqual(${call}, ${value})`}\n`,
    comment: '#',
    programs: ['python3'],
  }),
  language({
    name: 'RSpec',
    source: 'lib/stack.rb',
    more: { '.rspec': '' },
    code: ruby,
    file: name => `spec/${name}_spec.rb`,
    test: (name, call, value) =>
      `require_relative '../lib/stack'\nRSpec.describe '${name}' do\n  it 'is' do\n    ${value === undefined ? call : `expect(${call}).to eq(${value})`}\n  end\nend\n`,
    call: name => `Stack.${name}`,
    comment: '#',
    programs: ['rspec'],
  }),
  language({
    name: 'Minitest',
    slow: true,
    source: 'lib/stack.rb',
    code: ruby,
    file: name => `test/${name}_test.rb`,
    test: (name, call, value) =>
      `require 'minitest/autorun'\nrequire_relative '../lib/stack'\nclass ${name.toUpperCase()}Test < Minitest::Test\n  def test_is\n    ${value === undefined ? call : `assert_equal ${value}, ${call}`}\n  end\nend\n`,
    call: name => `Stack.${name}`,
    comment: '#',
    programs: ['ruby'],
  }),
  language({
    name: 'PHPUnit',
    source: 'src/stack.php',
    code: (size, push) =>
      `<?php\nfunction size(): int { return ${size}; }\nfunction push(): int { return ${push}; }\n`,
    file: name => `tests/${name}Test.php`,
    test: (name, call, value) =>
      `<?php\nrequire_once __DIR__ . '/../src/stack.php';\nclass ${name}Test extends PHPUnit\\Framework\\TestCase {\n    public function testIs(): void { ${value === undefined ? `${call}; $this->assertTrue(true);` : `$this->assertSame(${value}, ${call});`} }\n}\n`,
    comment: '//',
    programs: ['phpunit'],
  }),
  language({
    name: 'prove',
    source: 'lib/Stack.pm',
    code: (size, push) => `package Stack;\nsub size { ${size} }\nsub push { ${push} }\n1;\n`,
    file: name => `t/${name}.t`,
    test: (name, call, value) =>
      `use Test::More;\nuse Stack;\n${value === undefined ? `${call}; ok(1, '${name} is');` : `is(${call}, ${value}, '${name} is');`}\ndone_testing;\n`,
    call: name => `Stack::${name}()`,
    comment: '#',
    programs: ['prove'],
  }),
  language({
    name: 'Mocha',
    slow: true,
    source: 'src/stack.js',
    more: manifest('mocha'),
    code: javascript,
    file: name => `test/${name}.js`,
    test: (name, call, value) =>
      `import assert from 'node:assert/strict'\nimport { ${name} } from '../src/stack.js'\nit('${name} is', () => { ${value === undefined ? call : `assert.equal(${call}, ${value})`} })\n`,
    comment: '//',
    programs: [],
    module: 'mocha',
  }),
  language({
    name: 'AVA',
    slow: true,
    source: 'src/stack.js',
    more: manifest('ava'),
    code: javascript,
    file: name => `test/${name}.js`,
    test: (name, call, value) =>
      `import test from 'ava'\nimport { ${name} } from '../src/stack.js'\ntest('${name} is', t => { ${value === undefined ? `${call}; t.pass()` : `t.is(${call}, ${value})`} })\n`,
    comment: '//',
    programs: [],
    module: 'ava',
  }),
  language({
    name: 'Vitest',
    slow: true,
    source: 'src/stack.js',
    more: manifest('vitest run'),
    code: javascript,
    file: name => `test/${name}.test.js`,
    test: expecting('vitest'),
    comment: '//',
    programs: [],
    module: 'vitest',
  }),
  language({
    name: 'Bun',
    slow: true,
    source: 'src/stack.js',
    more: manifest('bun test'),
    code: javascript,
    file: name => `test/${name}.test.js`,
    test: expecting('bun:test'),
    comment: '//',
    programs: [],
    module: 'bun',
  }),
  language({
    name: 'Jest',
    slow: true,
    source: 'src/stack.cjs',
    more: { 'package.json': JSON.stringify({ name: 'stack', scripts: { test: 'jest' } }) },
    code: (size, push) => `exports.size = () => ${size}\nexports.push = () => ${push}\n`,
    file: name => `test/${name}.test.js`,
    test: (name, call, value) =>
      `const { ${name} } = require('../src/stack.cjs')\ntest('${name} is', () => { ${value === undefined ? call : `expect(${call}).toBe(${value})`} })\n`,
    comment: '//',
    programs: [],
    module: 'jest',
  }),
]
