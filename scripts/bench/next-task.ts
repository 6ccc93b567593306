import { LEDGER, ledgerOf } from './ledger.ts'
import { spread, timed } from './measure.ts'
import { featureWith, makeRepository } from './repository.ts'
import { openMeasuredServer } from './server.ts'

/** Measures `next_task` through a client, in features of these sizes with ten ledger events for each task. */
export async function measureNextTask(sizes: readonly number[], rounds: number): Promise<string[]> {
  const lines: string[] = []
  for (const size of sizes) lines.push(await measureSize(size, rounds))
  return lines
}

async function measureSize(size: number, rounds: number): Promise<string> {
  const ids = Array.from({ length: size }, (_, at) => `T${String(at + 1).padStart(5, '0')}`)
  const done = ids.slice(0, Math.floor(size * 0.9))
  const open = ids.slice(done.length)
  const plan = [
    '## Phase 1: Core',
    ...done.map(id => `- [X] ${id} Part in src/${id}.js`),
    ...open.map(id => `- [ ] ${id} Part in src/${id}.js`),
  ]
  const recorded = done.map(id => ({
    id,
    title: `Part in src/${id}.js`,
    provenAs: 'build' as const,
  }))
  const repository = makeRepository({
    ...featureWith(`${plan.join('\n')}\n`),
    [LEDGER]: ledgerOf(recorded, size * 10),
  })
  const server = await openMeasuredServer(repository.root)
  try {
    const first = await timed(() => server.call('next_task'))
    const figures: number[] = []
    for (let round = 0; round < rounds; round++) {
      figures.push(await timed(() => server.call('next_task')))
    }
    return `${size} tasks, ${size * 10} events: first ${Math.round(first)} ms; then ${spread(figures)}`
  } finally {
    await server.close()
    repository.remove()
  }
}
