import type { Edit } from '../../plan/edit.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { membersOf, valueOf, type Member } from '../json-document.ts'
import { colonOf, gapOf, replaceValueEdits } from '../json-member.ts'
import { readPlanFile } from './read.ts'
import { isFinishedPlan } from './readiness.ts'
import type { PlanFile } from './plan-file.ts'

/** Where the file says that the whole plan is complete or validated in production. */
export function completionLocation(
  reader: WorkspaceReader,
  { feature }: Plan,
): { path: string; line: number } | undefined {
  const { root, path, status = '', lineAt } = readPlanFile(reader, feature.dir)
  const marks = [
    isFinishedPlan(status) ? valueOf(root, 'status') : undefined,
    valueOf(root, 'production_validated'),
  ]
  const mark = marks.find(node => node !== undefined && node.value !== false)
  return mark && { path, line: lineAt(mark.offset) }
}

/** The edits that mark the whole plan as complete and validated in production. */
export function finishFeatureEdits(
  reader: WorkspaceReader,
  { feature }: Plan,
  at: Timestamp,
): Edit[] {
  const file = readPlanFile(reader, feature.dir)
  if (!file.gated) return []
  const members = membersOf(file.root)
  const fields = Object.entries({
    status: '"COMPLETE"',
    production_validated: 'true',
    validation_timestamp: JSON.stringify(at),
  })
  const present = (key: string) => members.findLast(member => member.key === key)
  const replaced = fields.flatMap(([key, to]) => {
    const member = present(key)
    return member === undefined ? [] : replaceValueEdits(file, member, to)
  })
  const missing = fields.filter(([key]) => present(key) === undefined)
  return [...replaced, ...insertEdits(file, members, missing)]
}

/** Inserts new members after the status, else at the end, with the spacing of the file. */
function insertEdits(
  file: PlanFile,
  members: readonly Member[],
  fields: readonly [string, string][],
): Edit[] {
  const anchor = members.findLast(({ key }) => key === 'status') ?? members.at(-1)
  if (anchor === undefined || fields.length === 0) return []
  const [gap, colon] = [gapOf(file, file.root), colonOf(file, anchor)]
  const to = fields.map(([key, value]) => `${gap}"${key}"${colon}${value}`).join('')
  const { end } = anchor
  return [{ path: file.path, line: file.lineAt(end), start: end, end, from: '', to }]
}
