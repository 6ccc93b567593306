import type { WorkspaceReader } from '../dialect.ts'
import { featureNamedBy } from '../feature-ids.ts'

/** A feature in SpecFlow's own database. */
export interface FeatureRow {
  id: string
  status: string
  phase: string
  /** As stored: a folder or its spec.md, relative or absolute. */
  specPath?: string
}

/** Every feature of the database; empty without a database. */
export function featureRows(reader: WorkspaceReader): FeatureRow[] {
  return reader.rows('features').flatMap(row => {
    const id = textOf(row['id'])
    const specPath = textOf(row['spec_path'])
    if (id === '') return []
    const status = textOf(row['status']).toLowerCase()
    const phase = textOf(row['phase']).toLowerCase()
    return [{ id, status, phase, ...(specPath !== '' && { specPath }) }]
  })
}

/** The row of the feature in this folder. */
export function featureRow(reader: WorkspaceReader, folder: string): FeatureRow | undefined {
  return featureRows(reader).find(({ id }) => featureNamedBy([{ id: folder }], id).length > 0)
}

/** Has a human approved the tasks of this feature in SpecFlow itself? An automatic approval does not count. */
export function isApprovedInDatabase(reader: WorkspaceReader, { id }: FeatureRow): boolean {
  return reader.rows('approval_gates').some(row => {
    const feature = textOf(row['feature_id'])
    const boundary = textOf(row['phase_boundary'])
    const concerns = featureNamedBy([{ id }], feature).length > 0 && /implement/i.test(boundary)
    return concerns && textOf(row['status']) === 'approved'
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
