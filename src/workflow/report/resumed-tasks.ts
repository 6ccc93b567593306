import type { Context } from '../context/context.ts'

/** How many tasks were finished by whoever worked last, when others had worked before: 0 for work in one go. */
export function resumedTasks({ ledger: { events } }: Context): number {
  const done = events.filter(event => event.kind === 'done')
  const last = done.at(-1)?.by
  const from = events.findIndex(({ by }) => by === last)
  const worked = events.slice(0, from).some(event => 'task' in event)
  // Where several work at the same time, nobody resumes.
  const alone = events.slice(from).every(event => event.by === last || event.kind !== 'done')
  if (last === undefined || !worked || !alone) return 0
  return new Set(done.flatMap(event => (event.by === last ? [event.task] : []))).size
}
