import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { boxAt } from '../task-list/task-text.ts'

/**
 * The workflow's own gate: if a checklist has open items, a human decides whether work may begin. The server reads the
 * checklists and never writes them.
 */
export function checklistReadiness(reader: WorkspaceReader, dir: string): FeatureReadiness {
  const lists = reader
    .list(`${dir}/checklists`)
    .filter(name => name.endsWith('.md'))
    .map(name => ({ name, ...countsOf(reader.read(`${dir}/checklists/${name}`) ?? '') }))
  const open = lists.filter(({ open }) => open > 0)
  if (open.length === 0)
    return { ready: true, evidence: `${lists.length} checklists have no open item` }
  const counts = open.map(({ name, open, total }) => `${name} ${open} of ${total}`).join(', ')
  return {
    ready: false,
    fact: `Checklists of ${dir} have open items: ${counts}.`,
    remedy:
      'Ask a human whether to begin anyway. They either tick the items, or run `redgreen approve` in a terminal.',
    humanDecision: true,
  }
}

function countsOf(text: string): { open: number; total: number } {
  const boxes = rowsOf(text).flatMap(row =>
    row.kind === 'item' ? (boxAt(row.text, row.content) ?? []) : [],
  )
  return { open: boxes.filter(({ state }) => state === 'open').length, total: boxes.length }
}
