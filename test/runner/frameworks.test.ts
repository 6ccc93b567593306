import process from 'node:process'
import { describe, expect, test } from 'vitest'
import type { PackageView } from '../../src/runner/framework.ts'
import { findChecks, missingChecks } from '../../src/runner/checks.ts'
import { detectFramework } from '../../src/runner/frameworks/index.ts'
import { nodeTest } from '../../src/runner/frameworks/node-test.ts'
import { vitest } from '../../src/runner/frameworks/vitest.ts'
import { runProcess } from '../../src/runner/run.ts'
import { projectWith, runIn, temporaryFolder, told } from './project.ts'

describe('which framework', () => {
  test('a configuration file speaks for vitest before anything else', () => {
    const found = detectFramework(view({ scripts: { test: 'node --test' } }, 'vitest.config.ts'))
    expect(found).toMatchObject({ framework: { name: 'vitest' }, because: 'vitest.config.ts' })
  })

  test('a dependency speaks for vitest, a script for node:test', () => {
    const manifest = { devDependencies: { vitest: '^4' } }
    expect(detectFramework(view(manifest))?.framework.name).toBe('vitest')
    const script = { scripts: { test: 'node --import ./x.js --test test/' } }
    expect(detectFramework(view(script))?.framework.name).toBe('node:test')
  })

  test('what the test file imports outweighs the package, and the settings outweigh both', () => {
    const manifest = { devDependencies: { vitest: '^4' } }
    const testContent = `import test from "node:test"`
    expect(detectFramework(view(manifest), { testContent })?.framework.name).toBe('node:test')
    const both = detectFramework(view(manifest), { testContent, prefer: 'vitest' })
    expect(both).toMatchObject({ framework: { name: 'vitest' }, because: 'the settings' })
  })

  test.each([
    undefined,
    {},
    { scripts: 3 },
    { devDependencies: [] },
    { scripts: { test: 'make' } },
  ])('nothing is guessed from %j', manifest => {
    expect(detectFramework(view(manifest))).toBeUndefined()
  })

  test('tests are known by the patterns of their framework', () => {
    const names = [
      'src/a.test.ts',
      'a.spec.jsx',
      'test/a.mjs',
      'test-a.cjs',
      'src/a.ts',
      'a.test.txt',
    ]
    expect(names.filter(vitest.isTest)).toEqual(['src/a.test.ts', 'a.spec.jsx'])
    const plain = names.filter(name => !name.endsWith('.ts'))
    expect(plain.filter(nodeTest.isTest)).toEqual(['test/a.mjs', 'test-a.cjs'])
    expect([vitest, nodeTest].some(f => f.isTest('node_modules/x/a.test.js'))).toBe(false)
  })

  test('the configuration that is there is named, and snapshots whether they are there or not', () => {
    const found = vitest.configuration(view({}, 'vite.config.mjs', 'vitest.setup.ts', 'other.ts'))
    expect(found).toEqual(['vite.config.mjs', 'vitest.setup.ts'])
    expect(vitest.snapshots('test/a.test.ts')).toEqual(['test/__snapshots__/a.test.ts.snap'])
    expect(vitest.snapshots('a.test.ts')).toEqual(['__snapshots__/a.test.ts.snap'])
  })
})

describe('vitest', () => {
  const FILE = 'test/it.test.mjs'
  const head = `import { test, expect, describe } from 'vitest'\n`
  const run = (body: string, files: Record<string, string> = {}) =>
    runIn(projectWith({ [FILE]: head + body, ...files }), vitest, [FILE])

  test('is not started where it is not installed, and says what to do', async () => {
    const root = temporaryFolder()
    const seen = await runIn(root, vitest, [])
    expect(seen).toMatchObject({ end: 'not_started', exitCode: null, tests: [] })
    expect(seen.unhandled[0]).toContain('npm install')
  })

  test('.only on another test never makes a run good, whatever the configuration allows', async () => {
    const config = `export default { test: { allowOnly: true, passWithNoTests: true } }`
    const seen = await run(`test('red', () => expect(1).toBe(2)); test.only('other', () => {})`, {
      'vitest.config.mjs': config,
    })
    expect(seen.exitCode).toBe(1)
    expect(told(seen)).toEqual([`${FILE} > red: skipped`, `${FILE} > other: errored (hook)`])
  })

  test('bail and coverage of the configuration hide no test and write no file', async () => {
    const config = `export default { test: { bail: 1, coverage: { enabled: true, provider: 'v8' } } }`
    const seen = await run(`test('a', () => expect(1).toBe(2)); test('b', () => {})`, {
      'vitest.config.mjs': config,
    })
    expect(told(seen)).toEqual([`${FILE} > a: failed (assertion)`, `${FILE} > b: passed`])
  })

  test('an import of an export that is missing is an error inside the test', async () => {
    const seen = await run(
      `import { nope } from '../src/it.mjs'\ntest('x', () => expect(nope()).toBe(1))`,
      { 'src/it.mjs': 'export const it = 1' },
    )
    expect(told(seen)).toEqual([`${FILE} > x: failed (error)`])
  })

  test('a configuration that breaks is a crash, with its message in the output', async () => {
    const seen = await run(`test('x', () => {})`, {
      'vitest.config.mjs': `throw new Error('bad config')`,
    })
    expect(seen).toMatchObject({ end: 'crashed', exitCode: 1, tests: [] })
    expect(seen.output).toContain('bad config')
  })

  test('concurrent tests of one name are numbered in the order of their definition', async () => {
    const seen = await run(`describe.concurrent('c', () => {
      for (const ms of [120, 60, 1]) test('dup', async () => {
        await new Promise(r => setTimeout(r, ms)); expect(ms).not.toBe(120) }) })`)
    expect(told(seen)).toEqual([
      `${FILE} > c > dup: failed (assertion)`,
      `${FILE} > c > dup #2: passed`,
      `${FILE} > c > dup #3: passed`,
    ])
  })

  test('a file whose path only contains the requested one is not counted', async () => {
    const text = `${head}test('x', () => expect(1).toBe(2))`
    const root = projectWith({ [FILE]: `${head}test('x', () => {})`, [`sub/${FILE}`]: text })
    const seen = await runIn(root, vitest, [FILE])
    expect(told(seen)).toEqual([`${FILE} > x: passed`])
    expect(seen.exitCode === 0 || seen.unhandled.some(line => line.includes(`sub/${FILE}`))).toBe(
      true,
    )
  })
})

