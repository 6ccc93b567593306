import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import type { EventBody } from '../../src/evidence/event.ts'
import { spread, timed } from './measure.ts'
import { featureWith, makeRepository, openWire } from './project.ts'

/** `next_task` through a real client, in long features with long ledgers: ten events for each task. */
export async function nextTasks(sizes: readonly number[], rounds: number): Promise<string[]> {
  const told: string[] = []
  for (const size of sizes) told.push(await nextTask(size, rounds))
  return told
}

async function nextTask(size: number, rounds: number): Promise<string> {
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
    '.redgreen/ledger/001-bench/bench.jsonl': ledgerOf(done, size * 10),
  })
  const wire = await openWire(repository.root)
  try {
    const first = await timed(() => wire.call('next_task'))
    const figures: number[] = []
    for (let round = 0; round < rounds; round++) {
      figures.push(await timed(() => wire.call('next_task')))
    }
    return `${size} tasks, ${size * 10} events: first ${Math.round(first)} ms; then ${spread(figures)}`
  } finally {
    await wire.close()
    repository.remove()
  }
}

/** A chain in which every task was started again and again, and was done at last. */
function ledgerOf(tasks: readonly string[], count: number): string {
  const each = Math.floor(count / tasks.length)
  const seen = { settings: 'none', tree: '0'.repeat(64) }
  const bodies = tasks.flatMap((task): EventBody[] => [
    ...Array.from({ length: each - 1 }, () => ({
      ...seen,
      kind: 'start' as const,
      task,
      title: `Part in src/${task}.js`,
      provenAs: 'build' as const,
    })),
    { ...seen, kind: 'done', task, provenAs: 'build', suite: 'none', marks: [], proof: [] },
  ])
  let prev = GENESIS
  const lines = bodies.map((body, index) => {
    const place = { feature: '001-bench', at: '2026-01-01T00:00:00.000Z', by: 'bench' }
    const line = sealLine({ ...body, ...place }, { seq: index + 1, prev })
    prev = String(JSON.parse(line).hash)
    return line
  })
  return `${lines.join('\n')}\n`
}
