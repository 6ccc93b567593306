import { countOf } from '../../plan/format-list.ts'
import { ConflictMarkers } from '../conflict-markers.ts'
import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import { usualFiles } from './features.ts'
import { listName, looksLikePlan } from './plan-file.ts'
import { readPlanFile } from './read.ts'

/** Sentences about files with the usual names that are not read as plans, each with what a plan has to have. */
export function misreadPlans(reader: WorkspaceReader): string[] {
  return usualFiles(reader).flatMap(path => {
    try {
      const file = readPlanFile(reader, path)
      if (looksLikePlan(file.source, path)) return []
      const { length } = file.entries.filter(({ type }) => type === 'object')
      if (length === 0)
        return [`${path} has no tasks: ${listName(file)} has no objects. ${EXPECTED}`]
      const [have] = length === 1 ? ['has'] : ['have']
      return [
        `${path} may be the plan, but its ${countOf(length, 'task')} ${have} no state. Give every task a "passes": false or a "status": "pending".`,
      ]
    } catch (error) {
      if (error instanceof Unreadable)
        return [`${path} may be the plan, but is not read: ${error.message}`]
      if (error instanceof ConflictMarkers) return []
      throw error
    }
  })
}

const EXPECTED =
  'Write them as {"features": [{"id": 1, "title": "…", "acceptance": ["…"], "passes": false}]}.'
