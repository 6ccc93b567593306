import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { go } from '../../../src/runner/frameworks/go.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { projectWith, runIn, resultLines } from '../project.ts'

const MODULE = { 'go.mod': 'module example.com/m\n\ngo 1.19\n' }
const HEAD = 'package sums\n\nimport "testing"\n\n'

describe.skipIf(!isOnPath('go'))('go test', () => {
  test('runs only the test functions of the requested file, with their subtests', async () => {
    const root = projectWith({
      ...MODULE,
      'sums/a_test.go': `${HEAD}func TestA(t *testing.T) {
	for _, name := range []string{"one two", "a/b", "dup", "dup"} {
		t.Run(name, func(t *testing.T) { if name == "a/b" { t.Fatalf("got %q", name) } })
	}
}
func TestPanics(t *testing.T) { var m map[string]int; m["x"] = 1 }
`,
      'sums/b_test.go': `${HEAD}func TestOther(t *testing.T) { t.Fatal("other") }\n`,
      'other/c_test.go': 'package other\n\nfunc broken( {\n',
    })
    const result = await runIn(root, go, ['sums/a_test.go'], { timeoutMs: 120_000 })
    expect(resultLines(result)).toEqual([
      'sums/a_test.go > TestA: failed (assertion)',
      'sums/a_test.go > TestA > a > b: failed (assertion)',
      'sums/a_test.go > TestA > dup: passed',
      'sums/a_test.go > TestA > dup#01: passed',
      'sums/a_test.go > TestA > one_two: passed',
      'sums/a_test.go > TestPanics: failed (error)',
    ])
    expect(result).toMatchObject({ end: 'complete', exitCode: 1, unhandled: [] })
    expect(result.tests[1]?.message).toBe('a_test.go:7: got "a/b"')
    expect(result.output).toContain('--- FAIL: TestA')
  })

  test('the full suite has the same ids, and a package that does not compile is a load error of its test files', async () => {
    const root = projectWith({
      ...MODULE,
      'sums/b_test.go': `${HEAD}func TestOther(t *testing.T) {}\n`,
      'other/c_test.go': `package other\n\nimport "testing"\n\nfunc TestC(t *testing.T) { t.Log(Missing) }\n`,
      'none/d.go': 'package none\n',
    })
    const result = await runIn(root, go, [], { timeoutMs: 120_000 })
    expect(resultLines(result)).toEqual(['sums/b_test.go > TestOther: passed'])
    expect(result).toMatchObject({
      end: 'complete',
      exitCode: 2,
      loadErrors: [{ file: 'other/c_test.go', missing: 'Missing', missingFrom: './' }],
    })
    const named = { names: ['TestOther'], timeoutMs: 120_000 }
    const one = await runIn(root, go, ['sums/b_test.go'], named)
    expect(resultLines(one)).toEqual(['sums/b_test.go > TestOther: passed'])
  })
})

describe.skipIf(!isOnPath('go'))('go test in a workspace', () => {
  test('runs the suites of all modules, with the ids of a single run', async () => {
    const test = (name: string, body: string) =>
      `package ${name}\n\nimport "testing"\n\nfunc TestIt(t *testing.T) { ${body} }\n`
    const root = projectWith({
      'go.work': 'go 1.19\n\nuse (\n\t./a\n\t./deep/b\n)\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.19\n',
      'a/inner/a_test.go': test('inner', ''),
      'deep/b/go.mod': 'module example.com/other\n\ngo 1.19\n',
      'deep/b/b_test.go': test('b', 't.Run("x y", func(t *testing.T) { t.Fatal("no") })'),
    })
    const all = await runIn(root, go, [])
    expect(resultLines(all).toSorted()).toEqual([
      'a/inner/a_test.go > TestIt: passed',
      'deep/b/b_test.go > TestIt > x_y: failed (assertion)',
      'deep/b/b_test.go > TestIt: failed (assertion)',
    ])
    const cwd = path.join(root, 'deep/b')
    const one = await runIn(root, go, ['deep/b/b_test.go'], { cwd, names: ['TestIt/x_y'] })
    expect(resultLines(one)).toContain('deep/b/b_test.go > TestIt > x_y: failed (assertion)')
  })
})
