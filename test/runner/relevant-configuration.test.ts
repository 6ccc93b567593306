import { describe, expect, test } from 'vitest'
import { relevantConfiguration } from '../../src/runner/relevant-configuration.ts'

describe('the relevant configuration', () => {
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
  ])('of %s is not affected by its dependencies', (file, text, dependency, relevant) => {
    const part = relevantConfiguration(file, text)
    expect(relevantConfiguration(file, text.replace(dependency, `${dependency} more`))).toBe(part)
    expect(relevantConfiguration(file, text.replace(relevant, 'other'))).not.toBe(part)
  })
})
