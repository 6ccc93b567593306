import { openPostgres } from '../../../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { describePostgres } from '../../../kit/describe-postgres.ts'
import { nextProject } from '../../../kit/postgres-store.ts'
import { TcpProxy } from '../../../kit/tcp-proxy.ts'
import { describeStore } from '../conformance.ts'

describePostgres('the suite for stores', place => {
  describeStore({
    name: 'PostgreSQL',
    extras: ['commits', 'attached', 'clock', 'kill'],
    async start() {
      const project = nextProject()
      const proxies = new Map<string, TcpProxy>()
      return {
        async open(client) {
          const proxy = proxies.get(client) ?? (await TcpProxy.start(place.server.port))
          proxies.set(client, proxy)
          const url = place.server.url('db1', { port: proxy.port })
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
