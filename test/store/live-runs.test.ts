import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHolder } from '../../src/store/leases/holder.ts'
import {
  endOrphanedRuns,
  hasLiveRun,
  liveRuns,
  runRegistry,
  standbyRegistry,
} from '../../src/store/live-runs.ts'
import { sealOf } from '../../src/store/secret.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import { makeProject } from '../kit/project.ts'
import { isRunning } from '../kit/slow-test.ts'

const LINUX = process.platform === 'linux'
const GONE = spawnSync(process.execPath, ['-e', '']).pid

function state() {
  return stateOf({ root: makeProject({}, { git: false }).root })
}

function recordsOf({ local }: { local: string }): string[] {
  const folder = path.join(local, 'live')
  return existsSync(folder) ? readdirSync(folder) : []
}

/** A process that leads its own process group, as runs do. `mark` is the id of its run. */
function leader(mark: string): number {
  const child = spawn('sleep', ['600'], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], REDGREEN_RUN: mark },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child.pid ?? 0
}

function leave(
  place: State,
  run: string,
  server: object,
  pid: number,
  seal = (text: string) => sealOf(place, `run\0${run}`, text),
): void {
  mkdirSync(path.join(place.local, 'live'), { recursive: true })
  const text = JSON.stringify({ server, leader: createHolder(run, 'run', pid) })
  writeFileSync(path.join(place.local, 'live', `${run}.json`), `${text}\n${seal(text)}\n`)
}

describe('the record of a run', () => {
  it('exists before its process and is removed after it', () => {
    const place = state()
    const entry = runRegistry(place, { id: 'holder' })('run-1', ['node'])
    expect(recordsOf(place)).toEqual(['run-1.json'])
    entry.started(process.pid)
    const text = readFileSync(path.join(place.local, 'live/run-1.json'), 'utf8')
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
      server: { pid: process.pid },
      leader: { pid: process.pid, startTime: expect.any(String) },
    })
    entry.ended()
    expect(recordsOf(place)).toEqual([])
  })

  it('is written once if the process exists already', () => {
    const place = state()
    runRegistry(place, { id: 'holder' })('run-1', ['node'], process.pid)
    const text = readFileSync(path.join(place.local, 'live/run-1.json'), 'utf8')
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({ leader: { pid: process.pid } })
  })

  it('is about one holder of its server, which may have several', () => {
    const place = state()
    const { pid } = process
    const entry = runRegistry(place, { id: 'mine' })('run-1', ['node'])
    expect(hasLiveRun(place, { id: 'mine', pid })).toBe(true)
    expect(hasLiveRun(place, { id: 'theirs', pid })).toBe(false)
    entry.ended()
    expect(hasLiveRun(place, { id: 'mine', pid })).toBe(false)
  })

  it('is none of a run in progress if its test runner only waits', () => {
    const place = state()
    const waiting = standbyRegistry(place)('run-1', ['node'])
    waiting.started(process.pid)
    expect([recordsOf(place), liveRuns(place)]).toEqual([['run-1.waiting'], []])
    expect(hasLiveRun(place, { id: 'mine', pid: process.pid })).toBe(false)
    endOrphanedRuns(place)
    expect(recordsOf(place)).toEqual(['run-1.waiting'])
    waiting.ended()
    expect(recordsOf(place)).toEqual([])
  })

  it.runIf(LINUX)('ends a test runner that waits for a server that no longer exists', async () => {
    const place = state()
    const pid = leader('run-1')
    leave(place, 'run-1', createHolder('server', 'redgreen', GONE), pid)
    const folder = path.join(place.local, 'live')
    renameSync(path.join(folder, 'run-1.json'), path.join(folder, 'run-1.waiting'))
    endOrphanedRuns(place)
    await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false)
    expect(recordsOf(place)).toEqual([])
  })

  it.runIf(LINUX)('ends the processes of a server that no longer exists', async () => {
    const place = state()
    const pid = leader('run-1')
    leave(place, 'run-1', createHolder('server', 'redgreen', GONE), pid)
    endOrphanedRuns(place)
    await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false)
    expect(recordsOf(place)).toEqual([])
  })

  it('is kept while its server exists', () => {
    const place = state()
    const pid = leader('run-1')
    leave(place, 'run-1', createHolder('server', 'redgreen', process.pid), pid)
    endOrphanedRuns(place)
    expect(isRunning(pid)).toBe(true)
    expect(recordsOf(place)).toEqual(['run-1.json'])
  })

  it('ends nothing that does not carry the mark of the run', () => {
    const place = state()
    const pid = leader('another')
    leave(place, 'run-1', createHolder('server', 'redgreen', GONE), pid)
    endOrphanedRuns(place)
    expect(isRunning(pid)).toBe(true)
    expect(recordsOf(place)).toEqual([])
  })

  it.runIf(LINUX)('ends no process that a record without a seal names', () => {
    const place = state()
    const pid = leader('another')
    leave(place, 'run-1', createHolder('server', 'redgreen', GONE), pid, () => 'f'.repeat(64))
    endOrphanedRuns(place)
    expect(isRunning(pid)).toBe(true)
    expect(recordsOf(place)).toEqual([])
  })

  it('is removed if it cannot be read', () => {
    const place = state()
    mkdirSync(path.join(place.local, 'live'), { recursive: true })
    writeFileSync(path.join(place.local, 'live/half.json'), '{"server":')
    endOrphanedRuns(place)
    expect(recordsOf(place)).toEqual([])
  })
})

describe('a server whose process id was reused', () => {
  it.runIf(LINUX)('is recognised by its start time', async () => {
    const place = state()
    const pid = leader('run-1')
    const other = spawn('sleep', ['600'], { stdio: 'ignore' })
    onTestFinished(() => void other.kill('SIGKILL'))
    await once(other, 'spawn')
    const server = { ...createHolder('server', 'redgreen', other.pid ?? 0), startTime: '1' }
    leave(place, 'run-1', server, pid)
    endOrphanedRuns(place)
    await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false)
    expect(isRunning(other.pid ?? 0)).toBe(true)
  })
})
