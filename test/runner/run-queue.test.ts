import { describe, expect, it } from 'vitest'
import { RunQueue, type Turn } from '../../src/runner/run-queue.ts'

/** A queue whose runs end when the test says so, and the order in which they started. */
function queueOf(places: number) {
  const queue = new RunQueue(places)
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const add = (by: string, name: string, more: Partial<Turn> = {}) =>
    queue.run({ by, signal: new AbortController().signal, ...more }, async countTests => {
      started.push(name)
      countTests(3)
      await new Promise<void>(resolve => ends.set(name, resolve))
      return name
    })
  /** Ends a run, and lets the next one start. */
  const end = async (name: string, run: Promise<unknown>) => {
    ends.get(name)?.()
    await run
  }
  return { add, end, started }
}

describe('the queue of test runs', () => {
  it('lets only as many runs go at once as there are places', async () => {
    const { add, end, started } = queueOf(2)
    const first = add('a', 'a1')
    const second = add('b', 'b1')
    const third = add('c', 'c1')
    expect(started).toEqual(['a1', 'b1'])
    await end('a1', first)
    expect(started).toEqual(['a1', 'b1', 'c1'])
    await end('b1', second)
    await end('c1', third)
  })

  it('gives a place to nobody else between the end of a run and the start of the next', async () => {
    const { add, end, started } = queueOf(1)
    const first = add('a', 'a1')
    const second = add('b', 'b1')
    const ended = end('a1', first).then(() => add('c', 'c1'))
    await first
    await Promise.resolve()
    expect(started).toEqual(['a1', 'b1'])
    await end('b1', second)
    await Promise.resolve()
    expect(started).toEqual(['a1', 'b1', 'c1'])
    await end('c1', Promise.resolve())
    await ended
  })

  it('goes on if the listener of a run throws', async () => {
    const { add, end } = queueOf(1)
    const first = add('a', 'a1')
    let calls = 0
    const onWait = () => {
      calls += 1
      if (calls === 2) throw new Error('closed')
    }
    const second = add('b', 'b1', { onWait })
    const third = add('c', 'c1')
    await end('a1', first)
    expect(await first).toBe('a1')
    await expect(second).rejects.toThrow('closed')
    await end('c1', third)
    expect(await third).toBe('c1')
  })

  it('lets a holder with one run go before the many others of another holder', async () => {
    const { add, end, started } = queueOf(1)
    const runs = ['a1', 'a2', 'a3', 'a4'].map(name => [name, add('a', name)] as const)
    const other = add('b', 'b1')
    for (const [name, run] of runs.slice(0, 2)) await end(name, run)
    expect(started).toEqual(['a1', 'a2', 'b1'])
    await end('b1', other)
    for (const [name, run] of runs.slice(2)) await end(name, run)
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
  })

  it('does not let a holder who comes again and again overtake one who waits', async () => {
    const { add, end, started } = queueOf(1)
    let run = add('a', 'a1')
    const waiting = ['b1', 'b2'].map(name => [name, add('b', name)] as const)
    const again = add('a', 'a2')
    await end('a1', run)
    run = add('a', 'a3')
    for (const [name, one] of waiting.slice(0, 1)) await end(name, one)
    await end('a2', again)
    for (const [name, one] of waiting.slice(1)) await end(name, one)
    await end('a3', run)
    expect(started).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
  })

  it('says how many runs are before it, how long they take and how many tests have ended', async () => {
    const { add, end } = queueOf(1)
    const phrases: (string | undefined)[] = []
    const first = add('a', 'a1')
    const second = add('b', 'b1')
    const third = add('c', 'c1', { onWait: phrase => phrases.push(phrase?.()) })
    expect(phrases).toEqual(['waiting for 2 runs; running for 0 s (3 tests so far)'])
    await end('a1', first)
    await end('b1', second)
    expect(phrases).toHaveLength(2)
    expect(phrases[1]).toBeUndefined()
    await end('c1', third)
  })

  it('forgets a run that is cancelled while it waits', async () => {
    const { add, end, started } = queueOf(1)
    const first = add('a', 'a1')
    const controller = new AbortController()
    const second = add('b', 'b1', { signal: controller.signal })
    const third = add('c', 'c1')
    controller.abort()
    await expect(second).rejects.toThrow('aborted')
    await end('a1', first)
    expect(started).toEqual(['a1', 'c1'])
    await end('c1', third)
  })

  it('gives the place of a run that failed to the next', async () => {
    const queue = new RunQueue(1)
    const turn = { by: 'a', signal: new AbortController().signal }
    const failing = queue.run(turn, async () => {
      throw new Error('broken')
    })
    const next = queue.run(turn, async () => 'done')
    await expect(failing).rejects.toThrow('broken')
    await expect(next).resolves.toBe('done')
  })
})
