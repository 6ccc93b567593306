import { describe, expect, test } from 'vitest'
import { ctest } from '../../../src/runner/frameworks/ctest.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { projectWith, resultLines, runIn } from '../project.ts'

const HAS_CMAKE = ['cmake', 'ctest', 'cc'].every(isOnPath)

describe.skipIf(!HAS_CMAKE)('ctest', () => {
  test('finds the sources of tests that a script names in a loop or by a pattern', async () => {
    const program = (code: number) => `int main(void) { return ${code}; }\n`
    const root = projectWith({
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.15)\nproject(p C)\nenable_testing()\nadd_subdirectory(tests)\n',
      'tests/CMakeLists.txt': `file(GLOB sources CONFIGURE_DEPENDS test_*.c)
foreach(source \${sources})
  get_filename_component(name \${source} NAME_WE)
  add_executable(\${name} \${source})
  add_test(NAME check_\${name} COMMAND \${name})
endforeach()
`,
      'tests/test_a.c': program(0),
      'tests/test_b.c': program(1),
    })
    const one = await runIn(root, ctest, ['tests/test_a.c'])
    expect(resultLines(one)).toEqual(['tests/test_a.c > check_test_a: passed'])
    expect(resultLines(await runIn(root, ctest, [])).toSorted()).toEqual([
      'tests/test_a.c > check_test_a: passed',
      'tests/test_b.c > check_test_b: failed (error)',
    ])
  })
})
