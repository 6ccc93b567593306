import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { liveRuns, runRegistry, stopRun } from '../../src/store/live-runs.ts'
import { newRunLog, pruneRunLogs, readGrowingLog } from '../../src/store/run-logs.ts'
import { finishedTests, noteFinishedTests, wasStopped } from '../../src/store/run-notes.ts'
import { noteServedPage, servedPage } from '../../src/store/served-page.ts'
import { stateOf } from '../../src/store/state.ts'
import { runProcess } from '../../src/runner/run.ts'
import { makeProject } from '../kit/project.ts'

const LOG = '0123456789ab'

function state() {
  return stateOf({ root: makeProject({}, { git: false }).root })
}

function logOf(place: ReturnType<typeof state>): string {
  const { file } = newRunLog(place, LOG)
  mkdirSync(path.dirname(file), { recursive: true })
  return file
}

describe('the log of a run in progress', () => {
  it('is read from where the reader stopped, in whole lines', async () => {
    const place = state()
    const file = logOf(place)
    writeFileSync(file, 'one\ntwo\nthr')
    const first = await readGrowingLog(place, LOG)
    expect(first).toEqual({ text: 'one\ntwo\n', next: 8 })
    appendFileSync(file, 'ee\n')
    expect(await readGrowingLog(place, LOG, first.next)).toEqual({ text: 'three\n', next: 14 })
    expect(await readGrowingLog(place, LOG, 14)).toEqual({ text: '', next: 14 })
  })

  it('begins with its last lines if it is long, and is read in parts', async () => {
    const place = state()
    const line = `${'ü'.repeat(50)}\n`
    writeFileSync(logOf(place), line.repeat(5000))
    const { text, next } = await readGrowingLog(place, LOG)
    expect(text.length).toBeLessThan(64 * 1024)
    expect(
      text
        .split('\n')
        .slice(0, -1)
        .every(part => part === 'ü'.repeat(50)),
    ).toBe(true)
    expect(next).toBe(Buffer.byteLength(line) * 5000)
    const part = await readGrowingLog(place, LOG, 0)
    expect(part.next).toBeLessThanOrEqual(64 * 1024)
  })

  it('may have a line that is longer than a part', async () => {
    const place = state()
    writeFileSync(logOf(place), 'x'.repeat(100_000))
    expect((await readGrowingLog(place, LOG, 0)).next).toBe(64 * 1024)
  })

  it.each(['../../secret', '', 'ABCDEF012345'])('has no other name, such as %j', async name => {
    expect(await readGrowingLog(state(), name)).toEqual({ text: '', next: 0 })
  })
})

describe('the number of finished tests', () => {
  it('is written only while a page is served', () => {
    const place = state()
    noteFinishedTests(place, LOG, 3)
    expect(finishedTests(place, LOG)).toBeUndefined()
    const withdraw = noteServedPage(place, 'http://127.0.0.1:1/')
    noteFinishedTests(place, LOG, 4)
    expect(finishedTests(place, LOG)).toBe(4)
    withdraw()
    expect(servedPage(place)).toBeUndefined()
  })

  it('is removed with the log', () => {
    const place = state()
    noteServedPage(place, 'http://127.0.0.1:1/')
    const names = Array.from({ length: 201 }, (_, at) => String(at))
    for (const name of names) {
      writeFileSync(logOf(place).replace(LOG, name), '')
      noteFinishedTests(place, name, 1)
    }
    pruneRunLogs(place)
    const left = names.filter(name => existsSync(newRunLog(place, name).file))
    expect(left).toHaveLength(200)
    expect(names.filter(name => finishedTests(place, name) === 1)).toEqual(left)
  })
})

describe('a run in progress', () => {
  it('is listed with its command and purpose, and can be stopped by another process', async () => {
    const place = state()
    const register = runRegistry(place, { id: 'holder' }, { feature: '001', log: LOG })
    const argv = [process.execPath, '-e', 'setInterval(() => {}, 1000)']
    const ended = runProcess({ argv, cwd: place.root, timeoutMs: 60_000, register, run: 'run-1' })
    await expect.poll(() => stopRun(place, 'run-1'), { timeout: 30_000 }).toBe(true)
    expect((await ended).signal).toBe('SIGTERM')
    expect(wasStopped(place, LOG)).toBe(true)
    expect(liveRuns(place)).toEqual([])
    expect(await stopRun(place, 'run-1')).toBe(false)
  })

  it('is known while it lasts', () => {
    const place = state()
    const entry = runRegistry(place, { id: 'holder' }, { feature: '001', log: LOG })('run-1', ['a'])
    expect(liveRuns(place)).toEqual([
      {
        run: 'run-1',
        feature: '001',
        log: LOG,
        command: ['a'],
        by: 'holder',
        since: expect.any(String),
      },
    ])
    entry.ended()
    expect(liveRuns(place)).toEqual([])
  })

  it('was not stopped because a file says so that this user did not write', () => {
    const place = state()
    const file = logOf(place).replace(/log$/, 'stop')
    writeFileSync(file, `stopped\n${'0'.repeat(64)}\n`)
    expect(wasStopped(place, LOG)).toBe(false)
  })
})
