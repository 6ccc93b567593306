import { utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { gradle } from '../../../src/runner/frameworks/gradle.ts'
import { maven } from '../../../src/runner/frameworks/maven.ts'
import type { Framework } from '../../../src/runner/framework.ts'
import { projectWith, runIn, resultLines } from '../project.ts'
import { requestFor } from '../reports/request.ts'
import { java } from '../scenarios/java.ts'
import { runsSlowTests } from '../../kit/slow.ts'
import { isInstalled } from '../scenarios/run-scenario.ts'

const FILE = 'src/test/java/com/acme/ShapesTest.java'
const limit = { timeoutMs: 180_000 }

function projectOf(framework: Framework, text: string): string {
  const fixture = java.find(one => one.framework === framework)
  return projectWith({ ...fixture?.files, [FILE]: text })
}

function isAvailable(framework: Framework): boolean {
  return runsSlowTests && java.some(one => one.framework === framework && isInstalled(one))
}

const ids = (...names: string[]) => names.map(name => `${FILE} > ${name}: passed`)

describe.skipIf(!isAvailable(gradle))('gradle', () => {
  const NESTED = `package com.acme;
import org.junit.*;
public class ShapesTest {
  @Test public void adds() { Assert.fail(); }
  public static class Circle {
    @Test public void adds() { }
    @Test public void addsMore() { Assert.fail(); }
  }
}
`
  const PARAMETERS = `package com.acme;
import org.junit.*;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
@RunWith(Parameterized.class)
public class ShapesTest {
  @Parameterized.Parameters(name = "-x \\"q\\" (.*) über {0}")
  public static Object[] all() { return new Object[] { 1, 2 }; }
  final int sides;
  public ShapesTest(int sides) { this.sides = sides; }
  @Test public void adds() { Assert.assertEquals(1, sides); }
}
`

  test('selects the method of a nested class, and reports no test for an unknown name', async () => {
    const root = projectOf(gradle, NESTED)
    const named = await runIn(root, gradle, [FILE], { ...limit, names: ['Circle > adds'] })
    expect(resultLines(named)).toEqual(ids('Circle > adds'))
    expect(named).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
    const none = await runIn(root, gradle, [FILE], { ...limit, names: ['Circle > nope'] })
    expect(none).toMatchObject({ end: 'complete', tests: [], loadErrors: [] })
  }, 400_000)

  test('selects one case of a parameterized test by its full name', async () => {
    const root = projectOf(gradle, PARAMETERS)
    const [one, two] = [1, 2].map(n => `adds[-x "q" (.*) über ${n}]`)
    const all = await runIn(root, gradle, [], limit)
    expect(resultLines(all)).toEqual([
      `${FILE} > ${one}: passed`,
      `${FILE} > ${two}: failed (assertion)`,
    ])
    const named = await runIn(root, gradle, [FILE], { ...limit, names: [one ?? ''] })
    expect(resultLines(named)).toEqual([`${FILE} > ${one}: passed`])
    expect(named).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
  }, 400_000)
})

describe.skipIf(!isAvailable(maven))('maven', () => {
  const NESTED = `package com.acme;
import org.junit.jupiter.api.*;
class ShapesTest {
  @Test void adds() { Assertions.fail(); }
  @Nested class Circle {
    @Test void adds() { }
    @Test void addsMore() { Assertions.fail(); }
  }
}
`

  test('has the same ids for nested classes in a run of one file and of the full suite, and selects their methods', async () => {
    const root = projectOf(maven, NESTED)
    const expected = [
      `${FILE} > Circle > adds: passed`,
      `${FILE} > Circle > addsMore: failed (assertion)`,
      `${FILE} > adds: failed (assertion)`,
    ]
    const one = await runIn(root, maven, [FILE], limit)
    expect(resultLines(one).sort()).toEqual(expected)
    const named = await runIn(root, maven, [FILE], { ...limit, names: ['Circle > adds'] })
    expect(resultLines(named)).toEqual(ids('Circle > adds'))
    expect(named).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
    const all = await runIn(root, maven, [], limit)
    expect(resultLines(all).sort()).toEqual(expected)
  }, 400_000)
})

describe('a file that does not compile', () => {
  const file = 'src/test/java/SumsTest.java'
  const javac = (error: string, ...lines: string[]) => [`/w/${file}:3: error: ${error}`, ...lines]
  const symbol = '  symbol:   method sum(int)'
  const error = (...output: string[]) => {
    const exit = { exitCode: 1, signal: null, output: [...output, ''].join('\n') }
    return gradle.parse('', requestFor(file), { ...exit, stderr: '' }).loadErrors[0]
  }

  test('names the symbol that the compiler misses, and its class', () => {
    const known = { missing: 'sum', missingFrom: 'Sums' }
    const code = ['    Sums.sum(1);', '        ^']
    const location = '  location: class Sums'
    expect(error(...javac('cannot find symbol', ...code, symbol, location))).toMatchObject({
      ...known,
      message: 'cannot find symbol: method sum(int) in class Sums',
    })
    const maven = [`[ERROR] /w/${file}:[3,9] cannot find symbol`, `[ERROR] ${symbol}`]
    expect(error('[ERROR] COMPILATION ERROR :', ...maven, `[ERROR] ${location}`)).toMatchObject(
      known,
    )
  })

  test('names no symbol of a later error', () => {
    const later = javac('cannot find symbol', '    Sums.sum(1);', '        ^', symbol)
    expect(error(...javac("';' expected", '    int a', '         ^'), ...later)).toMatchObject({
      message: "';' expected",
      syntax: true,
    })
    const short = error(...javac('incompatible types'), ...later)
    expect(short?.message).toBe('incompatible types')
  })

  test.each([
    `e: file:///w/${file.replace('java/SumsTest.java', 'kotlin/SumsTest.kt')}:3:9 Unresolved reference 'sum'.`,
    'e: /w/src/test/kotlin/SumsTest.kt: (3, 9): Unresolved reference: sum',
  ])('is read from the compiler of Kotlin: %s', line => {
    expect(error('> Task :compileTestKotlin FAILED', line)).toMatchObject({ missing: 'sum' })
  })
})

describe('the report folder of Maven', () => {
  test('is read without the reports of earlier runs', () => {
    const folder = 'target/surefire-reports'
    const request = requestFor(`${folder}/TEST-Old.xml`, `${folder}/TEST-New.xml`)
    const start = 1_700_000_000
    utimesSync(path.join(request.cwd, folder, 'TEST-Old.xml'), start - 3600, start - 3600)
    writeFileSync(path.join(request.cwd, folder, 'TEST-New.xml'), '<testsuite name="new"/>')
    utimesSync(path.join(request.cwd, folder, 'TEST-New.xml'), start, start)
    const text = maven.collect(request, start * 1000)
    expect(text).toBe('<?xml version="1.0"?>\n<testsuite name="new"/>')
  })
})
