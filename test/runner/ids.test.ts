import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { judgeGreen, judgeRed } from '../../src/evidence/verdict.ts'
import { projectWith, runIn } from './project.ts'
import { stages } from './situations/index.ts'
import { modulesWith } from './situations/installed.ts'
import { isInstalled } from './situations/run.ts'
import type { Stage } from './situations/situation.ts'

/** Tests with parameters, within others, and of names that are made while they are defined. */
interface Made {
  /** `right` is what the sum of 1 and 1 is taken for. */
  text: (right: number) => string
  /** What is written above them between RED and GREEN: lines move, and so does the order of other tests. */
  above: string
  names: string[]
}

const javascript = (head: string): Made => ({
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

const MADE: Record<string, Made> = {
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

const played = stages.filter(({ framework }) => framework.name in MADE)

describe.each(played.map(stage => [stage.framework.name, stage] as const))(
  '%s',
  (runner, stage) => {
    const { text, above, names } = MADE[runner] ?? NOTHING
    const isGo = runner === 'go test'

    test.skipIf(!isInstalled(stage))(
      'made tests have the same ids in RED and GREEN, in one file and in all',
      async () => {
        const ids = names.map(name => `${stage.test} > ${name}`)
        const red = await run(stage, (isGo ? above : '') + text(3))
        expect(idsOf(red)).toEqual(ids.toSorted())
        const verdict = judgeRed(red, { kind: 'build', allowMissing: 'test', isOwn: () => false })
        expect(verdict).toMatchObject({ proves: 'red' })
        // Lines have moved since.
        const moved = isGo ? `${above}// Above.\n\n${text(2)}` : moveDown(text(2), above)
        const green = await run(stage, moved)
        expect(idsOf(green)).toEqual(expect.arrayContaining(ids))
        expect(judgeGreen(green, red.tests)).toMatchObject({ proves: 'green' })
        const all = await run(stage, moved, [])
        expect(idsOf(all)).toEqual(idsOf(green))
      },
    )
  },
)

/** Below what a file imports. */
function moveDown(text: string, above: string): string {
  const [first = '', ...rest] = text.split('\n')
  return first.startsWith('import') ? [first, above, ...rest].join('\n') : above + text
}

const NOTHING: Made = { text: () => '', above: '', names: [] }

function idsOf({ tests }: Outcome): string[] {
  return tests.map(seen => seen.id).sort()
}

async function run(stage: Stage, text: string, files = [stage.test]): Promise<Outcome> {
  const modules = stage.module && modulesWith(stage.module)
  const all = { ...stage.files, [stage.test]: text }
  const root = modules ? projectWith(all, modules) : projectWith(all)
  return await runIn(root, stage.framework, files, { timeoutMs: 120_000 })
}

test('a name that changes from run to run is never green', async () => {
  const stage = played.find(({ framework }) => framework.name === 'vitest')
  if (!stage) throw new Error('There is no stage of Vitest.')
  const text = (right: number) => `import { expect, test } from 'vitest'
test('at ' + process.hrtime.bigint(), () => { expect(1 + 1).toBe(${right}) })\n`
  const [red, green] = [await run(stage, text(3)), await run(stage, text(2))]
  expect(judgeGreen(green, red.tests)).toMatchObject({ code: 'tests_missing' })
})
