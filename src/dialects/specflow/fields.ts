import { stripMarkup } from '../task-list/task-text.ts'

/** A labelled line under a task, such as `- **File:** src/a.ts`. */
export interface TaskField {
  /** Lower case, singular: `file`, `test`, `dependency`. */
  name: string
  value: string
}

/** The fields in the lines of a task; a line may have several. */
export function fieldsOf(lines: readonly string[]): TaskField[] {
  return lines.flatMap(line => line.split(/\s+\|\s+(?=\*\*)/).flatMap(part => fieldIn(part) ?? []))
}

/** The values of the fields with one of these names. */
export function valuesOf(fields: readonly TaskField[], ...names: string[]): string[] {
  return fields.filter(({ name }) => names.includes(name)).map(({ value }) => value)
}

/** The description field with the lines after it; without one, all lines of `prose` that are not fields. */
export function descriptionOf(lines: readonly string[], prose: string): string {
  const at = lines.findIndex(line => fieldIn(line)?.name === 'description')
  if (at === -1) return withoutFields(prose.split('\n')).join('\n')
  const rest = lines.slice(at + 1)
  const end = rest.findIndex(line => fieldIn(line) !== undefined)
  const more = end === -1 ? rest : rest.slice(0, end)
  const first = fieldIn(lines[at] ?? '')?.value ?? ''
  return [first, ...more]
    .map(stripMarkup)
    .filter(line => line !== '')
    .join('\n')
}

/** The lines that are not fields. */
export function withoutFields(lines: readonly string[]): string[] {
  return lines.filter(line => fieldIn(line) === undefined)
}

function fieldIn(line: string): TaskField | undefined {
  const [, label = '', value = ''] = FIELD.exec(line) ?? []
  const found = NAMES.find(({ pattern }) => pattern.test(label))
  return found && { name: found.name, value: value.trim() }
}

const FIELD = /^\**([A-Z][A-Za-z /-]{2,24}?)(?:\s*\([^)]*\))?\**\s*:\**\s*(.*)$/

const NAMES: readonly { name: string; pattern: RegExp }[] = [
  { name: 'file', pattern: /^files?$/i },
  { name: 'test', pattern: /^tests?$/i },
  { name: 'dependency', pattern: /^(dependenc(y|ies)|depends( on)?|deps|blocked by)$/i },
  { name: 'description', pattern: /^description$/i },
  { name: 'acceptance', pattern: /^(acceptance( criteria)?|done when)$/i },
  { name: 'parallel', pattern: /^(parallel|parallelizable)$/i },
  {
    name: 'note',
    pattern: /^(time|estimate[sd]?( time)?|priority|tdd|verification|implementation notes)$/i,
  },
]
