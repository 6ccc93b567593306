import type { Edit } from '../../plan/edit.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader, FinishedTaskWork } from '../dialect.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'

/** The playbook's progress log, with an entry for each finished task. */
const LOOP_PROGRESS_FILE = '.maestro/outputs/LOOP_PROGRESS.md'

/** The edit that adds an entry for `task` to the progress log, and creates the log if necessary; empty if it has the entry. */
export function loopProgressEdits(
  reader: WorkspaceReader,
  { feature }: Plan,
  task: Task,
  work: FinishedTaskWork,
  at: Timestamp,
): Edit[] {
  const source = reader.read(LOOP_PROGRESS_FILE) ?? ''
  const rows = rowsOf(source)
  if (hasEntry(rows, task, feature.id)) return []
  const ending = /\r\n|\n|\r/.exec(source)?.[0] ?? '\n'
  const before = source.replace('\u{feff}', '') === '' ? '# Loop Progress\n\n' : gapAfter(source)
  const text = before + entryOf(task, feature.id, work, at).join('\n') + '\n'
  const end = source.length
  return [
    {
      path: LOOP_PROGRESS_FILE,
      line: rows.length + 1,
      start: end,
      end,
      from: '',
      to: text.replaceAll('\n', ending),
    },
  ]
}

function entryOf(task: Task, feature: string, work: FinishedTaskWork, at: Timestamp): string[] {
  const { own, all, check, refactor } = work
  const passing = [
    ...(own === undefined ? [] : [`${own.passed}/${own.total} (${moduleOf(work)})`]),
    ...(all === undefined ? [] : [`${all.passed}/${all.total} (all)`]),
  ]
  return [
    `## Task: ${nameOf(task)}`,
    '',
    `- Feature: ${feature}`,
    `- Done: ${at.slice(0, 10)}`,
    '',
    '### Tests Written',
    '',
    ...testsOf(work),
    '',
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

/** Whether the log has an entry for the task. Task ids repeat in every feature, so an entry of another feature does not count. */
function hasEntry(rows: readonly Row[], task: Task, feature: string): boolean {
  return rows.some((row, at) => {
    if (row.kind !== 'heading' || row.level !== 2) return false
    const name = /^Task:\s*(.+)$/i.exec(headingText(row))?.[1]
    if (name === undefined || !isFor(name, task)) return false
    const rest = rows.slice(at + 1)
    const end = rest.findIndex(({ kind, level }) => kind === 'heading' && level <= 2)
    const entry = end === -1 ? rest : rest.slice(0, end)
    const named = entry.map(({ text }) => FEATURE.exec(text)?.[1]).find(one => one !== undefined)
    return named === undefined ? name === nameOf(task) : named === feature
  })
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
