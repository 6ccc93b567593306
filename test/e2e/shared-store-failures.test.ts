import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { parseJson } from '../../src/plan/parse-json.ts'
import { chanceOf, freshSeed } from '../chaos/figures.ts'
import { Progress } from '../chaos/progress.ts'
import { makeForge, type Clone } from '../kit/clones.ts'
import { POSTGRES, TestPostgres } from '../kit/postgres.ts'
import { runCommand } from '../kit/program.ts'
import { openServer, type Answer, type Connection } from '../kit/server.ts'
import { TcpProxy } from '../kit/tcp-proxy.ts'
import { View } from '../store/coordinator/view.ts'

const FEATURE = '001-stack'
const SIZE = { servers: 3, tasks: 9, kills: 2, restarts: 1 }

describe.skipIf(POSTGRES === undefined)('servers of several clones on one database', () => {
  let server: TestPostgres
  let proxy: TcpProxy
  beforeAll(async () => {
    server = await TestPostgres.start()
    proxy = await TcpProxy.start(server.port)
  }, 120_000)
  afterAll(async () => {
    proxy.close()
    await server.end()
  })

  it('finish each task once when servers are killed, the database crashes and connections are cut', async () => {
    const seed = freshSeed()
    console.log({ seed })
    const chance = chanceOf(seed)
    const database = await server.database()
    const url = server.url(database.slice(database.lastIndexOf('/') + 1), { port: proxy.port })
    const names = Array.from(
      { length: SIZE.tasks },
      (_, at) => `T${String(at + 1).padStart(3, '0')}`,
    )
    const plan = names.map(id => `- [ ] ${id} [P] Create ${id}.txt\n`).join('')
    const forge = makeForge(`## Phase 1: Core\n${plan}`, { store: 'postgres' })
    const progress = new Progress()
    const acknowledged: string[] = []
    const living = new Map<string, Connection>()
    proxy.onRequest = () => (chance() < 0.99 ? 'pass' : chance() < 0.5 ? 'cut' : 'cut after')

    /** Works until no task is left. A server that is killed is replaced by another one in the same clone. */
    async function work(clone: Clone, name: string): Promise<void> {
      for (let isOver = false; !isOver;) {
        const connection = await openServer(clone.root, { name, env: { REDGREEN_SHARED_URL: url } })
        living.set(name, connection)
        try {
          while (!isOver) isOver = await doTask(clone, connection)
        } catch (error) {
          // The client notices that its server is gone.
          if (living.get(name) === connection) throw error
        } finally {
          await connection.close()
        }
      }
    }

    async function doTask(clone: Clone, { call }: Connection): Promise<boolean> {
      if (acknowledged.length === SIZE.tasks) return true
      const { id } = Object((await call('next_task')).data['task'])
      if (typeof id !== 'string') {
        await pause(50)
        // It may be down, and a server may have been killed before it confirmed the last task.
        const done = await doneIn(database).catch(() => [])
        return done.length === SIZE.tasks
      }
      clone.write(`${id}.txt`, id)
      for (const step of ['record_green', 'mark_complete']) {
        const answer: Answer = await call(step, { task: id })
        if (answer.code !== undefined) return false
      }
      acknowledged.push(id)
      progress.add(1)
      return false
    }

    async function fail(times: number, how: () => Promise<void>): Promise<void> {
      for (let left = times; left > 0; left -= 1) {
        await progress.after(Math.floor(SIZE.tasks / (times + 2)))
        if (!progress.isOver) await how()
      }
    }

    const failing = Promise.all([
      fail(SIZE.kills, async () => {
        const [name, connection] = [...living][Math.floor(chance() * living.size)] ?? []
        if (name === undefined || !connection) return
        living.delete(name)
        process.kill(connection.pid, 'SIGKILL')
      }),
      fail(SIZE.restarts, async () => {
        await server.stop('immediate')
        await server.startAgain()
      }),
    ])
    const clones = Array.from({ length: SIZE.servers }, (_, at) => forge.clone(`clone${at}`))
    await Promise.all(clones.map((clone, at) => work(clone, `clone${at}`)))
    progress.end()
    await failing
    proxy.onRequest = () => 'pass'

    const done = await doneIn(database)
    expect(done.toSorted()).toEqual(names)
    expect(acknowledged.filter(id => !done.includes(id))).toEqual([])
    const from = `${database}?project=team/stack`
    for (const clone of clones) {
      // A clone may not have read the last lines of others; that is a note.
      const { status, stdout } = runCommand(clone, ['verify', '--witness', from])
      expect({ status, stdout }).toMatchObject({ status: 0 })
    }
  })
})

/** The tasks that are done as the chains show it, each by the clone that began it last. */
async function doneIn(url: string): Promise<string[]> {
  const store = await openPostgres({ url, project: 'team/stack', clone: 'judge' })
  const view = new View(FEATURE)
  view.add(await store.readSince(FEATURE, 0))
  await store.close()
  const began = new Map<string, string>()
  return view.lines.flatMap(line => {
    const { kind, task, clone } = Object(parseJson(line))
    if (kind === 'start') began.set(task, clone)
    if (kind !== 'done') return []
    expect({ task, clone }).toEqual({ task, clone: began.get(task) })
    return [String(task)]
  })
}
