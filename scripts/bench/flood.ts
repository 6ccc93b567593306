import process from 'node:process'
import { timed } from './measure.ts'
import { featureWith, makeRepository } from './repository.ts'
import { openMeasuredServer, type MeasuredServer } from './server.ts'

const TASKS = '## Core\n- [ ] T001 Create notes.txt\n'
const PRINT = `const block = Buffer.alloc(65536, 'y'.repeat(80) + '\\n')
let left = Number(process.argv[2]) * 16
const go = () => {
  while (left-- > 0) if (!process.stdout.write(block)) return process.stdout.once('drain', go)
}
go()
`

/** Measures the memory of a server while a run prints this many megabytes. */
export async function measureFlood(megabytes: number): Promise<string> {
  const argv = [process.execPath, 'print.cjs', String(megabytes)]
  const settings = { checks: { flood: argv }, limits: { outputMegabytes: 2 * megabytes } }
  const repository = makeRepository({ ...featureWith(TASKS, settings), 'print.cjs': PRINT })
  const server = await openMeasuredServer(repository.root)
  try {
    await server.call('next_task')
    repository.write('notes.txt', 'notes\n')
    await server.call('record_green', { task: 'T001' })
    const before = server.memory()
    if (before === undefined) return 'memory: not reported by the system'
    let most = before
    const timer = setInterval(() => (most = Math.max(most, server.memory() ?? 0)), 20)
    const ms = await timed(() => untilEnded(server.call))
    clearInterval(timer)
    return `${megabytes} MB of output: memory ${Math.round(before)} → ${Math.round(most)} MB (+${Math.round(most - before)}), in ${Math.round(ms / 1000)} s`
  } finally {
    await server.close()
    repository.remove()
  }
}

/** Repeats the call until its run has ended. */
async function untilEnded(call: MeasuredServer['call']): Promise<void> {
  const answer = await call('record_green', { task: 'T001', check: 'flood' })
  if ('running' in answer) await untilEnded(call)
}
