import { describe, expect, it } from 'vitest'
import type { Coordinator } from '../../../../src/store/coordinator/coordinator.ts'
import { Overtaken } from '../../../../src/store/transaction/sequence.ts'
import { addition, fence, linesOf, take, THEM } from './decisions.ts'
import { git, STATE, testRemote } from './remote.ts'

/** A remote with two servers, and how many decisions were pushed. */
function twoServers() {
  const remote = testRemote()
  const pushed = () =>
    remote.references()[STATE] === undefined
      ? 0
      : Number(git(remote.bare, 'rev-list', '--count', STATE))
  return { mine: remote.open(), theirs: remote.open(), pushed }
}

const keysIn = async (store: Coordinator) => Object.keys((await store.leases()).leases)

describe.skipIf(process.platform === 'win32')('a turn with a git remote', () => {
  it('takes a task and records its lines with one push', async () => {
    const { mine, theirs, pushed } = twoServers()
    await mine.withTurn(async turn => {
      const table = await take(turn, 'T1')
      expect(await keysIn(turn)).toEqual(['f\nT1'])
      expect(pushed()).toBe(0)
      await turn.append('f', addition('a', 0, fence(table, 'T1')))
      expect(pushed()).toBe(1)
    })
    expect(pushed()).toBe(1)
    expect([await keysIn(theirs), await linesOf(theirs)]).toEqual([['f\nT1'], ['a']])
  })

  it('pushes what it changed of the leases at its end, if no lines followed', async () => {
    const { mine, theirs, pushed } = twoServers()
    await mine.withTurn(turn => take(turn, 'T1'))
    expect([pushed(), await keysIn(theirs)]).toEqual([1, ['f\nT1']])
    await expect(
      mine.withTurn(async turn => {
        await take(turn, 'T2')
        throw new RangeError('refused')
      }),
    ).rejects.toThrow(RangeError)
    expect([pushed(), await keysIn(theirs)]).toEqual([1, ['f\nT1']])
  })

  it('records neither the lease nor the lines if another server took the task meanwhile, and can go on', async () => {
    const { mine, theirs, pushed } = twoServers()
    await mine.withTurn(async turn => {
      const table = await take(turn, 'T1')
      await take(theirs, 'T1', THEM)
      const late = turn.append('f', addition('late', 0, fence(table, 'T1')))
      await expect(late).rejects.toThrow(Overtaken)
      expect([pushed(), await linesOf(theirs)]).toEqual([1, []])
      const again = await take(turn, 'T2')
      await turn.append('f', addition('other', 0, fence(again, 'T2')))
    })
    expect(await linesOf(theirs)).toEqual(['other'])
    expect((await theirs.leases()).leases['f\nT1']?.holder.id).toBe('them')
  })

  it('does not lose a change of leases without an error', async () => {
    const { mine, theirs } = twoServers()
    const turn = mine.withTurn(async inTurn => {
      const table = await take(inTurn, 'T1')
      await take(theirs, 'T2', THEM)
      // A later reading outside of the turn shows the change of the other server, and somebody goes on in spite of the error.
      await mine.leases()
      await expect(inTurn.changeLeases({ table, leases: {} })).rejects.toThrow(Overtaken)
      await inTurn.append('f', addition('a'))
    })
    await expect(turn).rejects.toThrow(Overtaken)
    expect(await linesOf(theirs)).toEqual([])
  })
})
