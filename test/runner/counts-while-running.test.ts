import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { phpunit } from '../../src/runner/frameworks/phpunit.ts'
import { prove } from '../../src/runner/frameworks/prove.ts'
import { isOnPath } from '../../src/runner/program.ts'
import { projectWith, runIn } from './project.ts'
import { runnerFixtures } from './scenarios/index.ts'
import { nodeModulesWith } from './scenarios/installed.ts'
import { isInstalled } from './scenarios/run-scenario.ts'

/** A test that ends at once, and one that waits for the file `go-on`, which is written after the first test was counted. */
const waiting = (head: string, one = 'test', more = ', 60_000') => `${head}
import { existsSync } from 'node:fs'
${one}('one', () => {})
${one}('two', async () => { while (!existsSync('go-on')) await new Promise(r => setTimeout(r, 20)) }${more})
`
const python = (head: string, pad: string, self: string) => `import os, time
${head}
${pad}def test_one(${self}): pass
${pad}def test_two(${self}):
${pad}    while not os.path.exists('go-on'): time.sleep(0.02)
`

const TEXTS: Record<string, string> = {
  // Vitest sends results that follow each other fast with the next ones, and sometimes not before these. So one more ends later.
  vitest: waiting(
    `import { test } from 'vitest'
test('earlier', () => {})
test('in between', () => new Promise(resolve => setTimeout(resolve, 300)))`,
  ),
  'node:test': waiting(`import test from 'node:test'`),
  mocha: waiting('', 'it', '').replace(/\)\n$/, ').timeout(60_000)\n'),
  jest: waiting('')
    .replace('\nimport { existsSync } from', `\nconst { existsSync } = require(`)
    .replace(`require( 'node:fs'`, `require('node:fs')`),
  ava: waiting(`import test from 'ava'`, 'test', '')
    .replace("'one', () => {}", "'one', t => t.pass()")
    .replace(/ \}\)\n$/, '; t.pass() })\n')
    .replace("'two', async () =>", "'two', async t =>"),
  'playwright test': waiting(`import { test } from '@playwright/test'`, 'test', ''),
  pytest: python('', '', ''),
  unittest: python('import unittest\nclass Sums(unittest.TestCase):', '    ', 'self'),
  rspec: `RSpec.describe 'Sums' do
  it('one') { }
  it('two') { sleep 0.02 until File.exist?('go-on') }
end
`,
  minitest: `require 'minitest/autorun'
class SumsTest < Minitest::Test
  def self.test_order = :alpha
  def test_one = assert(true)
  def test_two = (sleep 0.02 until File.exist?('go-on'))
end
`,
  'go test': `package sums

import (
	"os"
	"testing"
	"time"
)

func TestOne(t *testing.T) {}

func TestTwo(t *testing.T) {
	for {
		if _, err := os.Stat("../go-on"); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}
`,
  'cargo test': `#[test] fn one() {}
#[test] fn two() {
    while !std::path::Path::new("go-on").exists() { std::thread::sleep(std::time::Duration::from_millis(20)); }
}
`,
}

const fixtures = runnerFixtures.filter(({ framework }) => framework.name in TEXTS)

describe.each(fixtures.map(fixture => [fixture.framework.name, fixture] as const))(
  '%s',
  (name, fixture) => {
    test.skipIf(!isInstalled(fixture))(
      'reports the number of finished tests while others run',
      async () => {
        const modules = fixture.module && nodeModulesWith(fixture.module)
        const files = { ...fixture.files, [fixture.test]: TEXTS[name] ?? '' }
        const root = modules ? projectWith(files, modules) : projectWith(files)
        const counts: number[] = []
        const onTests = (count: number) => {
          counts.push(count)
          if (!existsSync(path.join(root, 'go-on'))) writeFileSync(path.join(root, 'go-on'), '')
        }
        const result = await runIn(root, fixture.framework, [fixture.test], {
          onTests,
          timeoutMs: 60_000,
        })
        expect(result).toMatchObject({ end: 'complete', exitCode: 0 })
        expect(counts[0]).toBeGreaterThan(0)
        expect(counts[0]).toBeLessThan(result.tests.length)
      },
    )
  },
)

test.skipIf(!isOnPath('prove'))(
  'prove reports the tests of a file when the file has ended',
  async () => {
    const root = projectWith({
      't/a.t': 'use Test::More;\npass("one of many $_") for 1 .. 2000;\ndone_testing;\n',
      't/b.t': `use Test::More;\nselect(undef, undef, undef, 0.02) until -e 'go-on';\npass('last');\ndone_testing;\n`,
    })
    const counts: number[] = []
    const onTests = (count: number) => {
      counts.push(count)
      writeFileSync(path.join(root, 'go-on'), '')
    }
    const result = await runIn(root, prove, [], { onTests, timeoutMs: 60_000 })
    expect(result.exitCode).toBe(0)
    expect(counts[0]).toBeGreaterThan(100)
  },
)

test.skipIf(!isOnPath('prove'))(
  'the counts of files that run one by one are added up',
  async () => {
    const text = `use Test::More;\npass('one');\npass('two');\ndone_testing;\n`
    const root = projectWith({ 't/a.t': text, 't/b.t': text })
    const counts: number[] = []
    await runIn(root, prove, ['t/a.t', 't/b.t'], { onTests: count => counts.push(count) })
    expect(counts.at(-1)).toBe(2)
    expect(counts.filter(count => count < 2)).toEqual([])
  },
)

test.skipIf(!isOnPath('phpunit'))(
  'a report that is written at the end of a run is counted file by file',
  async () => {
    const text = (name: string) =>
      `<?php\nclass ${name} extends PHPUnit\\Framework\\TestCase { public function testOne(): void { $this->assertTrue(true); } }\n`
    const files = ['tests/ATest.php', 'tests/BTest.php', 'tests/CTest.php']
    const root = projectWith(
      Object.fromEntries(files.map(file => [file, text(path.parse(file).name)])),
    )
    const counts: number[] = []
    await runIn(root, phpunit, files, { onTests: count => counts.push(count) })
    expect(counts).toEqual([1, 2])
  },
)
