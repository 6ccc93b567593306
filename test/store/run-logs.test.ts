import {
  existsSync,
  mkdirSync,
  readdirSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { newRunLog, pruneRunLogs } from '../../src/store/run-logs.ts'
import { stateOf } from '../../src/store/state.ts'
import { makeProject } from '../kit/project.ts'

const MEGABYTE = 1024 * 1024

/** A clone with logs, oldest first. */
function withLogs(count: number, size: number) {
  const place = stateOf({ root: makeProject({}, { git: false }).root })
  mkdirSync(path.join(place.local, 'runs'), { recursive: true })
  for (let at = 0; at < count; at++) {
    const file = newRunLog(place, String(at)).file
    writeFileSync(file, '')
    truncateSync(file, size)
    utimesSync(file, 1_000_000 + at, 1_000_000 + at)
  }
  return place
}

function logsIn({ local }: { local: string }): string[] {
  return readdirSync(path.join(local, 'runs'))
}

describe('logs of runs', () => {
  it('are limited to the newest two hundred', () => {
    const place = withLogs(205, 10)
    pruneRunLogs(place)
    expect(logsIn(place)).toHaveLength(200)
    expect(existsSync(newRunLog(place, '4').file)).toBe(false)
    expect(existsSync(newRunLog(place, '5').file)).toBe(true)
  })

  it('with a time in the future are removed before new ones', () => {
    const place = withLogs(200, 10)
    const ahead = Date.now() / 1000 + 3600
    for (let at = 0; at < 200; at++)
      utimesSync(newRunLog(place, String(at)).file, ahead, ahead + at)
    for (const name of ['new-1', 'new-2']) writeFileSync(newRunLog(place, name).file, '')
    pruneRunLogs(place)
    expect(logsIn(place)).toHaveLength(200)
    expect(logsIn(place)).toEqual(expect.arrayContaining(['new-1.log', 'new-2.log', '199.log']))
    expect(existsSync(newRunLog(place, '0').file)).toBe(false)
  })

  it('are limited to 256 MB, except for the newest ten', () => {
    const place = withLogs(20, 20 * MEGABYTE)
    pruneRunLogs(place)
    expect(logsIn(place)).toHaveLength(12)
    const huge = withLogs(12, 100 * MEGABYTE)
    pruneRunLogs(huge)
    expect(logsIn(huge)).toHaveLength(10)
  })

  it('need no folder, and other files in it are kept', () => {
    const place = stateOf({ root: makeProject({}, { git: false }).root })
    pruneRunLogs(place)
    expect(existsSync(place.folder)).toBe(false)
    const other = withLogs(205, 1)
    writeFileSync(path.join(other.local, 'runs', 'notes.txt'), '')
    pruneRunLogs(other)
    expect(logsIn(other)).toContain('notes.txt')
  })
})
