import { checklist } from '../../../src/dialects/checklist/checklist.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { applyEdits } from '../../../src/plan/edit.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'

export const PLAN = { id: 'PLAN', dir: 'PLAN.md', tasks: 'PLAN.md' }
const AT = '2026-01-01T00:00:00Z'

export function read(text: string, around: Record<string, string> = {}): Plan {
  return checklist.read(memoryWorkspace({ ...around, 'PLAN.md': text }), PLAN)
}

/** The text after tasks were finished in this order. */
export function afterDone(text: string, ...ids: string[]): string {
  return ids.reduce((source, id) => {
    const plan = read(source)
    const task = plan.tasks.find(one => one.id === id)
    if (task === undefined) throw new Error(`no ${id}`)
    const reader = memoryWorkspace({ 'PLAN.md': source })
    return applyEdits(source, checklist.finish(reader, plan, task, AT)) ?? ''
  }, text)
}

/** The text after a task was reopened, without what finishing it wrote. */
export function afterReopening(source: string, id: string): string {
  const plan = read(source)
  const task = plan.tasks.find(one => one.id === id)
  if (task === undefined) throw new Error(`no ${id}`)
  const reader = memoryWorkspace({ 'PLAN.md': source })
  return applyEdits(source, checklist.reopen(reader, plan, task)) ?? ''
}
