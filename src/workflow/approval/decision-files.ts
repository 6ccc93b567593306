import type { WorkspaceReader } from '../../dialects/dialect.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { DATABASES } from '../../store/workflow-database.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'

/**
 * Where a human may answer besides the ledger, as absolute paths: the files that the plan was read from, the settings, and what the
 * workflow keeps about its approvals.
 */
export function decisionFiles({ workspace, dialect, reader, plan, planTexts }: Context): string[] {
  const read = new Set<string>()
  dialect.readiness?.(noting(reader, read), plan)
  const documents = plan.documents.map(document => document.path)
  const all = new Set([SETTINGS_FILE, ...DATABASES, ...planTexts.keys(), ...documents, ...read])
  return [...all].map(file => absolute(workspace, file))
}

function noting(reader: WorkspaceReader, read: Set<string>): WorkspaceReader {
  return {
    ...reader,
    read(file) {
      read.add(file)
      return reader.read(file)
    },
    exists(file) {
      read.add(file)
      return reader.exists(file)
    },
    list(folder) {
      // The whole workspace changes all the time.
      if (folder !== '') read.add(folder)
      return reader.list(folder)
    },
  }
}
