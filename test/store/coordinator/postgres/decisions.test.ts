import { expect, it } from 'vitest'
import type { PostgresCoordinator } from '../../../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { describePostgres, withTwoStores } from '../../../kit/describe-postgres.ts'
import { give, ME, openStore, outcome, removeAll, THEM } from '../../../kit/postgres-store.ts'
import { TestChain } from '../../../kit/shared-lines.ts'

let project: string
let store: PostgresCoordinator
let other: PostgresCoordinator

describePostgres('a store in PostgreSQL', place => {
  withTwoStores(place, opened => {
    ;({ project, store, other } = opened)
  })

  it('has no lines and no leases at first', async () => {
    expect(await store.leases()).toEqual({ number: 0, leases: {} })
    expect(await store.readSince('stack', 0)).toEqual({ version: 0, commits: [] })
    expect(await store.features()).toEqual([])
  })

  it('refuses leases that are based on earlier ones', async () => {
    const table = await store.leases()
    await give(other, THEM)
    expect(await outcome(store.changeLeases({ table, leases: {} }))).toBe('overtaken')
    const { number, leases } = await store.leases()
    expect(number).toBe(1)
    expect(Object.values(leases).map(({ holder }) => holder.id)).toEqual(['them'])
  })

  it('returns what was added, in order, with everything that belongs to it', async () => {
    const [chain, second] = [new TestChain(), new TestChain('abcdef0123.jsonl')]
    const attached = { 'tests/stack/00.json': '["ä", "\\u0000"]' }
    const first = { ...chain.commit('a\u0000', 'é'), marks: 'T1' }
    expect(await store.append('stack', { after: 0, commit: first, attached })).toBe(1)
    chain.grow(first)
    expect(await other.append('stack', second.addition(1, 'b'))).toBe(2)
    expect(await store.append('stack', chain.addition(2, 'c'))).toBe(3)
    const { version, commits } = await other.readSince('stack', 0)
    const { file, prev, seq, lines, tip, marks } = first
    expect(version).toBe(3)
    const added = expect.any(String)
    expect(commits[0]).toEqual({ file, prev, seq, lines, tip, marks, added, attached })
    expect(commits.map(({ file, seq }) => [file, seq])).toEqual([
      [first.file, 0],
      [second.file, 0],
      [first.file, 2],
    ])
    expect((await other.readSince('stack', 2)).commits).toEqual(commits.slice(2))
    expect(await other.readSince('stack', 3)).toEqual({ version: 3, commits: [] })
    expect(await other.features()).toEqual(['stack'])
  })

  it('refuses lines that are based on an earlier version, whichever chain grew', async () => {
    await other.append('stack', new TestChain('abcdef0123.jsonl').addition(0, 'b'))
    expect(await outcome(store.append('stack', new TestChain().addition(0, 'a')))).toBe('overtaken')
    expect((await store.readSince('stack', 0)).commits).toHaveLength(1)
  })

  it('adds a commit once, however often it is sent', async () => {
    const addition = new TestChain().addition(0, 'a')
    const outcomes = await Promise.all(
      [store, other, store, other].map(one => outcome(one.append('stack', addition))),
    )
    expect(outcomes.toSorted()).toEqual(['overtaken', 'overtaken', 'overtaken', 'recorded'])
    expect(await outcome(store.append('stack', { ...addition, after: 1 }))).toBe('overtaken')
    expect((await store.readSince('stack', 0)).commits).toHaveLength(1)
  })

  it('adds only lines that continue their chain', async () => {
    const chain = new TestChain()
    const first = chain.commit('a')
    await store.append('stack', { after: 0, commit: first })
    chain.grow({ ...first, tip: 'f'.repeat(64) })
    expect(await outcome(store.append('stack', chain.addition(1, 'b')))).toBe('overtaken')
    const gap = new TestChain('abcdef0123.jsonl')
    gap.grow(first)
    expect(await outcome(store.append('stack', gap.addition(1, 'b')))).toBe('overtaken')
    const addition = { after: 1, commit: { ...chain.commit('b'), prev: first.tip, seq: 2 } }
    expect(await outcome(store.append('stack', addition))).toBe('overtaken')
  })

  it('keeps two projects of a database apart', async () => {
    const stranger = await openStore(place.url, { project: "owner/queue's" })
    await give(stranger, THEM)
    await stranger.append('stack', new TestChain().addition(0, 'theirs'))
    expect(await store.leases()).toEqual({ number: 0, leases: {} })
    expect(await store.features()).toEqual([])
    expect(await store.append('stack', new TestChain().addition(0, 'mine'))).toBe(1)
    expect((await stranger.readSince('stack', 0)).commits[0]?.lines[0]).toContain('theirs')
    expect(store.project).not.toBe(stranger.project)
    expect(store.project).toBe(other.project)
  })

  it('lets many servers decide without a loss or a repetition', async () => {
    const servers = await Promise.all(
      Array.from({ length: 4 }, () => openStore(place.url, { project })),
    )
    const work = servers.map(async (one, index) => {
      const chain = new TestChain(`${index}`.repeat(10) + '.jsonl')
      for (let count = 0; count < 6;) {
        const { version } = await one.readSince('stack', 0)
        const addition = chain.addition(version, `${index}-${count}`)
        if ((await outcome(one.append('stack', addition))) === 'overtaken') continue
        chain.grow(addition.commit)
        count += 1
      }
    })
    await Promise.all(work)
    const { version, commits } = await store.readSince('stack', 0)
    expect(version).toBe(24)
    expect(new Set(commits.flatMap(({ lines }) => lines)).size).toBe(24)
  })

  /** What becomes of a decision that is based on the leases before `meanwhile`. */
  async function decidedAfter(meanwhile: () => Promise<unknown>, isMine = true) {
    const table = isMine ? await give(store, ME) : await store.leases()
    await meanwhile()
    const fence = { feature: 'stack', task: 'T1', by: ME, table }
    return outcome(store.append('stack', { ...new TestChain().addition(0, 'a'), fence }))
  }

  it.each([
    ['nobody else took is recorded', async () => {}, 'recorded'],
    ['its holder renewed is recorded', () => give(store, ME), 'recorded'],
    ['its holder released is recorded', () => removeAll(store), 'recorded'],
    ['another holder took is refused', () => give(other, THEM), 'overtaken'],
    [
      'a human released is refused',
      () => give(store, ME, 'T1', { releasedBy: 'Ann' }),
      'overtaken',
    ],
    ['stays while another task is taken is recorded', () => give(other, THEM, 'T2'), 'recorded'],
    [
      'another holder took and released is refused',
      async () => {
        await give(other, THEM)
        await removeAll(other)
      },
      'overtaken',
    ],
    [
      'another holder had for a moment is refused',
      async () => {
        await give(other, THEM)
        await give(store, ME)
      },
      'overtaken',
    ],
  ])('a decision about a task that %s', async (_, meanwhile, expected) => {
    expect(await decidedAfter(meanwhile)).toBe(expected)
    expect(await store.features()).toHaveLength(expected === 'recorded' ? 1 : 0)
  })

  it('a decision about a task of another holder, who renews the lease, is recorded', async () => {
    const table = await give(other, THEM)
    await give(other, THEM, 'T1', { token: 1 })
    const fence = { feature: 'stack', task: 'T1', by: ME, table }
    const addition = { ...new TestChain().addition(0, 'a'), fence }
    expect(await outcome(store.append('stack', addition))).toBe('recorded')
  })

  it('a decision about a task that had no holder is refused if another one took and released it', async () => {
    const takeAndRelease = async () => {
      await give(other, THEM)
      await removeAll(other)
    }
    expect(await decidedAfter(takeAndRelease, false)).toBe('overtaken')
  })

  it('a decision about a task is refused if the leases that it is based on are older than what the database keeps', async () => {
    const changes = async () => {
      const { number, leases } = await give(store, ME)
      await place.server.sql(
        'db1',
        'UPDATE redgreen.projects SET lease_number = lease_number + 1200',
      )
      await store.changeLeases({ table: { number: number + 1200, leases }, leases })
    }
    expect(await decidedAfter(changes)).toBe('overtaken')
  })

  it('a decision about a task is refused if the database is an older copy', async () => {
    const table = { ...(await give(store, ME)), number: 9 }
    const fence = { feature: 'stack', task: 'T1', by: ME, table }
    const addition = { ...new TestChain().addition(0, 'a'), fence }
    expect(await outcome(store.append('stack', addition))).toBe('overtaken')
    expect(await outcome(store.changeLeases({ table, leases: {} }))).toBe('overtaken')
  })
})
