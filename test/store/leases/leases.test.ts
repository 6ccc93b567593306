import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { leasesFolder, readLeases } from '../../../src/store/leases/lease-table.ts'
import { releaseLeaseNow, takeLeaseNow } from '../../kit/leases.ts'
import { activeLeases } from '../../../src/store/leases/leases.ts'
import { readClocks } from '../../../src/store/leases/expiry.ts'
import { createHolder, type Holder } from '../../../src/store/leases/holder.ts'
import { type State } from '../../../src/store/state.ts'
import { makeProject } from '../../kit/project.ts'
import { openProject } from '../../kit/store.ts'

describe('a lease', () => {
  const now = readClocks()
  const take = (state: State, task: string, by: Holder) =>
    takeLeaseNow(state, {
      feature: 'f',
      task,
      files: [],
      by,
      now,
      leaseMinutes: 30,
    })
  const live = (state: State, at = now) => [...activeLeases(readLeases(state), 'f', at).keys()]

  it('is valid until it expires or its holder ends', () => {
    const { state } = openProject(makeProject({}))
    const me = createHolder('a', 'a', process.pid)
    take(state, 'T1', me)
    take(state, 'T2', { ...createHolder('b', 'b', process.pid), startTime: 'earlier' })
    expect(live(state)).toEqual(process.platform === 'linux' ? ['T1'] : ['T1', 'T2'])
    expect(live(state, { ...now, up: now.up + 31 * 60_000 })).toEqual([])
    releaseLeaseNow(state, 'f', 'T1', me)
    expect(live(state)).not.toContain('T1')
  })

  it.skipIf(process.platform !== 'linux')(
    'expires on time when the clock of the machine is set forward or back',
    () => {
      const { state } = openProject(makeProject({}))
      take(state, 'T1', createHolder('a', 'a', process.pid))
      const set = (hours: number, minutes: number) => ({
        ...now,
        wall: new Date(now.wall.getTime() + hours * 3_600_000),
        up: now.up + minutes * 60_000,
      })
      for (const hours of [-1, 0, 1]) {
        expect(live(state, set(hours, 29))).toEqual(['T1'])
        expect(live(state, set(hours, 31))).toEqual([])
      }
      // Another machine can only use its wall clock.
      expect(live(state, { ...set(1, 0), machine: 'another' })).toEqual([])
      expect(live(state, { ...set(-1, 31), machine: 'another' })).toEqual(['T1'])
    },
  )

  it('outlives a release of another one that a power failure left unreadable', () => {
    const { state } = openProject(makeProject({}))
    const me = createHolder('a', 'a', process.pid)
    take(state, 'T1', me)
    take(state, 'T2', me)
    releaseLeaseNow(state, 'f', 'T2', me)
    expect(live(state)).toEqual(['T1'])
    const { number } = readLeases(state)
    const record = path.join(leasesFolder(state), String(number))
    for (const left of ['', readFileSync(record, 'utf8').slice(0, 40)]) {
      writeFileSync(record, left)
      expect(live(state)).toEqual(['T1', 'T2'])
    }
    // The number stays taken.
    expect(take(state, 'T3', me).number).toBe(number + 1)
    expect(live(state)).toEqual(['T1', 'T2', 'T3'])
  })

  it('of a process that has ended is not valid', () => {
    const { state } = openProject(makeProject({}))
    const pid = Number(execFileSync(process.execPath, ['-p', 'process.pid']).toString())
    take(state, 'T1', createHolder('a', 'a', pid))
    expect(live(state)).toEqual([])
  })
})
