import { readdirSync } from 'node:fs'
import path from 'node:path'
import { ledgerFolder } from '../../src/store/ledger-folder.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger } from '../../src/store/ledger.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import { openWorkspace, type Workspace } from '../../src/store/workspace.ts'
import { makeProject, type Project } from './project.ts'

/** The feature of `recordedLedger`. */
export const FEATURE = 'f'

/** The smallest event. */
export function resumed(task: string) {
  return { kind: 'resumed' as const, task }
}

export function openProject(project: Project): { workspace: Workspace; state: State } {
  const workspace = openWorkspace(project.root)
  if (!workspace) throw new Error('no workspace')
  return { workspace, state: stateOf(workspace) }
}

/** A project with a ledger of one event for each task. `file` is its chain, `commits` the folder of its commits. */
export function recordedLedger(...tasks: string[]) {
  const project = makeProject({})
  const { state } = openProject(project)
  for (const task of tasks) appendEvents(state, FEATURE, [resumed(task)], { by: 'me' })
  const folder = ledgerFolder(state, FEATURE)
  const file = path.join(folder, readdirSync(folder)[0] ?? '')
  const commits = path.join(state.local, 'commits', FEATURE)
  const taskIds = () =>
    finishLedger(state, FEATURE).events.map(event => 'task' in event && event.task)
  return { project, state, file, commits, taskIds }
}
