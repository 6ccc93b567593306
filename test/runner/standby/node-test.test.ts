import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { reporterPath } from '../../../src/runner/package-root.ts'
import { REPORT_VARIABLE } from '../../../src/runner/reporters/writer.ts'
import { Standby } from '../../../src/runner/standby/standby.ts'
import { runningStandbys } from '../../kit/standby-processes.ts'
import { folderWith, projectWith, resultLines } from '../project.ts'
import { compareRuns } from './compare-runs.ts'
import { CASES, PROJECT, TEST } from './node-test-cases.ts'
import { keepStandbys, prepareIn, runFiles } from './warm-run.ts'

const RUN = { files: [TEST] }
const STANDBY = reporterPath('node-test-standby', 'cjs')

/** The versions of Node that have such a process. */
const isKnown = nodeTest.standby(requestIn('/')) !== undefined

describe.runIf(isKnown)('a `node --test` that waited says the same as a new one', () => {
  keepStandbys()

  test.each(CASES)('with %s', async (_name, one) => {
    const found = await compareRuns(nodeTest, PROJECT, { files: [TEST], ...one })
    expect(found.warm).toEqual(found.cold)
    expect([found.isWarm, found.says]).toEqual(found.expected)
  })
})

/** Writes the command, the environment and the open files of its process. */
const LOOK = `import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
const own = name => readFileSync('/proc/self/' + name, 'latin1').split('\\0')
const open = readdirSync('/proc/self/fd').map(fd => {
  try { return fd + ' ' + readlinkSync('/proc/self/fd/' + fd).replace(/\\d+/g, '') } catch { return fd }
})
const { REDGREEN_RUN, ...env } = process.env
writeFileSync('found.json', JSON.stringify({ argv: own('cmdline'), env, open, exec: process.execArgv }))
`

/** The folder of the report is there, and the key is not. */
const LOOK_FOR_KEY = `import test from 'node:test'
import assert from 'node:assert'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
test('x', () => {
  const [report, ...others] = readdirSync(tmpdir()).filter(name => name.startsWith('redgreen-report-'))
  assert.deepEqual(others, [])
  assert.deepEqual(readdirSync(path.join(tmpdir(), report)), ['events'])
})`

