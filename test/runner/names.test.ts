import { describe, expect, test } from 'vitest'
import { judgeGreen, judgeRed } from '../../src/evidence/verdict.ts'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { cleanName } from '../../src/runner/reports/names.ts'
import { projectWith, runIn } from './project.ts'
import { stages } from './situations/index.ts'
import { modulesWith } from './situations/installed.ts'
import { isPlayed } from './situations/run.ts'
import type { Stage } from './situations/situation.ts'

const NAMES = [
  `say "hi", it's \`so\``,
  'line one\n  line two',
  String.raw`(.*) a+b [c] {d} \ ^ $ | ? #{e}`,
  'two  spaces',
  '-leading',
  '--flag=1',
  'über 日本 🫖',
]

/** Tests of these names and, beside them, ones whose names only begin or end alike, which fail. */
interface Spoken {
  text: (names: readonly string[], body: 'fails' | 'passes', others: readonly string[]) => string
  /** Other files of the project in which the names stand. */
  files?: (names: readonly string[]) => Record<string, string>
  /** What the language lets names be; all of the above where it is absent. */
  names?: readonly string[]
  /** How the runner tells a name; as a line of its own where it is absent. */
  told?: (name: string) => string
  /** The runner chooses several names only as a whole. */
  oneByOne?: true
  /** Single tests cannot be chosen. */
  unnamed?: true
}

const quoted = (name: string) => JSON.stringify(name)

function javascript(head: string, one: string, given = '', assert = 'assert.equal'): Spoken {
  const line = (sum: number) => (name: string) =>
    `  ${one}(${quoted(name)}, (${given}) => { ${assert}(1 + 1, ${sum}) })`
  return {
    text: (names, body, others) =>
      [head, ...names.map(line(body === 'passes' ? 2 : 3)), ...others.map(line(3)), ''].join('\n'),
  }
}

const ASSERT = `import assert from 'node:assert'`

function python(head: string, line: string): Spoken {
  return {
    text: (names, body, others) =>
      `${head.replace('RIGHT', JSON.stringify(body === 'passes' ? names : []))}${line.replace(
        'ALL',
        JSON.stringify([...names, ...others]),
      )}`,
  }
}

const php = (name: string) => `'${name.replaceAll(/[\\']/g, String.raw`\$&`)}'`

const SPOKEN: Record<string, Spoken> = {
  vitest: javascript(`import { test } from 'vitest'\n${ASSERT}`, 'test'),
  'node:test': javascript(`import test from 'node:test'\n${ASSERT}`, 'test'),
  jest: javascript('const assert = { equal: (a, b) => expect(a).toBe(b) }', 'test'),
  mocha: javascript(ASSERT, 'it'),
  ava: javascript(`import test from 'ava'`, 'test', 't', 't.is'),
  'bun test': javascript(`import { test } from 'bun:test'\n${ASSERT}`, 'test'),
  'deno test': {
    ...javascript(ASSERT, 'Deno.test'),
    told: name => cleanName(name.replaceAll('\n', String.raw`\n`)),
  },
  'playwright test': javascript(`import { test } from '@playwright/test'\n${ASSERT}`, 'test'),
  pytest: {
    ...python(
      'import json, pytest\nright = json.loads(r"""RIGHT""")\n',
      'names = json.loads(r"""ALL""")\n@pytest.mark.parametrize("name", names)\ndef test_one(name): assert name in right\n',
    ),
    // pytest writes what is not ASCII, what cannot be printed, and a backslash as escapes.
    told: name => `test_one[${cleanName(Array.from(name, escapedInPython).join(''))}]`,
  },
  unittest: {
    ...python(
      'import json, unittest\nright = json.loads(r"""RIGHT""")\nclass Sums(unittest.TestCase): pass\n',
      `for name in json.loads(r"""ALL"""):
    setattr(Sums, "test " + name, lambda self, name=name: self.assertIn(name, right))
`,
    ),
    told: name => `Sums > test ${cleanName(name)}`,
  },
  rspec: {
    text: (names, body, others) =>
      rubyOf(names, body, others, 'RSpec.describe(%q(S)) do', name => [
        `it(${name}) { expect(RIGHT).to include(${name}) }`,
      ]),
    told: name => `S > ${cleanName(name)}`,
  },
  minitest: {
    text: (names, body, others) =>
      rubyOf(names, body, others, 'class STest < Minitest::Test', name => [
        `define_method('test_' + ${name}) { assert_includes RIGHT, ${name} }`,
      ]),
    told: name => `STest > test_${cleanName(name)}`,
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
    told: name => `testAdds with data set "${cleanName(name)}"`,
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
    told: name => `TestAll > ${name.replaceAll(/\s/g, '_')}`,
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
    unnamed: true,
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

const played = stages.filter(({ framework }) => framework.name in SPOKEN)

describe.each(played.map(stage => [stage.framework.name, stage] as const))(
  '%s',
  (runner, stage) => {
    const spoken = SPOKEN[runner] ?? NOTHING
    const { names = NAMES, told = cleanName, oneByOne, unnamed } = spoken
    const ids = names.map(name => `${stage.test} > ${told(name)}`)
    const isPart = oneByOne ? (id: string) => ids.includes(id) : () => true

    test.skipIf(!isPlayed(stage))(
      'tests of any name are red and green by the same ids',
      async () => {
        const red = await run(stage, spoken, 'fails')
        expect(
          red.tests
            .map(seen => seen.id)
            .filter(isPart)
            .sort(),
        ).toEqual(ids.toSorted())
        const verdict = judgeRed(red, { kind: 'build', allowMissing: 'test', isOwn: () => false })
        expect(verdict).toMatchObject({ proves: 'red' })
        const green = await run(stage, spoken, 'passes')
        expect(judgeGreen(green, red.tests)).toMatchObject({ proves: 'green' })
      },
    )

    test.skipIf(!isPlayed(stage) || unnamed)('and run alone by these names', async () => {
      const others = names.map(name => `${name}${/[^\p{L}\p{N}_$]/u.test(name) ? ' more' : 'more'}`)
      const asked = ids.map(id => id.slice(`${stage.test} > `.length))
      const groups = oneByOne ? asked.map(name => [name]) : [asked]
      for (const group of groups) {
        const seen = await run(stage, spoken, 'passes', others, group)
        const ran = seen.tests.filter(({ outcome }) => outcome !== 'skipped')
        expect(ran.map(({ id, outcome }) => `${id}: ${outcome}`).sort()).toEqual(
          group.map(name => `${stage.test} > ${name}: passed`).sort(),
        )
        expect(seen).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
      }
    })
  },
)

const NOTHING: Spoken = { text: () => '' }

async function run(
  stage: Stage,
  { text, files, names = NAMES }: Spoken,
  body: 'fails' | 'passes',
  others: string[] = [],
  chosen: string[] = [],
): Promise<Outcome> {
  const modules = stage.module && modulesWith(stage.module)
  const all = {
    ...stage.files,
    ...files?.([...names, ...others]),
    [stage.test]: text(names, body, others),
  }
  const root = modules ? projectWith(all, modules) : projectWith(all)
  return await runIn(root, stage.framework, [stage.test], { names: chosen, timeoutMs: 120_000 })
}
