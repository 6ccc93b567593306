import type { WorkspaceReader } from '../../dialects/dialect.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { DATABASES } from '../../store/workflow-database.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'

/**
 * Files in which a human may record a decision, as absolute paths, except the ledger: the files of the plan, the settings, and the
 * workflow's own approvals.
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
      // The root is left out, because it changes with every save.
      if (folder !== '') read.add(folder)
      return reader.list(folder)
    },
  }
}
