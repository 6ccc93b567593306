import { describe, expect, test } from 'vitest'
import { gradle } from '../../src/runner/frameworks/gradle.ts'
import { maven } from '../../src/runner/frameworks/maven.ts'
import type { Framework } from '../../src/runner/framework.ts'
import { projectWith, runIn, told } from './project.ts'
import { java } from './situations/java.ts'
import { isThorough } from './situations/installed.ts'
import { isInstalled } from './situations/run.ts'

const FILE = 'src/test/java/com/acme/ShapesTest.java'
const limit = { timeoutMs: 180_000 }

function projectOf(framework: Framework, text: string): string {
  const stage = java.find(one => one.framework === framework)
  return projectWith({ ...stage?.files, [FILE]: text })
}

function isThere(framework: Framework): boolean {
  return isThorough && java.some(one => one.framework === framework && isInstalled(one))
}

const ids = (...names: string[]) => names.map(name => `${FILE} > ${name}: passed`)

describe.skipIf(!isThere(gradle))('gradle', () => {
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

  test('chooses the method of a class within a class, and says that a name finds none', async () => {
    const root = projectOf(gradle, NESTED)
    const named = await runIn(root, gradle, [FILE], { ...limit, names: ['Circle > adds'] })
    expect(told(named)).toEqual(ids('Circle > adds'))
    expect(named).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
    const none = await runIn(root, gradle, [FILE], { ...limit, names: ['Circle > nope'] })
    expect(none).toMatchObject({ end: 'complete', tests: [], loadErrors: [] })
  }, 400_000)

  test('chooses one of several parameters by its whole name', async () => {
    const root = projectOf(gradle, PARAMETERS)
    const [one, two] = [1, 2].map(n => `adds[-x "q" (.*) über ${n}]`)
    const all = await runIn(root, gradle, [], limit)
    expect(told(all)).toEqual([`${FILE} > ${one}: passed`, `${FILE} > ${two}: failed (assertion)`])
    const named = await runIn(root, gradle, [FILE], { ...limit, names: [one ?? ''] })
    expect(told(named)).toEqual([`${FILE} > ${one}: passed`])
    expect(named).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
  }, 400_000)
})

describe.skipIf(!isThere(maven))('maven', () => {
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

  test('has the same ids of classes within a class in one file as in all, and chooses their methods', async () => {
    const root = projectOf(maven, NESTED)
    const seen = [
      `${FILE} > Circle > adds: passed`,
      `${FILE} > Circle > addsMore: failed (assertion)`,
      `${FILE} > adds: failed (assertion)`,
    ]
    const one = await runIn(root, maven, [FILE], limit)
    expect(told(one).sort()).toEqual(seen)
    const named = await runIn(root, maven, [FILE], { ...limit, names: ['Circle > adds'] })
    expect(told(named)).toEqual(ids('Circle > adds'))
    expect(named).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
    const all = await runIn(root, maven, [], limit)
    expect(told(all).sort()).toEqual(seen)
  }, 400_000)
})
