import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { reporterPath } from '../../../src/runner/package-root.ts'
import { Standby } from '../../../src/runner/standby/standby.ts'
import { runningStandbys } from '../../kit/standby-processes.ts'
import { folderWith, projectWith } from '../project.ts'
import { writeFiles } from '../write-files.ts'
import { PROJECT, TEST } from './cases.ts'
import { keepStandbys, prepareIn, runFiles } from './warm-run.ts'

const RUN = { files: [TEST] }

describe('a test runner that waits', () => {
  keepStandbys()

  test('runs once, and the next one is started then', async () => {
    const root = projectWith(PROJECT)
    expect((await runFiles(root, RUN, true)).warm).toBeUndefined()
    await prepareIn(root)
    const [first] = runningStandbys(root)
    expect(await runFiles(root, RUN, true)).toMatchObject({ warm: true, end: 'complete' })
    await prepareIn(root)
    const [second] = runningStandbys(root)
    expect([typeof first, typeof second, first === second]).toEqual(['number', 'number', false])
  })

  test('has the command of a new process in its record', async () => {
    const root = projectWith(PROJECT)
    await prepareIn(root)
    const { command } = await runFiles(root, RUN, true)
    expect(command.slice(0, 3)).toEqual(['node', 'node_modules/vitest/vitest.mjs', 'run'])
    expect(command.at(-1)).toBe(TEST)
  })

  test('is replaced if the configuration changed, and the new one runs the tests', async () => {
    const root = projectWith({ ...PROJECT, 'vitest.config.ts': 'export default {}' })
    await prepareIn(root)
    writeFiles(root, { 'vitest.config.ts': 'export default { test: { name: "other" } }' })
    expect((await runFiles(root, RUN, true)).warm).toBeUndefined()
    await prepareIn(root)
    expect((await runFiles(root, RUN, true)).warm).toBe(true)
  })

  test('ends if another one is started for a third project', async () => {
    const roots = [projectWith(PROJECT), projectWith(PROJECT), projectWith(PROJECT)]
    for (const root of roots) await prepareIn(root)
    expect(roots.map(root => runningStandbys(root).length)).toEqual([0, 1, 1])
  })

  test('does not go on if its project cannot use it', async () => {
    const root = projectWith({
      ...PROJECT,
      'vitest.config.ts': `import 'node:fs'\nexport default {}`,
    })
    await prepareIn(root)
    expect(runningStandbys(root)).toEqual([])
    await prepareIn(root)
    expect(runningStandbys(root)).toEqual([])
  })

  test('leaves the run of a stopped call alone', async () => {
    const root = projectWith(PROJECT)
    await prepareIn(root)
    const stopped = await runFiles(root, { ...RUN, signal: AbortSignal.abort() }, true)
    expect(stopped.end).toBe('cancelled')
  })

  test('is killed if its configuration never ends', async () => {
    const root = folderWith({})
    const records: string[] = []
    const standby = new Standby(
      {
        argv: [process.execPath, '-e', 'for (;;) {}'],
        cwd: root,
        root,
        env: {},
        installed: [],
        channel: 'ipc',
        readsSettings: true,
      },
      run => ({
        started: pid => void records.push(`${run}: ${pid > 0}`),
        ended: () => void records.push(`${run} ended`),
      }),
      { startMs: 1, idleMs: 60_000 },
    )
    await standby.settled
    expect(standby.unsuitable).toBe('its start takes too long')
    expect(records).toEqual([expect.stringMatching(/: true$/), expect.stringMatching(/ ended$/)])
  })

  test('ends by itself if nobody needs it', async () => {
    const root = projectWith(PROJECT)
    const entry = path.join(root, 'node_modules/vitest/vitest.mjs')
    const waiting = spawn(process.execPath, [reporterPath('vitest-standby'), '1', entry, 'run'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    expect(await once(waiting, 'exit')).toEqual([86, null])
  })

  test('ends if its server is gone', async () => {
    const root = projectWith(PROJECT)
    const entry = path.join(root, 'node_modules/vitest/vitest.mjs')
    const waiting = spawn(
      process.execPath,
      [reporterPath('vitest-standby'), '60000', entry, 'run'],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      },
    )
    await once(waiting, 'message')
    waiting.disconnect()
    expect(await once(waiting, 'exit')).toEqual([86, null])
  })
})

describe('Vitest is started for each run', () => {
  const request = (root: string) => ({
    cwd: root,
    root,
    files: [path.join(root, TEST)],
    names: [],
    report: '',
    key: '',
  })
  const installed = (version: string) =>
    folderWith({
      'node_modules/vitest/package.json': JSON.stringify({ version, bin: 'vitest.mjs' }),
    })
  const use = {
    framework: 'vitest',
    program: 'vitest',
    env: {},
    nodeFlags: [],
    wrappers: [],
    options: [],
    targets: [],
    before: [],
  }

  test('if its version is not known', () => {
    const known = ['2.1.9', '3.2.4', '4.1.12', '5.0.0', '6.0.0', '4.0.0-beta.1'].map(
      version => vitest.standby(request(installed(version))) !== undefined,
    )
    expect(known).toEqual([false, true, true, false, false, false])
  })

  test('if the test script does something else before it, or has an option that is not known', () => {
    const root = installed('4.1.12')
    const standby = (script: object) =>
      vitest.standby({ ...request(root), script: { ...use, ...script } })
    const option = (name: string) => ({ options: [{ name, words: [name] }] })
    const wrapper = { program: 'c8', package: 'c8', words: [], coverage: true }
    expect([{}, option('--config')].map(script => standby(script) !== undefined)).toEqual([
      true,
      true,
    ])
    const others = [
      { before: ['tsc'] },
      { wrappers: [wrapper] },
      { loader: 'tsx' },
      option('--exclude'),
    ]
    expect(others.map(standby)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('if a path could be one with a line', () => {
    const root = installed('4.1.12')
    expect(
      vitest.standby({ ...request(root), files: [path.join(root, 'a.test.ts:3')] }),
    ).toBeUndefined()
  })
})
