import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { judgeGreen, judgeRed } from '../../src/evidence/verdict.ts'
import { projectWith, runIn } from './project.ts'
import { runnerFixtures } from './scenarios/index.ts'
import { nodeModulesWith } from './scenarios/installed.ts'
import { isInstalled } from './scenarios/run-scenario.ts'
import type { RunnerFixture } from './scenarios/scenario.ts'

/** Parameterized and nested tests, and tests whose names are computed. */
interface GeneratedTests {
  /** Text of the test file. `right` is the sum of 1 and 1 that the tests expect. */
  text: (right: number) => string
  /** Text that is inserted above the tests between RED and GREEN, so that their lines and their order change. */
  above: string
  names: string[]
}

const javascript = (head: string): GeneratedTests => ({
  text: right => `${head}
describe('sums', () => {
  describe.each([['one', 1], ['two', 2]])('of %s', (_, n) => {
    test.each([{ a: 1 }, { a: 2 }])('adds $a', ({ a }) => { expect(n + a).toBe(n + a + ${right} - 2) })
    test.each([1, 1])('again', () => { expect(1 + 1).toBe(${right}) })
  })
  for (const name of ['x', 'y']) describe('dynamic ' + name, () => {
    test(\`\${name} of \${name.length}\`, () => { expect(1 + 1).toBe(${right}) })
  })
})
`,
  above: `test('above', () => {})\n`,
  names: [
    ...['one', 'two'].flatMap(n =>
      ['adds 1', 'adds 2', 'again', 'again #2'].map(name => `sums > of ${n} > ${name}`),
    ),
    'sums > dynamic x > x of 1',
    'sums > dynamic y > y of 1',
  ],
})

const TESTS: Record<string, GeneratedTests> = {
  vitest: javascript(`import { describe, expect, test } from 'vitest'`),
  jest: javascript(''),
  pytest: {
    text: right => `import pytest
class TestSums:
    class TestInner:
        @pytest.mark.parametrize('b', [1, 2])
        @pytest.mark.parametrize('a', ['x', 'y'], ids=lambda a: 'is ' + a)
        def test_adds(self, a, b): assert 1 + 1 == ${right}
@pytest.fixture(params=['p', 'q'])
def given(request): return request.param
def test_given(given): assert 1 + 1 == ${right}
def make(name):
    def run(): assert 1 + 1 == ${right}
    globals()['test_made_' + name] = run
for name in ['x', 'y']: make(name)
`,
    above: 'def test_above(): pass\n',
    names: [
      ...['is x-1', 'is x-2', 'is y-1', 'is y-2'].map(
        id => `TestSums > TestInner > test_adds[${id}]`,
      ),
      'test_given[p]',
      'test_given[q]',
      'test_made_x',
      'test_made_y',
    ],
  },
  'go test': {
    text: right => `import (
	"fmt"
	"testing"
)

func TestSums(t *testing.T) {
	for _, n := range []int{1, 2} {
		t.Run(fmt.Sprintf("of %d", n), func(t *testing.T) {
			t.Run("inner", func(t *testing.T) {
				if 1+1 != ${right} {
					t.Errorf("got %d", n)
				}
			})
			t.Run("inner", func(t *testing.T) {
				if 1+1 != ${right} {
					t.Errorf("got %d", n)
				}
			})
		})
	}
}
`,
    above: 'package sums\n\n',
    names: [
      'TestSums',
      ...[1, 2].flatMap(n =>
        ['', ' > inner', ' > inner#01'].map(name => `TestSums > of_${n}${name}`),
      ),
    ],
  },
  'cargo test': {
    text: right => `macro_rules! adds {
    ($($name:ident: $n:expr,)*) => { mod made { $(#[test] fn $name() { assert_eq!($n + 1, $n - 1 + ${right}); })* } }
}
adds! { one: 1, two: 2, }
mod outer { mod inner { #[test] fn adds() { assert_eq!(1 + 1, ${right}); } } }
`,
    above: '#[test] fn above() {}\n',
    names: ['made > one', 'made > two', 'outer > inner > adds'],
  },
}

const fixtures = runnerFixtures.filter(({ framework }) => framework.name in TESTS)

describe.each(fixtures.map(fixture => [fixture.framework.name, fixture] as const))(
  '%s',
  (runner, fixture) => {
    const { text, above, names } = TESTS[runner] ?? NO_TESTS
    const isGo = runner === 'go test'

    test.skipIf(!isInstalled(fixture))(
      'generated tests have the same ids in RED and GREEN, in a run of one file and of the full suite',
      async () => {
        const ids = names.map(name => `${fixture.test} > ${name}`)
        const red = await run(fixture, (isGo ? above : '') + text(3))
        expect(idsOf(red)).toEqual(ids.toSorted())
        const verdict = judgeRed(red, { kind: 'build', allowMissing: 'test', isOwn: () => false })
        expect(verdict).toMatchObject({ proves: 'red' })
        const moved = isGo ? `${above}// Above.\n\n${text(2)}` : insertAbove(text(2), above)
        const green = await run(fixture, moved)
        expect(idsOf(green)).toEqual(expect.arrayContaining(ids))
        expect(judgeGreen(green, red.tests)).toMatchObject({ proves: 'green' })
        const all = await run(fixture, moved, [])
        expect(idsOf(all)).toEqual(idsOf(green))
      },
    )
  },
)

/** Inserts text above the tests and below the import. */
function insertAbove(text: string, above: string): string {
  const [first = '', ...rest] = text.split('\n')
  return first.startsWith('import') ? [first, above, ...rest].join('\n') : above + text
}

const NO_TESTS: GeneratedTests = { text: () => '', above: '', names: [] }

function idsOf({ tests }: Outcome): string[] {
  return tests.map(({ id }) => id).sort()
}

async function run(fixture: RunnerFixture, text: string, files = [fixture.test]): Promise<Outcome> {
  const modules = fixture.module && nodeModulesWith(fixture.module)
  const all = { ...fixture.files, [fixture.test]: text }
  const root = modules ? projectWith(all, modules) : projectWith(all)
  return await runIn(root, fixture.framework, files, { timeoutMs: 120_000 })
}

test('a test whose name changes in every run is never green', async () => {
  const fixture = fixtures.find(({ framework }) => framework.name === 'vitest')
  if (!fixture) throw new Error('There is no fixture for Vitest.')
  const text = (right: number) => `import { expect, test } from 'vitest'
test('at ' + process.hrtime.bigint(), () => { expect(1 + 1).toBe(${right}) })\n`
  const [red, green] = [await run(fixture, text(3)), await run(fixture, text(2))]
  expect(judgeGreen(green, red.tests)).toMatchObject({ code: 'tests_missing' })
})
