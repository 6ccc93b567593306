import { DEBIAN, POM, REPOSITORY } from '../../runner/scenarios/java.ts'
import type { Language } from './language.ts'

const CARGO = {
  'Cargo.toml': '[package]\nname = "stack"\nversion = "0.1.0"\nedition = "2021"\n',
  '.gitignore': 'target\n',
}
const RUST_ONE = 'pub fn size() -> i32 { 0 }\n'
const RUST_TWO = `${RUST_ONE}pub fn push() -> i32 { 1 }\n`
const rustTests = (...tests: string[]) =>
  `#[cfg(test)]\nmod tests {\n    use super::*;\n${tests.join('')}}\n`
const RUST_SIZE = '    #[test] fn size_is_none() { assert_eq!(size(), 0); }\n'
const RUST_PUSH = '    #[test] fn push_adds() { assert_eq!(push(), 1); }\n'
const RUST_WEAK = '    #[test] fn size_is_none() { let _ = size(); }\n'
const rustFile = (name: string, body: string) => `use stack::*;\n#[test] fn ${name}() { ${body} }\n`

const GO = (...functions: string[]) => `package stack\n\n${functions.join('\n')}`
const goTest = (name: string, body: string) =>
  `package stack\n\nimport "testing"\n\nfunc Test${name}(t *testing.T) {\n\t${body}\n}\n`

const CMAKE = `cmake_minimum_required(VERSION 3.20)
project(stack CXX)
enable_testing()
if(EXISTS \${CMAKE_SOURCE_DIR}/tests/size_test.cpp)
  add_executable(size_test tests/size_test.cpp src/stack.cpp)
  add_test(NAME size COMMAND size_test)
endif()
if(EXISTS \${CMAKE_SOURCE_DIR}/tests/push_test.cpp)
  add_executable(push_test tests/push_test.cpp src/stack.cpp)
  add_test(NAME push COMMAND push_test)
endif()
`
const cpp = (condition: string) =>
  `#include <cstdio>\nint size(); int push();\nint main() {\n  if (${condition}) return 0;\n  std::puts("wrong");\n  return 1;\n}\n`

const javaCode = (size: string, push: string) =>
  `class Stack {\n    static int size() { return ${size}; }\n    static int push() { return ${push}; }\n}\n`
const javaTest = (name: string, body: string) =>
  `import org.junit.jupiter.api.*;\nimport static org.junit.jupiter.api.Assertions.*;\nclass ${name}Test {\n    @Test void is() { ${body}; }\n}\n`

/** Languages that compile a program before its tests run. */
export const compiled: Language[] = [
  {
    name: 'Rust, tests in their own files',
    files: { ...CARGO, 'src/lib.rs': 'pub fn size() -> i32 { -1 }\n' },
    one: { 'src/lib.rs': RUST_ONE },
    two: { 'src/lib.rs': RUST_TWO },
    size: { 'tests/size.rs': rustFile('size_is_none', 'assert_eq!(size(), 0);') },
    push: { 'tests/push.rs': rustFile('push_adds', 'assert_eq!(push(), 1);') },
    weak: { 'tests/size.rs': rustFile('size_is_none', 'let _ = size();') },
    comment: '//',
    programs: ['cargo'],
  },
  {
    name: 'Rust, tests in the file of the code',
    files: { ...CARGO, 'src/lib.rs': 'pub fn size() -> i32 { -1 }\n' },
    one: { 'src/lib.rs': RUST_ONE + rustTests(RUST_SIZE) },
    two: { 'src/lib.rs': RUST_TWO + rustTests(RUST_SIZE) },
    size: { 'src/lib.rs': `pub fn size() -> i32 { -1 }\n${rustTests(RUST_SIZE)}` },
    push: { 'src/lib.rs': RUST_TWO + rustTests(RUST_SIZE, RUST_PUSH) },
    weak: { 'src/lib.rs': RUST_ONE + rustTests(RUST_WEAK) },
    inline: true,
    comment: '//',
    programs: ['cargo'],
  },
  {
    name: 'Go',
    files: {
      'go.mod': 'module stack\n\ngo 1.19\n',
      'stack.go': GO('func Size() int { return -1 }\n'),
    },
    one: { 'stack.go': GO('func Size() int { return 0 }\n') },
    two: { 'stack.go': GO('func Size() int { return 0 }\n', 'func Push() int { return 1 }\n') },
    size: { 'size_test.go': goTest('Size', 'if Size() != 0 { t.Error(Size()) }') },
    push: { 'push_test.go': goTest('Push', 'if Push() != 1 { t.Error(Push()) }') },
    weak: { 'size_test.go': goTest('Size', 'Size()') },
    comment: '//',
    programs: ['go'],
  },
  {
    name: 'C++ through CTest',
    files: {
      'CMakeLists.txt': CMAKE,
      '.gitignore': 'build\n',
      'src/stack.cpp': 'int size() { return -1; }\nint push() { return -1; }\n',
    },
    one: { 'src/stack.cpp': 'int size() { return 0; }\nint push() { return -1; }\n' },
    two: { 'src/stack.cpp': 'int size() { return 0; }\nint push() { return 1; }\n' },
    size: { 'tests/size_test.cpp': cpp('size() == 0') },
    push: { 'tests/push_test.cpp': cpp('push() == 1') },
    weak: { 'tests/size_test.cpp': cpp('size() < 9') },
    comment: '//',
    slow: true,
    programs: ['cmake', 'ctest', 'g++'],
  },
  {
    name: 'JUnit through Maven',
    files: {
      'pom.xml': POM,
      '.mvn/maven.config': DEBIAN,
      '.gitignore': 'target\n',
      'src/main/java/Stack.java': javaCode('-1', '-1'),
    },
    one: { 'src/main/java/Stack.java': javaCode('0', '-1') },
    two: { 'src/main/java/Stack.java': javaCode('0', '1') },
    size: { 'src/test/java/SizeTest.java': javaTest('Size', 'assertEquals(0, Stack.size())') },
    push: { 'src/test/java/PushTest.java': javaTest('Push', 'assertEquals(1, Stack.push())') },
    weak: { 'src/test/java/SizeTest.java': javaTest('Size', 'Stack.size()') },
    comment: '//',
    slow: true,
    programs: ['mvn', 'java'],
    paths: REPOSITORY,
  },
]
