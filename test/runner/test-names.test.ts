import { describe, expect, test } from 'vitest'
import { judgeGreen, judgeRed } from '../../src/evidence/verdict.ts'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { cleanName } from '../../src/runner/reports/names.ts'
import { projectWith, runIn } from './project.ts'
import { runnerFixtures } from './scenarios/index.ts'
import { nodeModulesWith } from './scenarios/installed.ts'
import { runsByDefault } from './scenarios/run-scenario.ts'
import type { RunnerFixture } from './scenarios/scenario.ts'

const NAMES = [
  `say "hi", it's \`so\``,
  'line one\n  line two',
  String.raw`(.*) a+b [c] {d} \ ^ $ | ? #{e}`,
  'two  spaces',
  '-leading',
  '--flag=1',
  'über 日本 🫖',
]

/** How to write tests with given names for a runner. */
interface NamedTests {
  /** The test file: tests with the names, which fail or pass, and failing tests with other names. */
  text: (names: readonly string[], body: 'fails' | 'passes', others: readonly string[]) => string
  /** Other files of the project that contain the names. */
  files?: (names: readonly string[]) => Record<string, string>
  /** Names that the language allows; by default, all of `NAMES`. */
  names?: readonly string[]
  /** The name as the runner reports it; by default, the name in one line. */
  reported?: (name: string) => string
  /** The runner can only select one name per run. */
  oneByOne?: true
  /** The runner cannot select single tests. */
  notSelectable?: true
}

const quoted = (name: string) => JSON.stringify(name)

function javascript(head: string, one: string, given = '', assert = 'assert.equal'): NamedTests {
  const line = (sum: number) => (name: string) =>
    `  ${one}(${quoted(name)}, (${given}) => { ${assert}(1 + 1, ${sum}) })`
  return {
    text: (names, body, others) =>
      [head, ...names.map(line(body === 'passes' ? 2 : 3)), ...others.map(line(3)), ''].join('\n'),
  }
}

const ASSERT = `import assert from 'node:assert'`

function python(head: string, line: string): NamedTests {
  return {
    text: (names, body, others) =>
      `${head.replace('RIGHT', JSON.stringify(body === 'passes' ? names : []))}${line.replace(
        'ALL',
        JSON.stringify([...names, ...others]),
      )}`,
  }
}

const php = (name: string) => `'${name.replaceAll(/[\\']/g, String.raw`\$&`)}'`

