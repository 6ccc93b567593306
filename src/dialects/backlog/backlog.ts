import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { backlogExample } from './example.ts'
import { activeOf, featureIn, featuresOf } from './features.ts'
import { finishTask, reopenTask, startTask } from './marking.ts'
import { adviceFor } from './advice.ts'
import { readPlan } from './read.ts'

/** The dialect of Backlog.md: one file for each task in `backlog/tasks`, with front matter and acceptance criteria. */
export const backlog: Dialect = {
  name: 'backlog',
  title: 'Backlog.md',
  folders: /\.?backlog\/(?:tasks|drafts|completed|archive|docs|decisions|milestones|config\.ya?ml)/,
  planFiles: ['**/backlog/tasks/*.md', '**/.backlog/tasks/*.md'],
  example: backlogExample,
  detect,
  features: featuresOf,
  active: activeOf,
  featureIn,
  read: readPlan,
  start: startTask,
  finish: finishTask,
  reopen: reopenTask,
  advice: (reader, _plan, task) => adviceFor(reader, task),
}

function detect(reader: WorkspaceReader): string | undefined {
  const [found] = featuresOf(reader)
  return found && `${found.dir} exists`
}
