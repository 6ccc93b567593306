import type { Edit } from '../../plan/edit.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { membersOf, valueOf, type Member } from './document.ts'
import { readPlanFile } from './read.ts'
import { isFinishedPlan } from './readiness.ts'
import type { PlanFile } from './plan-file.ts'

/** The place where the file says that the whole plan is done, or was seen at work. */
export function completionLocation(
  reader: WorkspaceReader,
  { feature }: Plan,
): { path: string; line: number } | undefined {
  const { root, path, status = '', lineAt } = readPlanFile(reader, feature.dir)
  const said = [
    isFinishedPlan(status) ? valueOf(root, 'status') : undefined,
    valueOf(root, 'production_validated'),
  ].find(node => node !== undefined && node.value !== false)
  return said && { path, line: lineAt(said.offset) }
}

/** The edits that say in the file that the whole plan is done and was seen at work. */
export function finishFeatureEdits(
  reader: WorkspaceReader,
  { feature }: Plan,
  at: Timestamp,
): Edit[] {
  const shape = readPlanFile(reader, feature.dir)
  if (!shape.gated) return []
  const members = membersOf(shape.root)
  const fields = Object.entries({
    status: '"COMPLETE"',
    production_validated: 'true',
    validation_timestamp: JSON.stringify(at),
  })
  const present = (key: string) => members.findLast(member => member.key === key)
  const replaced = fields.flatMap(([key, to]) => replacing(shape, present(key), to))
  const missing = fields.filter(([key]) => present(key) === undefined)
  return [...replaced, ...inserting(shape, members, missing)]
}

function replacing(shape: PlanFile, member: Member | undefined, to: string): Edit[] {
  if (member === undefined) return []
  const { value, end } = member
  const from = shape.source.slice(value.offset, end)
  if (from === to) return []
  const line = shape.lineAt(value.offset)
  return [{ path: shape.path, line, start: value.offset, end, from, to }]
}

/** New members follow the status, else they stand at the end, spaced like the others. */
function inserting(
  shape: PlanFile,
  members: readonly Member[],
  fields: readonly [string, string][],
): Edit[] {
  const anchor = members.findLast(({ key }) => key === 'status') ?? members.at(-1)
  if (anchor === undefined || fields.length === 0) return []
  const gap = gapOf(shape, members)
  const colon = shape.source.slice(anchor.keyEnd, anchor.value.offset)
  const to = fields.map(([key, value]) => `${gap}"${key}"${colon}${value}`).join('')
  const { end } = anchor
  return [{ path: shape.path, line: shape.lineAt(end), start: end, end, from: '', to }]
}

/** What stands between two members, with the comma where the file puts it: the shortest, as it has no blank lines. */
function gapOf({ source, root }: PlanFile, members: readonly Member[]): string {
  const [first, ...rest] = members
  const gaps = rest.map(({ start }, at) => source.slice(members[at]?.end ?? start, start))
  const [shortest] = gaps.toSorted((a, b) => a.length - b.length)
  return shortest ?? `,${source.slice(root.offset + 1, first?.start)}`
}
