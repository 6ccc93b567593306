import { pytest } from '../../../src/runner/frameworks/pytest.ts'
import { unittest } from '../../../src/runner/frameworks/unittest.ts'
import { PROBES } from './installed.ts'
import type { RunnerFixture } from './scenario.ts'

const PYTEST = 'import os, pytest, signal, time\n\n'
const UNITTEST = 'import os, signal, time, unittest\n\nclass Sums(unittest.TestCase):\n'

export const python: RunnerFixture[] = [
  {
    framework: pytest,
    files: {},
    test: 'tests/test_it.py',
    id: 'tests/test_it.py > test_adds',
    tests: {
      fails: `${PYTEST}def test_adds():\n    assert 1 + 1 == 3\n`,
      passes: `${PYTEST}def test_adds():\n    assert 1 + 1 == 2\n`,
      broken: `${PYTEST}def test_adds(:\n    assert 1 + 1 == 2\n`,
      empty: '\n',
      skipped: `${PYTEST}@pytest.mark.skip\ndef test_adds():\n    assert 1 + 1 == 3\n`,
      hangs: `${PYTEST}def test_adds():\n    time.sleep(600)\n`,
      crashes: `${PYTEST}def test_adds():\n    os.kill(os.getpid(), signal.SIGKILL)\n`,
    },
    named: `${PYTEST}def test_adds():\n    pass\ndef test_adds_more():\n    assert False\n`,
    programs: ['python3'],
    probes: [PROBES.pytest],
  },
  {
    framework: unittest,
    files: {},
    test: 'tests/test_it.py',
    id: 'tests/test_it.py > Sums > test_adds',
    tests: {
      fails: `${UNITTEST}    def test_adds(self):\n        self.assertEqual(1 + 1, 3)\n`,
      passes: `${UNITTEST}    def test_adds(self):\n        self.assertEqual(1 + 1, 2)\n`,
      broken: `${UNITTEST}    def test_adds(self:\n        pass\n`,
      empty: '\n',
      skipped: `${UNITTEST}    @unittest.skip("later")\n    def test_adds(self):\n        pass\n`,
      hangs: `${UNITTEST}    def test_adds(self):\n        time.sleep(600)\n`,
      crashes: `${UNITTEST}    def test_adds(self):\n        os.kill(os.getpid(), signal.SIGKILL)\n`,
    },
    named: `${UNITTEST}    def test_adds(self):\n        pass\n    def test_adds_more(self):\n        self.fail()\n`,
    programs: ['python3'],
  },
]
