import { medianOf, spread } from '../measure.ts'
import { ratioOf, tableOf, type Report } from '../report.ts'
import { makeRepository, type Repository } from '../repository.ts'
import type { Catalog } from './catalog.ts'
import type { Command } from './contestant.ts'
import { measureStart } from './start.ts'
import { inTurns } from './turns.ts'

/** Measures how long each server takes from its start to the answer of `initialize`, in a project with 40 tasks. */
export async function measureStarts(catalog: Catalog, rounds: number): Promise<Report> {
  const repositories: Repository[] = []
  const memory: Record<string, number[]> = {}
  const entry = (name: string, command: Command, root: string) => [
    name,
    async () => {
      const { ms, megabytes } = await measureStart(command, root)
      memory[name] = [...(memory[name] ?? []), megabytes]
      return ms
    },
  ]
  const entries = [
    ...catalog.contestants.map(({ name, files, start }) => {
      const repository = makeRepository(files({ tasks: 40, done: 20 }))
      repositories.push(repository)
      return entry(name, start(repository.root), repository.root)
    }),
    ...catalog.others.map(({ name, command }) => {
      const repository = makeRepository({})
      repositories.push(repository)
      return entry(name, command, repository.root)
    }),
  ]
  try {
    const outcomes = await inTurns(Object.fromEntries(entries), { rounds, seconds: 120 })
    const [first] = Object.values(outcomes)
    const ours = first && 'figures' in first ? medianOf(first.figures) : 0
    const rows = Object.entries(outcomes).map(([name, outcome]) => {
      if ('missing' in outcome) return [name, outcome.missing, '', '']
      const ratio = outcome === first ? '' : ratioOf(ours, medianOf(outcome.figures))
      const megabytes = Math.round(medianOf(memory[name] ?? []))
      return [name, spread(outcome.figures), megabytes > 0 ? `${megabytes} MB` : '–', ratio]
    })
    const heads = ['server', 'start to `initialize`', 'memory', 'ours takes']
    return { lines: [], tables: { start: tableOf(heads, rows) }, figures: { outcomes, memory } }
  } finally {
    for (const repository of repositories) repository.remove()
  }
}
