import { expect, it, vi } from 'vitest'
import { WatchedWorkspace } from '../../src/page/watched-workspace.ts'
import { Watch } from '../../src/server/watch.ts'
import { callAt } from '../kit/call.ts'
import { describePostgres, type PostgresPlace } from '../kit/describe-postgres.ts'
import { nextProject } from '../kit/postgres-store.ts'
import { stackProject } from '../kit/project.ts'

let place: PostgresPlace

function sharedProject() {
  const shared = { store: 'postgres', url: place.url, project: nextProject() }
  return stackProject('## Phase 1: Core\n- [ ] T001 Create one.txt\n', {
    'redgreen.config.json': JSON.stringify({ shared }),
  })
}

/** How many connections of a project's servers wait for notifications, when that is as expected. */
async function listening(expected: number): Promise<number> {
  const query = `SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN redgreen'`
  const isSo = await vi.waitUntil(
    async () => (await place.server.sql('db1', query)).length === expected,
    { timeout: 20_000, interval: 50 },
  )
  return isSo ? expected : -1
}

const PROGRESS = 'redgreen://active/progress'

describePostgres('a connection that waits for notifications', own => {
  place = own

  it('ends with the last subscription, and begins anew with the next', async () => {
    const { root } = sharedProject()
    const watch = new Watch(
      async () => callAt(root),
      async () => {},
    )
    for (const _ of [1, 2]) {
      await watch.add([PROGRESS])
      expect(await listening(1)).toBe(1)
      watch.remove(PROGRESS)
      expect(await listening(0)).toBe(0)
    }
  })

  it('ends when the last page is closed, and is not begun by a page that is read once', async () => {
    const { root } = sharedProject()
    const workspace = new WatchedWorkspace({ name: 'stack', root })
    const view = () => workspace.board.view(new AbortController().signal)
    await view()
    expect(await listening(0)).toBe(0)
    const stops = [workspace.listen(() => {}), workspace.listen(() => {})]
    await view()
    expect(await listening(1)).toBe(1)
    stops[0]?.()
    await view()
    expect(await listening(1)).toBe(1)
    stops[1]?.()
    expect(await listening(0)).toBe(0)
    await view()
    expect(await listening(0)).toBe(0)
  })
})
