import { ctest } from '../../../src/runner/frameworks/ctest.ts'
import { phpunit } from '../../../src/runner/frameworks/phpunit.ts'
import { prove } from '../../../src/runner/frameworks/prove.ts'
import type { RunnerFixture } from './scenario.ts'

const php = (body: string) =>
  `<?php\nclass SumsTest extends PHPUnit\\Framework\\TestCase {\n    public function testAdds(): void { ${body} }\n}\n`
const perl = (body: string) => `use Test::More;\n${body}\ndone_testing;\n`
const cpp = (body: string) =>
  `#include <cassert>\n#include <csignal>\n#include <cstdio>\nint main() {\n    ${body}\n}\n`

export const others: RunnerFixture[] = [
  {
    framework: phpunit,
    files: {},
    test: 'tests/SumsTest.php',
    id: 'tests/SumsTest.php > testAdds',
    tests: {
      fails: php('$this->assertSame(3, 1 + 1);'),
      passes: php('$this->assertSame(2, 1 + 1);'),
      broken: php('$this->assertSame(3, 1 + );'),
      empty: '\n',
      skipped: php(`$this->markTestSkipped('later');`),
      hangs: php('while (true) { }'),
      crashes: php('exit(0);'),
    },
    named: php('$this->assertTrue(true); } public function testAddsMore(): void { $this->fail();'),
    programs: ['phpunit'],
  },
  {
    framework: prove,
    files: {},
    test: 't/sums.t',
    id: 't/sums.t > adds',
    tests: {
      fails: perl(`is(1 + 1, 3, 'adds');`),
      passes: perl(`is(1 + 1, 2, 'adds');`),
      broken: perl(`is(1 + , 'adds';`),
      empty: '\n',
      skipped: `use Test::More skip_all => 'later';\n`,
      hangs: perl('while (1) { }'),
      crashes: perl(`ok(1, 'one'); kill 'KILL', $$;`),
    },
    programs: ['prove'],
  },
  {
    framework: ctest,
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.20)\nproject(sums CXX)\nenable_testing()\nadd_executable(sums tests/sums_test.cpp)\nadd_test(NAME adds COMMAND sums)\nset_tests_properties(adds PROPERTIES SKIP_RETURN_CODE 77)\n',
    },
    test: 'tests/sums_test.cpp',
    id: 'tests/sums_test.cpp > adds',
    tests: {
      fails: cpp('std::puts("got 2, want 3"); return 1 + 1 == 3 ? 0 : 1;'),
      passes: cpp('return 1 + 1 == 2 ? 0 : 1;'),
      broken: cpp('return missing();'),
      empty: '\n',
      skipped: cpp('return 77;'),
      hangs: cpp('for (volatile int n = 0;; n = n + 1) { }'),
      crashes: cpp('std::raise(SIGSEGV);'),
    },
    hangTimeoutMs: 20_000,
    slow: true,
    programs: ['cmake', 'ctest', 'g++'],
  },
]
