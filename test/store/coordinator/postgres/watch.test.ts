import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { bundled } from '../../../kit/bundle.ts'
import type { Change } from '../../../../src/store/coordinator/coordinator.ts'
import { POSTGRES, TestPostgres } from '../../../kit/postgres.ts'
import { give, ME, nextProject, openStore } from '../../../kit/postgres-store.ts'
import { TestChain } from '../../../kit/shared-lines.ts'
import { TcpProxy } from '../../../kit/tcp-proxy.ts'

let server: TestPostgres
let url: string

/** Two servers of a project, of which one watches; and what it noticed. */
async function watched({ pollMs = 60_000, through = url } = {}) {
  const project = nextProject()
  const store = await openStore(url, { project })
  const watching = await openStore(through, { project })
  const changes: Change[] = []
  const watch = watching.watch(change => void changes.push(change), pollMs)
  onTestFinished(() => watch.close())
  await watch.ready
  return { store, changes, project, watch }
}

const soon = { timeout: 20_000, interval: 10 }

describe.skipIf(POSTGRES === undefined)('a watch of a project', () => {
  beforeAll(async () => {
    server = await TestPostgres.start()
    url = await server.database()
  }, 120_000)
  afterAll(() => server.end())

  it('notices lines and leases at once, and nothing of other projects', async () => {
    const { store, changes } = await watched()
    const stranger = await openStore(url, { project: nextProject() })
    await stranger.append('stack', new TestChain().addition(0, 'a'))
    await give(store, ME)
    await vi.waitFor(() => expect(changes).toEqual([{ leases: true, features: [] }]), soon)
    await store.append('queue', new TestChain().addition(0, 'a'))
    await vi.waitFor(() => expect(changes[1]).toEqual({ leases: false, features: ['queue'] }), soon)
    expect(changes).toHaveLength(2)
  })

  it('notices nothing after its end', async () => {
    const { store, changes, watch } = await watched()
    watch.close()
    await give(store, ME)
    await store.leases()
    expect(changes).toEqual([])
  })

  it('notices later what changed while its connections were cut', async () => {
    const proxy = await TcpProxy.start(server.port)
    onTestFinished(() => proxy.close())
    const through = server.url('db1', { port: proxy.port })
    const { store, changes } = await watched({ through, pollMs: 50 })
    proxy.onRequest = () => 'cut'
    proxy.cutAll()
    await give(store, ME)
    proxy.onRequest = () => 'pass'
    await vi.waitFor(() => expect(changes).toEqual([{ leases: true, features: [] }]), soon)
  })

  it('looks from time to time if notifications do not arrive', async () => {
    const { store, changes } = await watched({ pollMs: 50 })
    // Nobody is notified of a change that is made like this.
    await give(store, ME)
    await vi.waitFor(() => expect(changes).toHaveLength(1), soon)
    await server.sql('db1', 'UPDATE redgreen.projects SET lease_number = lease_number + 1')
    await vi.waitFor(() => expect(changes).toHaveLength(2), soon)
  })

  it('and open connections do not keep a process from ending', async () => {
    const file = await bundled('test/chaos/watching-process.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [file, url])
    expect(stdout).toBe('0\n')
  })
})
