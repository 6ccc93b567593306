import type { Edit } from '../../plan/edit.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader, FinishedTaskWork } from '../dialect.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'

/** The playbook's progress log, with an entry for each finished task. */
const LOOP_PROGRESS_FILE = '.maestro/outputs/LOOP_PROGRESS.md'

/** The edit that completes the entry of a finished task in the progress log, or adds one; empty if it is complete. */
export function loopProgressEdits(
  reader: WorkspaceReader,
  { feature }: Plan,
  task: Task,
  work: FinishedTaskWork,
  at: Timestamp,
): Edit[] {
  const entry = [...headOf(task, feature.id, work, at), '', ...implementationOf(work)]
  return entryEdits(reader, task, feature.id, entry)
}

/** The edit that writes the tests of a RED into the entry of a task in progress, or adds one. */
export function writtenTestsEdits(
  reader: WorkspaceReader,
  { feature }: Plan,
  task: Task,
  work: FinishedTaskWork,
): Edit[] {
  return entryEdits(reader, task, feature.id, headOf(task, feature.id, work))
}

function entryEdits(
  reader: WorkspaceReader,
  task: Task,
  feature: string,
  entry: readonly string[],
): Edit[] {
  const source = reader.read(LOOP_PROGRESS_FILE) ?? ''
  const rows = rowsOf(source)
  const known = entryRows(rows, task, feature)
  if (known) return isOpen(known, feature) ? replacedHead(source, known, entry) : []
  const before = source.replace('\u{feff}', '') === '' ? '# Loop Progress\n\n' : gapAfter(source)
  const text = `${before}${entry.join('\n')}\n`
  const end = source.length
  return [editOf(source, { line: rows.length + 1, start: end, end }, text)]
}

/** Replaces heading, facts and list of tests. What somebody wrote below the list stays. */
function replacedHead(source: string, rows: readonly Row[], entry: readonly string[]): Edit[] {
  const [first] = rows
  const title = rows.findIndex(isTestsHeading)
  const below = rows.slice(title + 1)
  const other = below.findIndex(({ text }) => text.trim() !== '' && !/^(?:\* |None)/.test(text))
  const head = rows.slice(0, title + 1 + (other === -1 ? below.length : other))
  const last = head.findLast(({ text }) => text.trim() !== '')
  if (!first || !last) return []
  const edit = editOf(
    source,
    { line: first.line, start: first.start, end: last.end },
    entry.join('\n'),
  )
  return edit.from === edit.to ? [] : [edit]
}

function editOf(source: string, place: Pick<Edit, 'line' | 'start' | 'end'>, text: string): Edit {
  const ending = /\r\n|\n|\r/.exec(source)?.[0] ?? '\n'
  const from = source.slice(place.start, place.end)
  return { path: LOOP_PROGRESS_FILE, ...place, from, to: text.replaceAll('\n', ending) }
}

/** An entry of this feature that was written at RED and not completed. Entries that an assistant wrote name no feature. */
function isOpen(rows: readonly Row[], feature: string): boolean {
  const isComplete = rows.some(
    row => row.kind === 'heading' && /^Implementation$/i.test(headingText(row)),
  )
  return !isComplete && rows.some(isTestsHeading) && namedFeature(rows) === feature
}

function isTestsHeading(row: Row): boolean {
  return row.kind === 'heading' && /^Tests Written$/i.test(headingText(row))
}

/** @param at when the task was done; without it, it is in progress */
function headOf(task: Task, feature: string, work: FinishedTaskWork, at?: Timestamp): string[] {
  return [
    `## Task: ${nameOf(task)}`,
    '',
    `- Feature: ${feature}`,
    ...(at === undefined ? [] : [`- Done: ${at.slice(0, 10)}`]),
    '',
    '### Tests Written',
    '',
    ...testsOf(work),
  ]
}

function implementationOf(work: FinishedTaskWork): string[] {
  const { own, all, check, refactor } = work
  const passing = [
    ...(own === undefined ? [] : [`${own.passed}/${own.total} (${moduleOf(work)})`]),
    ...(all === undefined ? [] : [`${all.passed}/${all.total} (all)`]),
  ]
  return [
    '### Implementation',
    '',
    `- Files created: ${listed(work.created)}`,
    `- Files modified: ${listed(work.modified)}`,
    ...(passing.length === 0 ? [] : [`- Tests passing: ${passing.join(', ')}`]),
    ...(refactor === undefined ? [] : [`- Refactor: ${oneLine(refactor)}`]),
    ...(check === undefined ? [] : [`- Checked: ${oneLine(check)}`]),
  ]
}

function testsOf({ tests, check }: FinishedTaskWork): string[] {
  if (tests.length > 0) return tests.map(({ name, file }) => `* ${oneLine(name)}: ${file}`)
  return [check === undefined ? 'None.' : 'None: it was checked in another way.']
}

/** The paths as a list, without files of the workflow itself, which change with every task. */
function listed(paths: readonly string[]): string {
  const sources = paths.filter(path => !/^\.(maestro|specify|specflow|redgreen)\//.test(path))
  return sources.length === 0 ? 'none' : sources.join(', ')
}

/** The name of the task's only test file without its extension; `task` if there are several. */
function moduleOf({ tests }: FinishedTaskWork): string {
  const [file, ...more] = new Set(tests.map(test => test.file))
  const name = file
    ?.split('/')
    .at(-1)
    ?.replace(/([._-](tests?|specs?))?\.\w+$/i, '')
  return name === undefined || name === '' || more.length > 0 ? 'task' : name
}

/** The rows of the task's entry. Task ids repeat in every feature, so an entry of another feature does not count. */
function entryRows(rows: readonly Row[], task: Task, feature: string): Row[] | undefined {
  for (const [at, row] of rows.entries()) {
    if (row.kind !== 'heading' || row.level !== 2) continue
    const name = /^Task:\s*(.+)$/i.exec(headingText(row))?.[1]
    if (name === undefined || !isFor(name, task)) continue
    const rest = rows.slice(at + 1)
    const end = rest.findIndex(({ kind, level }) => kind === 'heading' && level <= 2)
    const entry = [row, ...(end === -1 ? rest : rest.slice(0, end))]
    const named = namedFeature(entry)
    if (named === undefined ? name === nameOf(task) : named === feature) return entry
  }
  return undefined
}

function namedFeature(entry: readonly Row[]): string | undefined {
  return entry.map(({ text }) => FEATURE.exec(text)?.[1]).find(one => one !== undefined)
}

function isFor(name: string, { id }: Task): boolean {
  return name === id || (name.startsWith(id) && /^[\s:]/.test(name.slice(id.length)))
}

function nameOf({ id, title }: Task): string {
  return oneLine(`${id} ${title}`)
}

function gapAfter(source: string): string {
  const text = source.replaceAll(/\r\n?/g, '\n')
  if (/\n[ \t]*\n$/.test(text)) return ''
  return text.endsWith('\n') ? '\n' : '\n\n'
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

const FEATURE = /^\s*[-*+]\s+\**Feature\**\s*:\**\s*(\S+)\s*$/i
