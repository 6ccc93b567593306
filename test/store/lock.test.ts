import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import { lockTimes, withLock } from '../../src/store/lock.ts'
import { networkFileSystemOfType } from '../../src/store/network-file-system.ts'
import { stateOf } from '../../src/store/state.ts'
import { bundled } from '../kit/bundle.ts'
import { makeProject } from '../kit/project.ts'

/** How long the next one waits after the holder's death, milliseconds. */
async function waitAfterDeath(root: string, file: string): Promise<number> {
  const child = spawn(process.execPath, [file, root])
  await once(child.stdout, 'data')
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  const begin = performance.now()
  await withLock(stateOf({ root }), () => undefined)
  await ended
  return performance.now() - begin
}

describe('a network file system', () => {
  it('is known by what the system calls it, and a disk of this machine is none', () => {
    expect(['NFS', 'SMB', undefined]).toEqual(
      [0x6969, 0xfe534d42, 0xef53].map(networkFileSystemOfType),
    )
  })
})

describe('the lock', () => {
  it('of a holder that was killed is free in less than half a second', async () => {
    const { root } = makeProject({})
    const file = await bundled('test/chaos/lock-holder.ts')
    const waits: number[] = []
    for (let index = 0; index < 5; index += 1) waits.push(await waitAfterDeath(root, file))
    const [, , median = Infinity] = waits.toSorted((a, b) => a - b)
    console.log('after the death of a holder', { ms: Math.round(median) })
    expect(median).toBeLessThan(500)
  })

  it('left by another machine is free when nobody refreshes it, whatever its clock says', async () => {
    const { root } = makeProject({})
    const { shared } = stateOf({ root })
    const lock = path.join(shared, 'lock')
    mkdirSync(lock, { recursive: true })
    const owner = { pid: 1, startTime: '', host: 'elsewhere', lock: '' }
    writeFileSync(`${lock}.owner`, JSON.stringify(owner))
    // An hour ahead of us: by the clocks alone it would be held for an hour.
    const ahead = new Date(Date.now() + 3_600_000)
    utimesSync(lock, ahead, ahead)
    const usual = { ...lockTimes }
    onTestFinished(() => void Object.assign(lockTimes, usual))
    // A living holder refreshes it within 12 s; here it is a fourth of that.
    Object.assign(lockTimes, { stale: 2_000, refresh: 1_000 })
    const begin = performance.now()
    await withLock(stateOf({ root }), () => undefined)
    expect(performance.now() - begin).toBeGreaterThan(2_900)
    expect(existsSync(lock)).toBe(false)
  })
})
