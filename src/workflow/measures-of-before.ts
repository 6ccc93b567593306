import { hashOfFile, recallTree } from '../store/tree.ts'
import { absolute } from '../store/workspace.ts'
import type { Desk } from './desk.ts'
import { filesAtStart } from './keep-files.ts'

/**
 * The person's own documents that a validation is measured by, known traps and standards, where they changed or went since
 * the feature was begun; a sentence for each. Empty where this clone does not know the files of then.
 */
export function measuresToRead({ ledger, state, workspace, settings, dialect }: Desk): string[] {
  const start = filesAtStart(ledger.events)
  const then = start && recallTree(state, start.tree)
  if (!then) return []
  const traps = settings.validation?.gotchas ?? GOTCHAS
  const isMeasure = (file: string) =>
    file === traps || (dialect.standards !== undefined && file.endsWith('-standards.md'))
  return Object.keys(then.files)
    .filter(isMeasure)
    .filter(file => hashOfFile(absolute(workspace, file)) !== then.files[file])
    .map(file => `! ${file}, by which the work is measured, changed since it was begun: read how`)
}

const GOTCHAS = 'agents/framework-gotchas.md'
