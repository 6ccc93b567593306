import type { Plan } from '../plan/plan.ts'
import type { WorkspaceReader } from './dialect.ts'
import { projectFolder } from './plan-folders.ts'

/**
 * The plan with the files of its tasks as paths from the workspace. A plan of a project in a sub-folder, such as
 * `apps/web/specs/001-login`, may name them from that folder. A file is looked for from the workspace first.
 */
export function filesInProject(reader: WorkspaceReader, plan: Plan): Plan {
  const project = projectFolder(plan.feature.dir)
  if (project === '') return plan
  const resolved = (file: string) => {
    const below = `${project}/${file}`
    return !reader.exists(file) && reader.exists(below) ? below : file
  }
  return {
    ...plan,
    tasks: plan.tasks.map(task => ({ ...task, files: task.files.map(resolved) })),
  }
}
