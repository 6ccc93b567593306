import path from 'node:path'
import { openOverHttp, openOverHttpWithSdk1, startServing } from '../../test/kit/serving.ts'
import { timed } from './measure.ts'
import { featureWith, makeRepository } from './repository.ts'
import { memoryOf } from './server.ts'

const TASKS = '## Core\n- [ ] T001 [P] Create a.txt\n- [ ] T002 [P] Create b.txt\n'

/** The memory of a server over HTTP after these counts of calls, by two clients, of which one has a session. */
export async function measureHttpCalls(counts: readonly number[]): Promise<string[]> {
  const repository = makeRepository(featureWith(TASKS))
  const tokenFile = path.join(repository.root, '.git', 'token')
  const serving = await startServing([repository.root], { tokenFile })
  const modern = await openOverHttp(serving, { name: 'bench', protocol: '2026-07-28' })
  const session = await openOverHttpWithSdk1(serving, { name: 'bench' })
  const memory = () => Math.round(memoryOf(serving.process.pid ?? 0) ?? 0)
  const lines = [`before the first call: ${memory()} MB`]
  let made = 0
  try {
    const { data } = await modern.call('next_task')
    for (const count of counts) {
      const more = count - made
      const ms = await timed(async () => {
        for (; made < count; made += 2) {
          await modern.call('next_task', { claim: data['claim'] })
          await session.call('read_document', { document: 'progress' })
        }
      })
      lines.push(`after ${count} calls: ${memory()} MB, ${(ms / more).toFixed(1)} ms for each`)
    }
    return lines
  } finally {
    await modern.close()
    await session.close()
    await serving.stop()
    repository.remove()
  }
}

/** The memory of a server over HTTP with these many idle streams, and after they have ended. */
export async function measureIdleStreams(count: number): Promise<string[]> {
  const repository = makeRepository(featureWith(TASKS))
  const tokenFile = path.join(repository.root, '.git', 'token')
  const serving = await startServing([repository.root], { tokenFile })
  const memory = () => Math.round(memoryOf(serving.process.pid ?? 0) ?? 0)
  const { client, call, close } = await openOverHttp(serving, { protocol: '2026-07-28' })
  try {
    const before = memory()
    const filter = { resourceSubscriptions: ['redgreen://active/progress'] }
    const streams = []
    for (let at = 0; at < count; at += 1) streams.push(await client.listen(filter))
    const open = memory()
    const ms = await timed(async () => void (await call('next_task')))
    for (const stream of streams) await stream.close()
    await call('next_task')
    return [
      `memory ${before} → ${open} MB with ${count} idle streams → ${memory()} MB without; next_task with them: ${Math.round(ms)} ms`,
    ]
  } finally {
    await close()
    await serving.stop()
    repository.remove()
  }
}
