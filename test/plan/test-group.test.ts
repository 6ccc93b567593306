import { expect, test } from 'vitest'
import { testGroupOfFile } from '../../src/plan/test-group.ts'

test.each([
  ['tests/contract/members.test.js', 'contract'],
  ['tests/integration/unit_of_work_test.py', 'integration'],
  ['src/member.unit.test.ts', 'unit'],
  ['tests/test_perf_search.py', 'performance'],
  ['e2e/login.spec.ts', 'end-to-end'],
  ['tests/loader.test.js', undefined],
])('the group of %s is %s', (file, group) => {
  expect(testGroupOfFile(file)).toBe(group)
})
