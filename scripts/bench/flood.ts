import process from 'node:process'
import { timed } from './measure.ts'
import { featureWith, makeRepository, openWire } from './project.ts'

const TASKS = '## Core\n- [ ] T001 Create notes.txt\n'
const PRINT = `const block = Buffer.alloc(65536, 'y'.repeat(80) + '\\n')
let left = Number(process.argv[2]) * 16
const go = () => {
  while (left-- > 0) if (!process.stdout.write(block)) return process.stdout.once('drain', go)
}
go()
`

/** How much memory a server takes while a run prints this many megabytes. */
export async function flood(megabytes: number): Promise<string> {
  const argv = [process.execPath, 'print.cjs', String(megabytes)]
  const settings = { checks: { flood: argv }, limits: { outputMegabytes: 2 * megabytes } }
  const repository = makeRepository({ ...featureWith(TASKS, settings), 'print.cjs': PRINT })
  const wire = await openWire(repository.root)
  try {
    await wire.call('next_task')
    repository.write('notes.txt', 'notes\n')
    await wire.call('record_green', { task: 'T001' })
    const before = wire.memory()
    if (before === undefined) return 'memory: the system does not say'
    let most = before
    const timer = setInterval(() => (most = Math.max(most, wire.memory() ?? 0)), 20)
    const ms = await timed(() => untilEnded((...args) => wire.call(...args)))
    clearInterval(timer)
    return `${megabytes} MB of output: memory ${Math.round(before)} → ${Math.round(most)} MB (+${Math.round(most - before)}), in ${Math.round(ms / 1000)} s`
  } finally {
    await wire.close()
    repository.remove()
  }
}

async function untilEnded(
  call: (tool: string, args: Record<string, unknown>) => Promise<unknown>,
): Promise<void> {
  const answer = await call('record_green', { task: 'T001', check: 'flood' })
  if (typeof answer === 'object' && answer !== null && 'running' in answer) await untilEnded(call)
}
