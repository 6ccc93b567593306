import { expect, it, onTestFinished, vi } from 'vitest'
import { StoreUnreachable } from '../../../../src/store/coordinator/coordinator.ts'
import type { PostgresCoordinator } from '../../../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { describePostgres, withTwoStores } from '../../../kit/describe-postgres.ts'
import { give, ME, openStore, outcome, THEM } from '../../../kit/postgres-store.ts'
import { TestChain } from '../../../kit/shared-lines.ts'

let project: string
let store: PostgresCoordinator
let other: PostgresCoordinator

describePostgres('a turn', place => {
  withTwoStores(place, opened => {
    ;({ project, store, other } = opened)
  })

  const holders = async () =>
    Object.values((await other.leases()).leases).map(({ holder }) => holder.id)

  it('lets others wait until it is over, and shows them nothing before', async () => {
    const order: string[] = []
    let waiting: Promise<unknown> = Promise.resolve()
    await store.withTurn(async turn => {
      await give(turn, ME)
      waiting = other.withTurn(async second => {
        order.push('other')
        return second.leases()
      })
      expect(await holders()).toEqual([])
      expect((await turn.leases()).number).toBe(1)
      order.push('first')
    })
    expect(await waiting).toMatchObject({ number: 1 })
    expect(order).toEqual(['first', 'other'])
  })

  it('that throws changes nothing, and others go on', async () => {
    const failing = store.withTurn(async turn => {
      await give(turn, ME)
      throw new RangeError('no')
    })
    await expect(failing).rejects.toThrow(new RangeError('no'))
    expect(await holders()).toEqual([])
    await give(other, THEM)
    expect(await holders()).toEqual(['them'])
  })

  it('keeps lines, and the leases before them, although it throws after them', async () => {
    const failing = store.withTurn(async turn => {
      await give(turn, ME)
      await turn.append('stack', new TestChain().addition(0, 'a'))
      // Others see it before the turn is over.
      expect(await other.features()).toEqual(['stack'])
      await give(turn, THEM)
      throw new RangeError('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await holders()).toEqual(['me'])
  })

  it('is no failure if the connection is lost after its lines, and nothing else was changed', async () => {
    const end = () =>
      place.server.sql(
        'postgres',
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'redgreen'",
      )
    const version = await store.withTurn(async turn => {
      await give(turn, ME)
      const added = await turn.append('stack', new TestChain().addition(0, 'a'))
      await end()
      await expect(give(turn, THEM)).rejects.toBeInstanceOf(StoreUnreachable)
      return added
    })
    expect(version).toBe(1)
    expect(await holders()).toEqual(['me'])
  })

  it('goes on after its lines with another transaction, in which the same checks are made', async () => {
    await store.withTurn(async turn => {
      const chain = new TestChain()
      const first = chain.addition(0, 'a')
      await turn.append('stack', first)
      chain.grow(first.commit)
      await other.append('stack', new TestChain('abcdef0123.jsonl').addition(1, 'b'))
      expect(await outcome(turn.append('stack', chain.addition(1, 'c')))).toBe('overtaken')
      expect(await turn.append('stack', chain.addition(2, 'c'))).toBe(3)
      expect((await turn.readSince('stack', 0)).version).toBe(3)
      expect(await turn.features()).toEqual(['stack'])
      await turn.withTurn(inner => give(inner, ME))
    })
    expect(await holders()).toEqual(['me'])
  })

  it('that is overtaken keeps what it changed before', async () => {
    await store.withTurn(async turn => {
      await give(turn, ME)
      expect(await outcome(turn.append('stack', new TestChain().addition(7, 'a')))).toBe(
        'overtaken',
      )
    })
    expect(await holders()).toEqual(['me'])
  })

  it('does one thing after another, although its work does not wait', async () => {
    const warnings: string[] = []
    const note = ({ message }: Error) => void warnings.push(message)
    process.on('warning', note)
    onTestFinished(() => void process.off('warning', note))
    const results = await store.withTurn(turn =>
      Promise.all([
        give(turn, ME),
        turn.append('stack', new TestChain().addition(0, 'a')),
        turn.readSince('stack', 0).then(({ version }) => version),
        turn.features(),
        turn.leases().then(({ number }) => number),
      ]),
    )
    expect(results.slice(1)).toEqual([1, 1, ['stack'], 0])
    expect(await holders()).toEqual(['me'])
    const queue = new TestChain('abcdef0123.jsonl', 'queue')
    await store.withTurn(async turn => void turn.append('queue', queue.addition(0, 'a')))
    expect(await store.features()).toEqual(['queue', 'stack'])
    expect(warnings).toEqual([])
  })

  it('cannot be used after its end', async () => {
    const turn = await store.withTurn(async one => one)
    await expect(turn.leases()).rejects.toThrow('after its end')
  })

  it('of a server that is frozen ends, others go on, and its own change fails', async () => {
    const frozen = await openStore(place.url, { project, limits: { idle: 200 } })
    const attempt = frozen.withTurn(async turn => {
      await give(turn, ME)
      // The database lets the other one decide only after it has ended this transaction.
      await other.append('stack', new TestChain().addition(0, 'theirs'))
      await expect(
        turn.append('stack', new TestChain('abcdef0123.jsonl').addition(1, 'mine')),
      ).rejects.toThrow(StoreUnreachable)
      await expect(turn.leases()).rejects.toThrow(StoreUnreachable)
    })
    await expect(attempt).rejects.toThrow('did not continue in time')
    expect(await holders()).toEqual([])
    expect((await other.readSince('stack', 0)).version).toBe(1)
    // The next call has another connection.
    await give(frozen, ME)
  })

  it('waits for a limited time', async () => {
    const impatient = await openStore(place.url, { project, limits: { lock: 100 } })
    await store.withTurn(async () => {
      await expect(give(impatient, ME)).rejects.toThrow('another server decides for too long')
    })
    await give(impatient, ME)
  })

  it('has the time of the database, whatever the clock of this machine shows', async () => {
    const before = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: before + 3_600_000 })
    onTestFinished(() => void vi.useRealTimers())
    const { wall, machine } = store.clocks()
    await store.leases()
    const later = store.clocks().wall
    expect(machine).toBeUndefined()
    expect(Math.abs(wall.getTime() - before)).toBeLessThan(60_000)
    expect(later.getTime()).toBeGreaterThanOrEqual(wall.getTime())
  })
})
