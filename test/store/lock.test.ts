import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LockWatch } from '../../src/store/lock-owner.ts'
import { lockTimes, withLock } from '../../src/store/lock.ts'
import { bundled } from '../kit/bundle.ts'
import { makeProject } from '../kit/project.ts'
import { openProject } from '../kit/store.ts'

const USUAL = { ...lockTimes }

afterEach(() => {
  Object.assign(lockTimes, USUAL)
  vi.restoreAllMocks()
})

describe('the lock', () => {
  it('of a process that was killed is taken over without waiting until it is stale', async () => {
    const { state } = openProject(makeProject({}))
    const file = await bundled('test/chaos/lock-holder.ts')
    const child = spawn(process.execPath, [file, state.root])
    await once(child.stdout, 'data')
    const ended = once(child, 'close')
    child.kill('SIGKILL')
    await ended
    // By its age alone it would be free in an hour, which is longer than a process waits.
    Object.assign(lockTimes, { stale: 3_600_000 })
    expect(await withLock(state, () => 'taken')).toBe('taken')
  })

  it('of another machine is free when nobody refreshes it, whatever its clock shows', () => {
    const { state } = openProject(makeProject({}))
    const lock = path.join(state.shared, 'lock')
    mkdirSync(lock, { recursive: true })
    const owner = { pid: 1, startTime: '', host: 'elsewhere', lock: '' }
    writeFileSync(`${lock}.owner`, JSON.stringify(owner))
    const refresh = (at: number) => utimesSync(lock, new Date(at), new Date(at))
    // Its clock is an hour ahead: by its time alone it would be held for an hour.
    const ahead = Date.now() + 3_600_000
    refresh(ahead)
    const now = vi.spyOn(performance, 'now')
    const isFreeAt = (elapsed: number) => {
      now.mockReturnValue(elapsed)
      return watch.breakIfDead()
    }
    const watch = new LockWatch(lock, 12_000)
    expect([0, 11_999].map(isFreeAt)).toEqual([false, false])
    refresh(ahead + 2_000)
    expect([12_001, 24_000].map(isFreeAt)).toEqual([false, false])
    expect([isFreeAt(24_001), existsSync(lock)]).toEqual([true, false])
  })

  it('is held by one call at a time, and by the next one after a failure', async () => {
    const { state } = openProject(makeProject({}))
    let inside = 0
    const work = async () => {
      inside += 1
      expect(inside).toBe(1)
      await new Promise(done => setImmediate(done))
      inside -= 1
    }
    const failing = withLock(state, () => Promise.reject(new Error('no')))
    await Promise.all([
      expect(failing).rejects.toThrow('no'),
      ...Array.from({ length: 8 }, () => withLock(state, work)),
    ])
  })
})
