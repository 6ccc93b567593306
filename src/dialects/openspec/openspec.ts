import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { activeAmong } from '../numbered-list/active.ts'
import { finishNumbered, reopenNumbered } from '../numbered-list/marking.ts'
import { openspecExample } from './example.ts'
import { archivedChanges, changesOf, PLACE } from './features.ts'
import { readPlan } from './read.ts'

/** The dialect of OpenSpec: `openspec/changes/name/tasks.md` with `- [ ] 1.1 …` below `## 1. …`, and spec deltas beside it. */
export const openspec: Dialect = {
  name: 'openspec',
  title: 'OpenSpec',
  folders: /openspec\/changes/,
  planFiles: ['**/openspec/changes/**/tasks.md'],
  example: openspecExample,
  detect,
  features: reader => [...archivedChanges(reader), ...changesOf(reader)],
  active: reader => activeAmong(reader, changesOf(reader), WORDS),
  read: readPlan,
  finish: (_reader, plan, task) => finishNumbered(plan, task),
  reopen: reopenNumbered,
}

function detect(reader: WorkspaceReader): string | undefined {
  const [change] = [...changesOf(reader), ...archivedChanges(reader)]
  if (change !== undefined) return `${change.tasks} exists`
  const layout = LAYOUT.find(path => reader.exists(path))
  return layout && `${layout} exists`
}

const LAYOUT = ['openspec/config.yaml', 'openspec/project.md']
const WORDS = {
  noun: 'change',
  place: PLACE,
  remedy: 'Write the tasks of a change first (/opsx:propose). Archived changes are finished.',
}
