import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import type { EventBody } from '../../src/evidence/event.ts'
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
  const repository = makeRepository({
    ...featureWith(`${plan.join('\n')}\n`),
    '.redgreen/ledger/001-load/0123456789.jsonl': ledgerOf(done, size * 10),
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

/** A valid ledger in which every task was started several times and then done. */
function ledgerOf(tasks: readonly string[], count: number): string {
  const each = Math.floor(count / tasks.length)
  const common = { settings: 'none', tree: '0'.repeat(64) }
  const bodies = tasks.flatMap((task): EventBody[] => [
    ...Array.from({ length: each - 1 }, () => ({
      ...common,
      kind: 'start' as const,
      task,
      title: `Part in src/${task}.js`,
      provenAs: 'build' as const,
    })),
    { ...common, kind: 'done', task, provenAs: 'build', suite: 'none', marks: [], proof: [] },
  ])
  let prev = GENESIS
  const lines = bodies.map((body, index) => {
    const place = { feature: '001-load', at: '2026-01-01T00:00:00.000Z', by: 'load' }
    const line = sealLine({ ...body, ...place }, { seq: index + 1, prev })
    prev = String(JSON.parse(line).hash)
    return line
  })
  return `${lines.join('\n')}\n`
}