describe('node:test', () => {
  const FILE = 'test/it.test.mjs'
  const head = `import test, { describe } from 'node:test'; import assert from 'node:assert'\n`
  const run = (body: string, files: Record<string, string> = {}) =>
    runIn(projectWith({ [FILE]: head + body, ...files }), nodeTest, [FILE])

  test('a missing export is a load error that names export and module', async () => {
    const seen = await run(`import { nope } from '../src/it.mjs'\ntest('x', () => nope())`, {
      'src/it.mjs': 'export const it = 1',
    })
    expect(seen).toMatchObject({
      tests: [],
      loadErrors: [{ file: FILE, missing: 'nope', missingFrom: '../src/it.mjs' }],
    })
  })

  test('a missing CommonJS module is named', async () => {
    const root = projectWith({ 'test/c.test.cjs': `require('../src/gone')` })
    const seen = await runIn(root, nodeTest, ['test/c.test.cjs'])
    expect(seen.loadErrors).toMatchObject([{ file: 'test/c.test.cjs', missing: '../src/gone' }])
  })

  test('files without a test do not count as passed tests', async () => {
    const root = projectWith({ 'test/a.test.mjs': '', 'test/b.test.mjs': 'console.log(1)' })
    expect(await runIn(root, nodeTest)).toMatchObject({ end: 'complete', exitCode: 0, tests: [] })
  })

  test('tests of a helper belong to the file that imports it', async () => {
    const use = `import { shared } from './helper.mjs'; shared()`
    const root = projectWith({
      'test/helper.mjs': `import test from 'node:test'; export const shared = () => test('shared', () => {})`,
      'test/a.test.mjs': use,
      'test/b.test.mjs': use,
    })
    const seen = await runIn(root, nodeTest, ['test/a.test.mjs', 'test/b.test.mjs'])
    expect(told(seen)).toEqual([
      'test/a.test.mjs > shared: passed',
      'test/b.test.mjs > shared: passed',
    ])
  })

  test('a test fails for the reason of its inner test', async () => {
    const seen = await run(
      `test('outer', async t => { await t.test('inner', () => assert.equal(1, 2)) })`,
    )
    expect(told(seen)).toEqual([
      `${FILE} > outer > inner: failed (assertion)`,
      `${FILE} > outer: failed (assertion)`,
    ])
  })

  test('a suite that breaks while it is described does not go unseen', async () => {
    const seen = await run(
      `describe('s', () => { test('q', () => {}); throw new Error('in suite') })`,
    )
    expect(told(seen)).toEqual([`${FILE} > s > q: errored (hook)`])
    expect(seen.exitCode).toBe(1)
  })

  test('a todo that fails is a todo', async () => {
    const seen = await run(`test('t', { todo: true }, () => assert.equal(1, 2))`)
    expect(told(seen)).toEqual([`${FILE} > t: todo`])
    expect(seen.exitCode).toBe(0)
  })

  test('a file that breaks after its tests is a load error beside them', async () => {
    const seen = await run(
      `test('x', () => {}); setTimeout(() => { throw new Error('later boom') }, 50)`,
    )
    expect(seen.exitCode).toBe(1)
    expect(JSON.stringify([seen.loadErrors, seen.unhandled, seen.tests])).toContain('later boom')
  })
})

describe('checks', () => {
  // The packages of another Vitest hold no type checker.
  test.skipIf(process.env['REDGREEN_TEST_RUNNERS'])(
    'a type checker and a linter are found where configured and installed, and run',
    async () => {
      const root = projectWith({
        'tsconfig.json': '{"compilerOptions":{"strict":true,"types":[]},"include":["a.ts"]}',
        'a.ts': `export const n: number = 'text'\n`,
        '.oxlintrc.json': '{"ignorePatterns":["node_modules"]}',
      })
      const found = findChecks(root, view({}, 'tsconfig.json', '.oxlintrc.json'))
      expect(found.map(({ kind, name, because }) => [kind, name, because])).toEqual([
        ['types', 'tsc', 'tsconfig.json'],
        ['lint', 'oxlint', '.oxlintrc.json'],
      ])
      const ends = await Promise.all(
        found.map(({ argv }) => runProcess({ argv, cwd: root, timeoutMs: 30_000 })),
      )
      expect(ends.map(end => end.exitCode)).toEqual([expect.any(Number), 0])
      expect(ends[0]).toMatchObject({ end: 'exited', output: expect.stringContaining('TS2322') })
      expect(ends[0]?.exitCode).not.toBe(0)
    },
  )

  test('a linter that is configured and not installed is named as missing', () => {
    const folder = temporaryFolder()
    expect(findChecks(folder, view({}, 'biome.json'))).toEqual([])
    expect(missingChecks(folder, view({}, 'biome.json'))).toEqual(['biome'])
  })
})

function view(manifest: PackageView['manifest'], ...files: string[]): PackageView {
  return {
    manifest,
    exists: file => files.includes(file),
    read: () => undefined,
    names: () => files,
  }
}
