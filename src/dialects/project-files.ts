import type { Plan } from '../plan/plan.ts'
import type { WorkspaceReader } from './dialect.ts'

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

/** The folder that contains the folder of plans; empty for the workspace itself. */
function projectFolder(dir: string): string {
  return USUAL.test(dir) ? '' : (PLANS.exec(dir)?.[1] ?? '')
}

const USUAL = /^(docs|\.specify)\/(specs|plans)\//
const PLANS =
  /^(.+?)\/(?:\.?specs|\.specify\/specs|docs\/(?:specs|plans)|\.?[\w-]*conductor)(?:\/|$)/
