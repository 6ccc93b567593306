import { expect, it, onTestFinished, vi } from 'vitest'
import { Client } from 'pg'
import type { Change } from '../../../../src/store/coordinator/coordinator.ts'
import { hasBouncer, startBouncer } from '../../../kit/pgbouncer.ts'
import { describePostgres } from '../../../kit/describe-postgres.ts'
import { give, ME, nextProject, openStore, outcome } from '../../../kit/postgres-store.ts'
import { TestChain } from '../../../kit/shared-lines.ts'

describePostgres(
  'a PgBouncer in between',
  place => {
    it('that gives each transaction any connection changes no decision', async () => {
      const port = await startBouncer(place.server)
      const url = place.server.url('db1', { port })
      const project = nextProject()
      const stores = await Promise.all([1, 2, 3].map(() => openStore(url, { project })))
      const [store, other] = [stores[0], stores[1]]
      if (!store || !other) throw new Error('no store')
      const addition = new TestChain().addition(0, 'a')
      const outcomes = await Promise.all(stores.map(one => outcome(one.append('stack', addition))))
      expect(outcomes.toSorted()).toEqual(['overtaken', 'overtaken', 'recorded'])
      await Promise.all(
        stores.map((one, index) => one.withTurn(turn => give(turn, ME, `T${index}`))),
      )
      expect(Object.keys((await store.leases()).leases)).toHaveLength(3)
      // The limits of a transaction do not stay with the connection.
      const client = new Client(url)
      await client.connect()
      onTestFinished(() => client.end())
      expect((await client.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '0' }])
    })

    it('passes no notifications on, so a watch looks from time to time', async () => {
      const url = place.server.url('db1', { port: await startBouncer(place.server) })
      const project = nextProject()
      const [store, other] = [await openStore(url, { project }), await openStore(url, { project })]
      const changes: Change[] = []
      const watch = other.watch(change => void changes.push(change), 50)
      onTestFinished(() => watch.close())
      await watch.ready
      await give(store, ME)
      await vi.waitFor(() => expect(changes).toHaveLength(1), { timeout: 20_000 })
    })
  },
  hasBouncer(),
)
