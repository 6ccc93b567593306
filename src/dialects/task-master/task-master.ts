import type { Candidate, Dialect, WorkspaceReader } from '../dialect.ts'
import { activeOf } from './active.ts'
import { taskMasterExample } from './example.ts'
import { candidateOf, tagsIn, taskFiles } from './features.ts'
import { finishTask, reopenTask, startTask } from './marking.ts'
import { readPlan } from './read.ts'

/** The dialect of task-master: `.taskmaster/tasks/tasks.json`, in which every tag is a feature. */
export const taskMaster: Dialect = {
  name: 'task-master',
  title: 'task-master',
  folders: /\.taskmaster|tasks\/tasks\.json(?:#[^/]*)?/,
  planFiles: ['**/tasks/tasks.json'],
  example: taskMasterExample,
  detect,
  features: reader => taskFiles(reader).flatMap(path => tagsIn(reader, path)),
  active: activeOf,
  featureIn,
  read: readPlan,
  start: startTask,
  finish: finishTask,
  reopen: reopenTask,
}

function detect(reader: WorkspaceReader): string | undefined {
  const path = taskFiles(reader)[0] ?? LAYOUT.find(file => reader.exists(file))
  return path && `${path} exists`
}

/** A file named with its tag, as in `tasks/tasks.json#master`. */
function featureIn(reader: WorkspaceReader, named: string): Candidate | undefined {
  const [, path = '', tag] = /^(.*tasks\.json)(?:#(.*))?$/.exec(named) ?? []
  if (path === '' || !reader.exists(path)) return undefined
  const tags = tagsIn(reader, path)
  if (tag !== undefined) return candidateOf(path, tag)
  return tags.length === 1 ? tags[0] : undefined
}

const LAYOUT = ['.taskmaster/config.json', '.taskmaster/state.json']