describe.runIf(isKnown)('a `node --test` that waits', () => {
  keepStandbys()

  test.runIf(process.platform === 'linux')(
    'starts the process of a test file as a new one does',
    async () => {
      const root = projectWith({ [TEST]: LOOK })
      await prepareIn(root, root, nodeTest)
      const looks: unknown[] = []
      for (const warm of [true, false]) {
        expect((await runFiles(root, RUN, warm, nodeTest)).warm).toBe(warm || undefined)
        looks.push(JSON.parse(readFileSync(path.join(root, 'found.json'), 'utf8')))
      }
      expect(looks[0]).toEqual(looks[1])
      expect(JSON.stringify(looks[0])).not.toMatch(/REDGREEN_REPORT|standby/)
    },
  )

  test('runs once, and has the command of a new process in its record', async () => {
    const root = projectWith(PROJECT)
    await prepareIn(root, root, nodeTest)
    const first = await runFiles(root, RUN, true, nodeTest)
    expect(first.command.slice(0, 2)).toEqual(['node', '--test'])
    expect(first.command.join(' ')).not.toContain('standby')
    expect([first.warm, (await runFiles(root, RUN, true, nodeTest)).warm]).toEqual([
      true,
      undefined,
    ])
  })

  test.runIf(process.platform === 'linux')(
    'knows no report before it runs, and its tests cannot read the key',
    async () => {
      const root = projectWith({ [TEST]: LOOK_FOR_KEY })
      const folder = folderWith({})
      vi.stubEnv('TMPDIR', folder)
      onTestFinished(() => void vi.unstubAllEnvs())
      await prepareIn(root, root, nodeTest)
      const waiting = runningStandbys(root)
      const known = waiting.map(pid => readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0'))
      expect(known).toEqual([expect.arrayContaining([`TMPDIR=${folder}`])])
      expect(known.flat().filter(entry => entry.startsWith(REPORT_VARIABLE))).toEqual([])
      expect(readdirSync(folder)).toEqual([])
      const outcome = await runFiles(root, RUN, true, nodeTest)
      expect([outcome.warm, outcome.end, ...resultLines(outcome)]).toEqual([
        true,
        'complete',
        `${TEST} > x: passed`,
      ])
    },
  )

  test.runIf(process.platform === 'linux')(
    'leaves the run to a new process if it died',
    async () => {
      const root = projectWith(PROJECT)
      await prepareIn(root, root, nodeTest)
      const [pid = 0, ...others] = runningStandbys(root)
      expect([pid > 0, others]).toEqual([true, []])
      process.kill(pid, 'SIGKILL')
      // The event of its end is sent when Node releases its id.
      await expect.poll(() => isKnownProcess(pid), { timeout: 60_000 }).toBe(false)
      const outcome = await runFiles(root, RUN, true, nodeTest)
      expect([outcome.warm, outcome.end, ...resultLines(outcome)]).toEqual([
        undefined,
        'complete',
        `${TEST} > x: failed (assertion)`,
      ])
    },
  )

  test('is ended if nobody needs it', async () => {
    const root = projectWith(PROJECT)
    const parts = nodeTest.standby(requestIn(root))
    if (!parts) throw new Error('There is no standby.')
    const standby = new Standby({ ...parts, cwd: root, root, env: {} }, undefined, {
      startMs: 60_000,
      idleMs: 1,
    })
    await expect.poll(() => standby.isFresh, { timeout: 60_000 }).toBe(false)
    await expect.poll(() => runningStandbys(root), { timeout: 60_000 }).toEqual([])
  })

  test('ends if its server is gone', async () => {
    const root = projectWith(PROJECT)
    const waiting = spawn(process.execPath, ['--require', STANDBY, '--test'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const [, , , pipe] = waiting.stdio
    await once(pipe ?? waiting, 'data')
    pipe?.destroy()
    expect(await once(waiting, 'exit')).toEqual([86, null])
  })

  test('does not run what it cannot read', async () => {
    const root = projectWith(PROJECT)
    const waiting = spawn(process.execPath, ['--require', STANDBY, '--test'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const [, , , pipe] = waiting.stdio
    if (pipe && 'end' in pipe) pipe.end('{"words":\n')
    expect(await once(waiting, 'exit')).toEqual([86, null])
  })
})

describe('Node is started for each run', () => {
  const withVersion = (version: string) => {
    vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, node: version })
    onTestFinished(() => void vi.restoreAllMocks())
    return nodeTest.standby(requestIn('/')) !== undefined
  }

  test.skipIf(process.platform === 'win32')('if its version was not compared', () => {
    const versions = [
      '18.20.0',
      '20.18.3',
      '20.19.0',
      '20.20.2',
      '22.11.0',
      '22.12.0',
      '22.22.3',
      '23.1.0',
      '24.21.0',
      '26.0.0',
    ]
    expect(versions.filter(withVersion)).toEqual(['20.19.0', '20.20.2', '22.12.0', '22.22.3'])
  })

  test('if tests are chosen by name, or the suite runs', () => {
    expect(nodeTest.standby({ ...requestIn('/'), names: ['x'] })).toBeUndefined()
    expect(nodeTest.standby({ ...requestIn('/'), files: [] })).toBeUndefined()
  })

  test('if the test script does something else before it, or has an option that is not known', () => {
    const use = {
      framework: 'node:test',
      program: 'node',
      env: {},
      nodeFlags: [],
      wrappers: [],
      options: [],
      targets: [],
      before: [],
    }
    const wrapper = { program: 'c8', package: 'c8', words: [], coverage: true }
    const option = (name: string) => ({ options: [{ name, words: [name] }] })
    const others = [
      { before: ['tsc'] },
      { wrappers: [wrapper] },
      { loader: 'tsx' },
      { nodeFlags: ['--conditions=x'] },
      ...[
        '--import',
        '--env-file',
        '--test-isolation',
        '--experimental-loader',
        '--inspect',
        '-C',
      ].map(option),
    ]
    const found = others.map(script =>
      nodeTest.standby({ ...requestIn('/'), script: { ...use, ...script } }),
    )
    expect(found).toEqual(others.map(() => undefined))
    expect(
      nodeTest.standby({ ...requestIn('/'), script: { ...use, ...option('--test-timeout') } }) !==
        undefined,
    ).toBe(isKnown)
  })
})

function requestIn(root: string) {
  return { cwd: root, root, files: [path.join(root, TEST)], names: [], report: '', key: '' }
}

function isKnownProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
