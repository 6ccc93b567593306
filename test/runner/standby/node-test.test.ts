import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { reporterPath } from '../../../src/runner/package-root.ts'
import { REPORT_VARIABLE } from '../../../src/runner/reporters/writer.ts'
import { Standby } from '../../../src/runner/standby/standby.ts'
import { processesIn } from '../../kit/descendants.ts'
import { runningStandbys } from '../../kit/standby-processes.ts'
import { folderWith, projectWith, resultLines } from '../project.ts'
import { compareRuns } from './compare-runs.ts'
import { CASES, PROJECT, TEST } from './node-test-cases.ts'
import { keepStandbys, prepareIn, runFiles } from './warm-run.ts'

/** A worker gets the options of its process. */
const WITH_WORKER = `import test from 'node:test'
import assert from 'node:assert'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
test('x', async () => {
  const code = 'require("node:worker_threads").parentPort.postMessage(1)'
  assert.deepEqual(await once(new Worker(code, { eval: true }), 'message'), [1])
})`

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

  test.each(CASES)('if it knew the file, with %s', async (_name, one) => {
    const found = await compareRuns(nodeTest, PROJECT, { files: [TEST], ...one }, true)
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
      const [warm, cold] = [await lookOf(root, true), await lookOf(root, false)]
      expect(warm).toEqual(cold)
      expect(JSON.stringify(warm)).not.toMatch(/REDGREEN_REPORT|standby/)
    },
  )

  test.runIf(process.platform === 'linux')(
    'and knew the file, starts its process as a new one does, except for its own option',
    async () => {
      // The process has loaded `node:test`, which opens a file, before it waits.
      const root = projectWith({ [TEST]: `import 'node:test'\n${LOOK}` })
      await prepareIn(root, root, nodeTest, [TEST])
      const [warm, cold] = [await lookOf(root, true), await lookOf(root, false)]
      const [program, option, gate, ...rest] = warm.argv
      expect([option, path.basename(gate ?? '')]).toEqual(['--require', 'node-test-gate.cjs'])
      expect({ ...warm, argv: [program, ...rest] }).toEqual(cold)
    },
  )

  test('and knew another file, leaves the run to a new process', async () => {
    const root = projectWith({ ...PROJECT, 'test/b.test.js': `import 'node:test'` })
    await prepareIn(root, root, nodeTest, ['test/b.test.js'])
    const outcome = await runFiles(root, RUN, true, nodeTest)
    expect([outcome.warm, ...resultLines(outcome)]).toEqual([
      undefined,
      `${TEST} > x: failed (assertion)`,
    ])
  })

  test.runIf(process.platform === 'linux')(
    'is started without the name of a test file that is not there yet, and runs it later',
    async () => {
      const { [TEST]: text = '', ...others } = PROJECT
      const root = projectWith(others)
      await prepareIn(root, root, nodeTest, [TEST])
      const commands = runningStandbys(root).map(pid =>
        readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0'),
      )
      expect(commands).toEqual([expect.not.arrayContaining([TEST])])
      mkdirSync(path.join(root, path.dirname(TEST)), { recursive: true })
      writeFileSync(path.join(root, TEST), text)
      const outcome = await runFiles(root, RUN, true, nodeTest)
      const line = `${TEST} > x: failed (assertion)`
      expect([outcome.warm, ...resultLines(outcome)]).toEqual([true, line])
    },
  )

  test('and knew the file, does not make the workers of a test wait', async () => {
    const root = projectWith({ [TEST]: WITH_WORKER })
    await prepareIn(root, root, nodeTest, [TEST])
    const outcome = await runFiles(root, RUN, true, nodeTest)
    expect([outcome.warm, ...resultLines(outcome)]).toEqual([true, `${TEST} > x: passed`])
  })

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

  test.runIf(process.platform === 'linux').each([[[]], [[TEST]]])(
    'knows no report before it runs, and its tests cannot read the key, with the files %j',
    async files => {
      const root = projectWith({ [TEST]: LOOK_FOR_KEY })
      const folder = folderWith({})
      vi.stubEnv('TMPDIR', folder)
      onTestFinished(() => void vi.unstubAllEnvs())
      await prepareIn(root, root, nodeTest, files)
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

  test.runIf(process.platform === 'linux').each(['its server is gone', 'it is killed'])(
    'and knew the file, ends with the process of the file if %s',
    async reason => {
      const root = projectWith(PROJECT)
      const waiting = spawn(process.execPath, ['--require', STANDBY, '--test', TEST], {
        cwd: root,
        stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      })
      await expect.poll(() => processesIn(root).length, { timeout: 60_000 }).toBe(2)
      const ended = once(waiting, 'exit')
      if (reason === 'it is killed') waiting.kill('SIGKILL')
      else waiting.stdin?.destroy()
      expect(await ended).toEqual(reason === 'it is killed' ? [null, 'SIGKILL'] : [86, null])
      await expect.poll(() => processesIn(root), { timeout: 60_000 }).toEqual([])
    },
  )

  test('and knew the file, closes the connection to the server as soon as it is ready', async () => {
    const root = projectWith(PROJECT)
    const waiting = spawn(process.execPath, ['--require', STANDBY, '--test', TEST], {
      cwd: root,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void waiting.kill('SIGKILL'))
    const [, , , pipe] = waiting.stdio
    let isClosed = false
    pipe?.on('data', () => undefined).on('end', () => (isClosed = true))
    await expect.poll(() => isClosed, { timeout: 60_000 }).toBe(true)
    expect([waiting.exitCode, waiting.signalCode]).toEqual([null, null])
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
    const use = SCRIPT
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

  test.runIf(isKnown)('but not the process of a file whose time would be limited', () => {
    const found = ['--test-only', '--test-timeout'].map(name => {
      const script = { ...SCRIPT, options: [{ name, words: [`${name}=1000`] }] }
      return nodeTest.standby({ ...requestIn('/'), script })?.withFiles !== undefined
    })
    expect(found).toEqual([true, false])
  })
})

/** What a test file with `LOOK` saw. */
async function lookOf(root: string, warm: boolean): Promise<z.infer<typeof look>> {
  expect((await runFiles(root, RUN, warm, nodeTest)).warm).toBe(warm || undefined)
  return look.parse(JSON.parse(readFileSync(path.join(root, 'found.json'), 'utf8')))
}

const look = z.looseObject({ argv: z.array(z.string()) })

const SCRIPT = {
  framework: 'node:test',
  program: 'node',
  env: {},
  nodeFlags: [],
  wrappers: [],
  options: [],
  targets: [],
  before: [],
}

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
