import { readdirSync } from 'node:fs'
import process from 'node:process'
import { openServer } from '../../test/kit/server.ts'
import { timed } from './measure.ts'
import { planFiles } from './peers/ours.ts'
import { descendants } from './peers/start.ts'
import { tableOf, type Report } from './report.ts'
import { makeRepository } from './repository.ts'
import { memoryOf } from './server.ts'

/** What a server over stdio holds after so many calls, half of them `next_task` and half `read_document`. */
export async function measureCallCount(counts: readonly number[]): Promise<Report> {
  const repository = makeRepository(planFiles({ tasks: 40, done: 20 }, 40))
  const { call, pid, close } = await openServer(repository.root, { name: 'load' })
  try {
    const figures = [{ calls: 0, ...heldBy(pid), msOfEach: 0 }]
    for (const calls of counts) {
      const more = calls - (figures.at(-1)?.calls ?? 0)
      const ms = await timed(async () => {
        for (let made = 0; made < more; made += 2) {
          await call('next_task')
          await call('read_document', { document: 'progress' })
        }
      })
      figures.push({ calls, ...heldBy(pid), msOfEach: ms / more })
    }
    const rows = figures.map(({ calls, megabytes, openFiles, children, msOfEach }) => [
      calls.toLocaleString('en-US'),
      `${megabytes} MB`,
      String(openFiles),
      String(children),
      calls === 0 ? '' : `${msOfEach.toFixed(1)} ms`,
    ])
    const heads = ['calls', 'memory', 'open files', 'child processes', 'time of each']
    return { lines: [], tables: { 'many calls': tableOf(heads, rows) }, figures }
  } finally {
    await close()
    repository.remove()
  }
}

function heldBy(pid: number): { megabytes: number; openFiles: number; children: number } {
  return {
    megabytes: Math.round(memoryOf(pid) ?? 0),
    openFiles: process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : 0,
    children: descendants(pid).length,
  }
}
