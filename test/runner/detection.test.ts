import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findChecks, missingChecks } from '../../src/runner/checks.ts'
import { relevantConfiguration } from '../../src/runner/relevant-configuration.ts'
import { detectFramework, frameworks } from '../../src/runner/frameworks/index.ts'
import { packageOf } from '../../src/store/package-view.ts'
import { temporaryFolder } from './project.ts'

function workspaceWith(files: Record<string, string>) {
  const root = temporaryFolder()
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  return { root }
}

/** What is found for a test file: framework, what speaks for it, and the folder of its package. */
function found(files: Record<string, string>, testFile: string): (string | undefined)[] {
  const workspace = workspaceWith(files)
  const { view, folder } = packageOf(workspace, testFile)
  const testContent = files[testFile] ?? ''
  const detected = detectFramework(view, { testFile, testContent })
  return [detected?.framework.name, detected?.because, path.relative(workspace.root, folder)]
}

const DEPENDS = (name: string) => JSON.stringify({ devDependencies: { [name]: '*' } })

describe('a framework is found', () => {
  const cases: [string, Record<string, string>, string, (string | undefined)[]][] = [
    [
      'jest',
      { 'package.json': '{"jest":{}}' },
      'a.test.js',
      ['jest', '"jest" in package.json', ''],
    ],
    [
      'vitest',
      { 'package.json': JSON.stringify({ scripts: { test: 'vitest run' } }) },
      'a.test.js',
      ['vitest', 'vitest in the script "test" of package.json', ''],
    ],
    ['mocha', { '.mocharc.yml': '' }, 'test/a.js', ['mocha', '.mocharc.yml', '']],
    [
      'ava',
      { 'package.json': DEPENDS('ava') },
      'test/a.js',
      ['ava', 'ava among the dependencies in package.json', ''],
    ],
    ['bun', { 'bun.lock': '' }, 'a.test.ts', ['bun test', 'bun.lock', '']],
    ['deno', { 'deno.json': '{}' }, 'a_test.ts', ['deno test', 'deno.json', '']],
    [
      'playwright',
      { 'playwright.config.ts': '' },
      'e2e/a.spec.ts',
      ['playwright test', 'playwright.config.ts', ''],
    ],
    [
      'pytest by its section',
      { 'pyproject.toml': '[tool.pytest.ini_options]' },
      'tests/test_a.py',
      ['pytest', '[tool.pytest in pyproject.toml', ''],
    ],
    [
      'pytest by a requirement',
      { 'requirements-dev.txt': 'pytest==9' },
      'test_a.py',
      ['pytest', 'pytest in requirements-dev.txt', ''],
    ],
    [
      'pytest by how tests are written',
      { 'test_a.py': 'def test_x():\n    pass' },
      'test_a.py',
      ['pytest', 'how the test file is written', ''],
    ],
    [
      'unittest',
      { 'test_a.py': 'import unittest\nclass A(unittest.TestCase):\n    def test_x(self): pass' },
      'test_a.py',
      ['unittest', 'how the test file is written', ''],
    ],
    [
      'pytest although a test imports a mock of unittest',
      { 'pytest.ini': '', 'test_a.py': 'from unittest.mock import patch' },
      'test_a.py',
      ['pytest', 'the file in pytest.ini', ''],
    ],
    ['go', { 'go.mod': 'module m' }, 'a/b_test.go', ['go test', 'go.mod', '']],
    ['cargo', { 'Cargo.toml': '' }, 'tests/a.rs', ['cargo test', 'Cargo.toml', '']],
    [
      'nextest',
      { 'Cargo.toml': '', '.config/nextest.toml': '' },
      'tests/a.rs',
      ['cargo nextest', '.config/nextest.toml', ''],
    ],
    ['rspec', { '.rspec': '' }, 'spec/a_spec.rb', ['rspec', '.rspec', '']],
    [
      'minitest',
      { Gemfile: `gem 'minitest'` },
      'test/a_test.rb',
      ['minitest', 'minitest in Gemfile', ''],
    ],
    ['phpunit', { 'phpunit.xml.dist': '' }, 'tests/ATest.php', ['phpunit', 'phpunit.xml.dist', '']],
    [
      'pest',
      { 'composer.json': '{"require-dev":{"pestphp/pest":"*"}}' },
      'tests/A.php',
      ['pest', 'pestphp/pest in composer.json', ''],
    ],
    ['prove', { cpanfile: '' }, 't/a.t', ['prove', 'cpanfile', '']],
    ['maven', { 'pom.xml': '' }, 'src/test/java/ATest.java', ['maven', 'pom.xml', '']],
    [
      'gradle',
      { 'build.gradle.kts': '' },
      'src/test/kotlin/ATest.kt',
      ['gradle', 'build.gradle.kts', ''],
    ],
    [
      'ctest',
      { 'CMakeLists.txt': 'enable_testing()', 'tests/CMakeLists.txt': '' },
      'tests/a_test.cpp',
      ['ctest', 'enable_testing in CMakeLists.txt', ''],
    ],
    [
      'dotnet',
      { 'A.Tests/A.Tests.csproj': '' },
      'A.Tests/ATests.cs',
      ['dotnet test', 'A.Tests.csproj', 'A.Tests'],
    ],
    [
      'nothing for a language without a sign',
      { 'package.json': DEPENDS('vitest') },
      'a_test.rb',
      [undefined, undefined, ''],
    ],
  ]
  test.each(cases)('%s', (_, files, file, expected) => {
    expect(found(files, file)).toEqual(expected)
    const framework = frameworks.find(({ name }) => name === expected[0])
    expect(framework?.isTest(file)).toBe(expected[0] === undefined ? undefined : true)
  })

  test('in the nearest package of the file, whatever lies above it and beside it', () => {
    const files = {
      'package.json': DEPENDS('vitest'),
      'services/api/pyproject.toml': '[tool.pytest]',
      'services/api/package.json': DEPENDS('jest'),
      'web/package.json': DEPENDS('mocha'),
      'go.mod': 'module m',
    }
    expect(found(files, 'services/api/tests/test_a.py')[2]).toBe('services/api')
    expect(found(files, 'services/api/src/a.test.ts').slice(0, 1)).toEqual(['jest'])
    expect(found(files, 'web/test/a.js').slice(0, 1)).toEqual(['mocha'])
    expect(found(files, 'other/a.test.ts')[0]).toBe('vitest')
    expect(found(files, 'services/api/a_test.go')).toEqual(['go test', 'go.mod', ''])
  })

  test('and its configuration is what decides what a run says', () => {
    const { view } = packageOf(workspaceWith({ 'pytest.ini': '', 'conftest.py': '' }), 'test_a.py')
    const pytest = frameworks.find(({ name }) => name === 'pytest')
    expect(pytest?.configuration(view)).toEqual(['pytest.ini', 'conftest.py'])
  })
})

