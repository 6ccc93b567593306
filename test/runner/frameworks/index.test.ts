import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PackageView } from '../../../src/runner/framework.ts'
import { detectFramework, frameworks } from '../../../src/runner/frameworks/index.ts'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { packageOf } from '../../../src/store/package-view.ts'
import { folderWith } from '../project.ts'

/** Detects the framework of a test file: its name, what it was detected by, and the folder of its package. */
function detect(files: Record<string, string>, testFile: string): (string | undefined)[] {
  const root = folderWith(files)
  const { view, folder } = packageOf({ root }, testFile)
  const testContent = files[testFile] ?? ''
  const detected = detectFramework(view, { testFile, testContent })
  return [detected?.framework.name, detected?.because, path.relative(root, folder)]
}

const manifestWith = (name: string) => JSON.stringify({ devDependencies: { [name]: '*' } })

describe('a framework is detected', () => {
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
      { 'package.json': manifestWith('ava') },
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
      'pytest by its configuration section',
      { 'pyproject.toml': '[tool.pytest.ini_options]' },
      'tests/test_a.py',
      ['pytest', '[tool.pytest.ini_options] in pyproject.toml', ''],
    ],
    [
      'pytest by a requirement',
      { 'requirements-dev.txt': 'pytest==9' },
      'test_a.py',
      ['pytest', 'pytest in requirements-dev.txt', ''],
    ],
    [
      'pytest by the way in which tests are written',
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
      'pytest, although a test imports unittest.mock',
      { 'pytest.ini': '', 'test_a.py': 'from unittest.mock import patch' },
      'test_a.py',
      ['pytest', 'pytest.ini', ''],
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
      'nothing for a language without a manifest or dependency',
      { 'package.json': manifestWith('vitest') },
      'a_test.rb',
      [undefined, undefined, ''],
    ],
  ]
  test.each(cases)('%s', (_, files, file, expected) => {
    expect(detect(files, file)).toEqual(expected)
    const framework = frameworks.find(({ name }) => name === expected[0])
    expect(framework?.isTest(file)).toBe(expected[0] === undefined ? undefined : true)
  })

  test('in the nearest package of the file, whatever other packages are around it', () => {
    const files = {
      'package.json': manifestWith('vitest'),
      'services/api/pyproject.toml': '[tool.pytest]',
      'services/api/package.json': manifestWith('jest'),
      'web/package.json': manifestWith('mocha'),
      'go.mod': 'module m',
    }
    expect(detect(files, 'services/api/tests/test_a.py')[2]).toBe('services/api')
    expect(detect(files, 'services/api/src/a.test.ts').slice(0, 1)).toEqual(['jest'])
    expect(detect(files, 'web/test/a.js').slice(0, 1)).toEqual(['mocha'])
    expect(detect(files, 'other/a.test.ts')[0]).toBe('vitest')
    expect(detect(files, 'services/api/a_test.go')).toEqual(['go test', 'go.mod', ''])
  })

  test('together with its configuration files', () => {
    const { view } = packageOf(
      { root: folderWith({ 'pytest.ini': '', 'conftest.py': '' }) },
      'test_a.py',
    )
    const pytest = frameworks.find(({ name }) => name === 'pytest')
    expect(pytest?.configuration(view)).toEqual(['pytest.ini', 'conftest.py'])
  })
})

describe('detection', () => {
  test('a configuration file of vitest takes precedence over the test script', () => {
    const found = detectFramework(view({ scripts: { test: 'node --test' } }, 'vitest.config.ts'))
    expect(found).toMatchObject({ framework: { name: 'vitest' }, because: 'vitest.config.ts' })
  })

  test('vitest is detected by a dependency, node:test by a script', () => {
    const manifest = { devDependencies: { vitest: '^4' } }
    expect(detectFramework(view(manifest))?.framework.name).toBe('vitest')
    const script = { scripts: { test: 'node --import ./x.js --test test/' } }
    expect(detectFramework(view(script))?.framework.name).toBe('node:test')
  })

  test('imports of the test file take precedence over the package, and the settings over both', () => {
    const manifest = { devDependencies: { vitest: '^4' } }
    const testContent = `import test from "node:test"`
    expect(detectFramework(view(manifest), { testContent })?.framework.name).toBe('node:test')
    const both = detectFramework(view(manifest), { testContent, prefer: 'vitest' })
    expect(both).toMatchObject({ framework: { name: 'vitest' }, because: 'the settings' })
  })

  test.each([
    undefined,
    {},
    { scripts: 3 },
    { devDependencies: [] },
    { scripts: { test: 'make' } },
  ])('nothing is detected from %j', manifest => {
    expect(detectFramework(view(manifest))).toBeUndefined()
  })

  test('files are recognized as tests by the patterns of their framework', () => {
    const names = [
      'src/a.test.ts',
      'a.spec.jsx',
      'test/a.mjs',
      'test-a.cjs',
      'src/a.ts',
      'a.test.txt',
    ]
    expect(names.filter(vitest.isTest)).toEqual(['src/a.test.ts', 'a.spec.jsx'])
    const plain = names.filter(name => !name.endsWith('.ts'))
    expect(plain.filter(nodeTest.isTest)).toEqual(['test/a.mjs', 'test-a.cjs'])
    expect([vitest, nodeTest].some(f => f.isTest('node_modules/x/a.test.js'))).toBe(false)
  })

  test('configuration files are listed if they exist, snapshots whether they exist or not', () => {
    const found = vitest.configuration(view({}, 'vite.config.mjs', 'vitest.setup.ts', 'other.ts'))
    expect(found).toEqual(['vite.config.mjs', 'vitest.setup.ts'])
    expect(vitest.snapshots('test/a.test.ts')).toEqual(['test/__snapshots__/a.test.ts.snap'])
    expect(vitest.snapshots('a.test.ts')).toEqual(['__snapshots__/a.test.ts.snap'])
  })
})

function view(manifest: PackageView['manifest'], ...files: string[]): PackageView {
  return {
    manifest,
    exists: file => files.includes(file),
    read: () => undefined,
    names: () => files,
  }
}