const RUNNERS: Record<string, NamedTests> = {
  vitest: javascript(`import { test } from 'vitest'\n${ASSERT}`, 'test'),
  'node:test': javascript(`import test from 'node:test'\n${ASSERT}`, 'test'),
  jest: javascript('const assert = { equal: (a, b) => expect(a).toBe(b) }', 'test'),
  mocha: javascript(ASSERT, 'it'),
  ava: javascript(`import test from 'ava'`, 'test', 't', 't.is'),
  'bun test': javascript(`import { test } from 'bun:test'\n${ASSERT}`, 'test'),
  'deno test': {
    ...javascript(ASSERT, 'Deno.test'),
    reported: name => cleanName(name.replaceAll('\n', String.raw`\n`)),
  },
  'playwright test': javascript(`import { test } from '@playwright/test'\n${ASSERT}`, 'test'),
  pytest: {
    ...python(
      'import json, pytest\nright = json.loads(r"""RIGHT""")\n',
      'names = json.loads(r"""ALL""")\n@pytest.mark.parametrize("name", names)\ndef test_one(name): assert name in right\n',
    ),
    // pytest escapes backslashes and all characters that are not ASCII or cannot be printed.
    reported: name => `test_one[${cleanName(Array.from(name, escapedInPython).join(''))}]`,
  },
  unittest: {
    ...python(
      'import json, unittest\nright = json.loads(r"""RIGHT""")\nclass Sums(unittest.TestCase): pass\n',
      `for name in json.loads(r"""ALL"""):
    setattr(Sums, "test " + name, lambda self, name=name: self.assertIn(name, right))
`,
    ),
    reported: name => `Sums > test ${cleanName(name)}`,
  },
  rspec: {
    text: (names, body, others) =>
      rubyOf(names, body, others, 'RSpec.describe(%q(S)) do', name => [
        `it(${name}) { expect(RIGHT).to include(${name}) }`,
      ]),
    reported: name => `S > ${cleanName(name)}`,
  },
  minitest: {
    text: (names, body, others) =>
      rubyOf(names, body, others, 'class STest < Minitest::Test', name => [
        `define_method('test_' + ${name}) { assert_includes RIGHT, ${name} }`,
      ]),
    reported: name => `STest > test_${cleanName(name)}`,
  },
  phpunit: {
    text: (names, body, others) => `<?php
class SumsTest extends PHPUnit\\Framework\\TestCase {
    /** @dataProvider all */
    public function testAdds(bool $right): void { $this->assertTrue($right); }
    public static function all(): array { return [
${names.map(name => `        ${php(name)} => [${body === 'passes'}],`).join('\n')}
${others.map(name => `        ${php(name)} => [false],`).join('\n')}
    ]; }
}
`,
    reported: name => `testAdds with data set "${cleanName(name)}"`,
  },
  'go test': {
    text: (names, body, others) => `package sums

import "testing"

func TestAll(t *testing.T) {
${names.map(name => `\tt.Run(${quoted(name)}, func(t *testing.T) { if ${body === 'fails'} { t.Error("no") } })`).join('\n')}
}

func TestOthers(t *testing.T) {
${others.map(name => `\tt.Run(${quoted(name)}, func(t *testing.T) { t.Error("no") })`).join('\n')}
}
`,
    reported: name => `TestAll > ${name.replaceAll(/\s/g, '_')}`,
    oneByOne: true,
  },
  'cargo test': {
    text: (names, body, others) =>
      [...names, ...others]
        .map(
          name =>
            `#[test] fn ${name}() { assert!(${body === 'passes' && names.includes(name)}) }\n`,
        )
        .join(''),
    names: ['adds', 'über', '_1'],
  },
  prove: {
    text: (names, body) =>
      `use utf8;\nuse Test::More;\nbinmode Test::More->builder->output, ':utf8';\nbinmode Test::More->builder->failure_output, ':utf8';\n${names.map(name => `is(1 + 1, ${body === 'passes' ? 2 : 3}, ${php(name)});`).join('\n')}\ndone_testing;\n`,
    names: NAMES.filter(name => !name.includes('\n')),
    notSelectable: true,
  },
  ctest: {
    text: (names, body) =>
      `#include <cstdlib>\nint main(int, char **argv) { return ${body === 'passes'} && std::atoi(argv[1]) < ${names.length} ? 0 : 1; }\n`,
    files: names => ({
      'CMakeLists.txt': `cmake_minimum_required(VERSION 3.20)
project(sums CXX)
enable_testing() # "
add_executable(sums tests/sums_test.cpp)
${names.map((name, at) => `add_test(NAME "${name.replaceAll(/["\\$]/g, String.raw`\$&`)}" COMMAND sums ${at})`).join('\n')}
`,
    }),
    names: NAMES.filter(name => !name.includes('\n')),
  },
  maven: {
    text: (names, body, others) => `import org.junit.jupiter.api.*;
class SumsTest {
${[...names, ...others].map(name => `  @Test void ${name}() { Assertions.assertTrue(${body === 'passes' && names.includes(name)}); }`).join('\n')}
}
`,
    names: ['adds', 'über', 'a$b', '_1'],
  },
}

function escapedInPython(one: string): string {
  if (one === '\\') return String.raw`\\`
  if (/[ -~]/.test(one)) return one
  if (one === '\n') return String.raw`\n`
  const code = one.codePointAt(0)?.toString(16) ?? ''
  if (code.length <= 2) return String.raw`\x${code.padStart(2, '0')}`
  return code.length <= 4 ? String.raw`\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
}

function rubyOf(
  names: readonly string[],
  body: string,
  others: readonly string[],
  head: string,
  line: (name: string) => string[],
): string {
  const word = (name: string) => quoted(name).replaceAll('#', String.raw`\#`)
  return [
    `RIGHT = [${body === 'passes' ? names.map(word).join(', ') : ''}]`,
    head,
    ...[...names, ...others].flatMap(name => line(word(name))),
    'end\n',
  ].join('\n')
}

const fixtures = runnerFixtures.filter(({ framework }) => framework.name in RUNNERS)

describe.each(fixtures.map(fixture => [fixture.framework.name, fixture] as const))(
  '%s',
  (runner, fixture) => {
    const namedTests = RUNNERS[runner] ?? NOTHING
    const { names = NAMES, reported = cleanName, oneByOne, notSelectable } = namedTests
    const ids = names.map(name => `${fixture.test} > ${reported(name)}`)
    const isOwn = oneByOne ? (id: string) => ids.includes(id) : () => true

    test.skipIf(!runsByDefault(fixture))(
      'tests with unusual names have the same ids in RED and GREEN',
      async () => {
        const red = await run(fixture, namedTests, 'fails')
        expect(
          red.tests
            .map(({ id }) => id)
            .filter(isOwn)
            .sort(),
        ).toEqual(ids.toSorted())
        const verdict = judgeRed(red, { kind: 'build', allowMissing: 'test', isOwn: () => false })
        expect(verdict).toMatchObject({ proves: 'red' })
        const green = await run(fixture, namedTests, 'passes')
        expect(judgeGreen(green, red.tests)).toMatchObject({ proves: 'green' })
      },
    )

    test.skipIf(!runsByDefault(fixture) || notSelectable)(
      'tests with unusual names can be run alone',
      async () => {
        const others = names.map(
          name => `${name}${/[^\p{L}\p{N}_$]/u.test(name) ? ' more' : 'more'}`,
        )
        const requested = ids.map(id => id.slice(`${fixture.test} > `.length))
        const groups = oneByOne ? requested.map(name => [name]) : [requested]
        for (const group of groups) {
          const result = await run(fixture, namedTests, 'passes', others, group)
          const ran = result.tests.filter(({ outcome }) => outcome !== 'skipped')
          expect(ran.map(({ id, outcome }) => `${id}: ${outcome}`).sort()).toEqual(
            group.map(name => `${fixture.test} > ${name}: passed`).sort(),
          )
          expect(result).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
        }
      },
    )
  },
)

const NOTHING: NamedTests = { text: () => '' }

async function run(
  fixture: RunnerFixture,
  { text, files, names = NAMES }: NamedTests,
  body: 'fails' | 'passes',
  others: string[] = [],
  chosen: string[] = [],
): Promise<Outcome> {
  const modules = fixture.module && nodeModulesWith(fixture.module)
  const all = {
    ...fixture.files,
    ...files?.([...names, ...others]),
    [fixture.test]: text(names, body, others),
  }
  const root = modules ? projectWith(all, modules) : projectWith(all)
  return await runIn(root, fixture.framework, [fixture.test], { names: chosen, timeoutMs: 120_000 })
}