describe('the decisive part of a configuration', () => {
  test.each([
    [
      'pyproject.toml',
      '[project]\ndependencies = ["a"]\n[tool.pytest.ini_options]\naddopts = "-x"',
      '"a"',
      '-x',
    ],
    ['setup.cfg', '[options]\ninstall_requires = a\n[tool:pytest]\naddopts = -x', '= a', '-x'],
    [
      'Cargo.toml',
      '[package]\nname = "m"\n[[test]]\nharness = true\n[dependencies]\na = "1"',
      'a = "1"',
      'true',
    ],
    ['go.mod', 'module m\n\ngo 1.19\n\nrequire (\n\ta v1\n)\nreplace b => c', 'a v1', '=> c'],
    [
      'pom.xml',
      '<dependencies><dependency>a</dependency></dependencies><skip>x</skip>',
      '<dependency>a',
      '<skip>x',
    ],
    [
      'CMakeLists.txt',
      'add_executable(a a.cpp)\nadd_test(NAME a COMMAND a)\nset_tests_properties(a PROPERTIES WILL_FAIL ON)',
      'a.cpp',
      'WILL_FAIL',
    ],
  ])('of %s is not its dependencies', (file, text, dependency, decisive) => {
    const part = relevantConfiguration(file, text)
    expect(relevantConfiguration(file, text.replace(dependency, `${dependency} more`))).toBe(part)
    expect(relevantConfiguration(file, text.replace(decisive, 'other'))).not.toBe(part)
  })
})

describe('checks of other languages', () => {
  test('are found by their files, and missing where their program is not there', () => {
    const workspace = workspaceWith({
      'pyproject.toml': '[tool.mypy]\n[tool.ruff]\n',
      '.venv/bin/mypy': '',
      '.golangci.yml': '',
      '.rubocop.yml': '',
    })
    const { view, folder } = packageOf(workspace, 'test_a.py')
    const names = [
      ...findChecks(folder, view).map(check => check.name),
      ...missingChecks(folder, view),
    ]
    expect(names.sort()).toEqual(['golangci-lint', 'mypy', 'rubocop', 'ruff'])
    // A file that may not be run is no program.
    expect(missingChecks(folder, view)).toContain('mypy')
  })

  test('of Cargo are there only where they are configured', () => {
    const plain = packageOf(workspaceWith({ 'Cargo.toml': '[package]' }), 'tests/a.rs')
    expect(findChecks(plain.folder, plain.view)).toEqual([])
    const strict = packageOf(workspaceWith({ 'Cargo.toml': '[lints.clippy]' }), 'tests/a.rs')
    const told = findChecks(strict.folder, strict.view).map(({ name }) => name)
    expect([...told, ...missingChecks(strict.folder, strict.view)]).toEqual(['cargo clippy'])
  })
})
