import { go as framework } from '../../../src/runner/frameworks/go.ts'
import type { RunnerFixture } from './scenario.ts'

const HEAD = 'package sums\n\nimport (\n\t"os"\n\t"testing"\n)\n\nvar _ = os.Exit\n\n'

export const go: RunnerFixture[] = [
  {
    framework,
    files: { 'go.mod': 'module example.com/sums\n\ngo 1.19\n', 'sums/sums.go': 'package sums\n' },
    test: 'sums/sums_test.go',
    id: 'sums/sums_test.go > TestAdds',
    tests: {
      fails: `${HEAD}func TestAdds(t *testing.T) {\n\tt.Errorf("got %d, want 3", 1+1)\n}\n`,
      passes: `${HEAD}func TestAdds(t *testing.T) {\n\tt.Log("fine")\n}\n`,
      broken: `${HEAD}func TestAdds(t *testing.T) {\n\tt.Log(missing)\n}\n`,
      empty: '\n',
      skipped: `${HEAD}func TestAdds(t *testing.T) {\n\tt.Skip("later")\n}\n`,
      hangs: `${HEAD}func TestAdds(t *testing.T) {\n\tselect {}\n}\n`.replace(
        'select {}',
        'for {\n\t}',
      ),
      crashes: `${HEAD}func TestAdds(t *testing.T) {\n\tos.Exit(3)\n}\n`,
    },
    named: `${HEAD}func TestAdds(t *testing.T) {\n}\n\nfunc TestAddsMore(t *testing.T) {\n\tt.Fail()\n}\n`,
    hangTimeoutMs: 15_000,
    slow: true,
    programs: ['go'],
  },
]
