import type { Task } from './plan.ts'

/** Has the author struck the task out, or marked it as dropped or deferred? */
export function isDropped({ markers }: Pick<Task, 'markers'>): boolean {
  return markers[0]?.state === 'other'
}
