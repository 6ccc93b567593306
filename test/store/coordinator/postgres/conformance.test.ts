import { afterAll, beforeAll, describe } from 'vitest'
import { openPostgres } from '../../../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { POSTGRES, TestPostgres } from '../../../kit/postgres.ts'
import { nextProject } from '../../../kit/postgres-store.ts'
import { TcpProxy } from '../../../kit/tcp-proxy.ts'
import { describeStore } from '../conformance.ts'

describe.skipIf(POSTGRES === undefined)('the suite for stores', () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await TestPostgres.start()
    await server.database()
  }, 120_000)
  afterAll(() => server.end())

  describeStore({
    name: 'PostgreSQL',
    extras: ['commits', 'attached', 'clock', 'kill'],
    async start() {
      const project = nextProject()
      const proxies = new Map<string, TcpProxy>()
      return {
        async open(client) {
          const proxy = proxies.get(client) ?? (await TcpProxy.start(server.port))
          proxies.set(client, proxy)
          const url = server.url('db1', { port: proxy.port })
          return openPostgres({ url, project, clone: client })
        },
        kill: async client => proxies.get(client)?.close(),
        async remove() {
          for (const proxy of proxies.values()) proxy.close()
        },
      }
    },
  })
})
