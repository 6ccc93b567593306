import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { boxAt } from '../task-list/task-text.ts'

/**
 * The workflow's own gate: a person decides whether work begins although items of a checklist are open. The checklists
 * are read and never written.
 */
export function checklistReadiness(reader: WorkspaceReader, dir: string): FeatureReadiness {
  const lists = reader
    .list(`${dir}/checklists`)
    .filter(name => name.endsWith('.md'))
    .map(name => ({ name, ...countsOf(reader.read(`${dir}/checklists/${name}`) ?? '') }))
  const open = lists.filter(({ open }) => open > 0)
  if (open.length === 0)
    return { ready: true, evidence: `${lists.length} checklists have no open item` }
  const told = open.map(({ name, open, total }) => `${name} ${open} of ${total}`).join(', ')
  return {
    ready: false,
    fact: `Checklists of ${dir} have open items: ${told}.`,
    remedy:
      'Ask the person whether to begin anyway: they tick the items off, or say so with `redgreen approve` in a terminal.',
    humanDecision: true,
  }
}

function countsOf(text: string): { open: number; total: number } {
  const boxes = rowsOf(text).flatMap(row =>
    row.kind === 'item' ? (boxAt(row.text, row.content) ?? []) : [],
  )
  return { open: boxes.filter(({ state }) => state === 'open').length, total: boxes.length }
}
