import { headingText, type Row } from '../markdown.ts'
import { isDependencyHeading } from './entries.ts'

/** The numbers of the tasks that each task depends on. */
type Dependencies = Map<string, Set<string>>

/** Reads `- Task 2 depends on Task 1` below `# Task Dependencies`, in the words that Trae uses in several languages. */
export function dependenciesIn(rows: readonly Row[], known: ReadonlySet<string>): Dependencies {
  const all: Dependencies = new Map()
  let level = 0
  for (const row of rows) {
    if (row.kind === 'heading') {
      if (level === 0 || row.level <= level)
        level = isDependencyHeading(headingText(row)) ? row.level : 0
    } else if (level > 0 && (row.kind === 'item' || row.kind === 'text'))
      addStatement(all, row.text.slice(row.content), known)
  }
  return all
}

/** The numbers in the lines of a task that say what it depends on, such as `**依赖**: Task 3`. */
export function ownDependencies(lines: readonly string[], known: ReadonlySet<string>): string[] {
  return lines.flatMap(line => {
    const [all = ''] = OWN.exec(plain(line)) ?? []
    return all === '' ? [] : tasksAt(plain(line).slice(all.length), known).ids
  })
}

function addStatement(all: Dependencies, line: string, known: ReadonlySet<string>): void {
  const text = plain(line)
  const first = tasksAt(text, known)
  let { ids, rest } = first
  // Of `Task 1 → Task 2 → Task 3`, each waits for the one before it.
  for (;;) {
    const [before = ''] = BEFORE.exec(rest) ?? []
    const [after = ''] = AFTER.exec(rest) ?? []
    const words = before === '' ? after : before
    if (ids.length === 0 || words === '') return
    const next = tasksAt(rest.slice(words.length), known)
    if (next.ids.length === 0) return
    if (before === '') return add(all, next.ids, ids)
    add(all, ids, next.ids)
    ;({ ids, rest } = next)
  }
}

function add(all: Dependencies, earlier: readonly string[], later: readonly string[]): void {
  for (const id of later) {
    const set = all.get(id) ?? new Set()
    for (const other of earlier) if (!later.includes(other)) set.add(other)
    all.set(id, set)
  }
}

/** The tasks at the start of a text, from a list with ranges, and the text after them. A sub-task stands for its task. */
function tasksAt(text: string, known: ReadonlySet<string>): { ids: string[]; rest: string } {
  const ids: string[] = []
  let rest = text
  for (let match = FIRST.exec(rest); match !== null; match = MORE.exec(rest)) {
    const [all, from = '', to] = match
    const named = to === undefined ? [taskOf(from, known)] : between(from, to, known)
    if (named.includes(undefined)) break
    ids.push(...named.flatMap(id => id ?? []))
    rest = rest.slice(all.length)
  }
  return { ids: [...new Set(ids)], rest }
}

/** The existing tasks of a range. */
function between(from: string, to: string, known: ReadonlySet<string>): string[] {
  const [first, last] = [Number.parseInt(from, 10), Number.parseInt(to, 10)]
  const count = Math.min(Math.max(last - first, 0), MAX_RANGE) + 1
  const all = Array.from({ length: count }, (_, at) => String(first + at))
  return all.filter(id => known.has(id))
}

function taskOf(number: string, known: ReadonlySet<string>): string | undefined {
  const outer = number.split('.')[0] ?? number
  return [number, outer].find(one => known.has(one))
}

/** Without markup, brackets around numbers, and remarks in parentheses. */
function plain(line: string): string {
  return line
    .replaceAll(/\*\*|`|[[\]]/g, '')
    .replaceAll(/[（(][^（()）]{0,200}[)）]/g, '')
    .trim()
}

const NUMBER = String.raw`(\d{1,3}(?:\.\d{1,3})*)`
const NOUN = String.raw`(?:(?:Sub-?)?Tasks?|子?任务|子?任務|タスク)`
const RANGE = String.raw`${NUMBER}(?:\s*(?:[-–~～]|to|through|至|到)\s*(?:${NOUN}\s*)?${NUMBER})?`
const FIRST = new RegExp(String.raw`^\s*${NOUN}\s*#?${RANGE}`, 'iu')
const MORE = new RegExp(
  String.raw`^\s*(?:,|，|、|/|and\b|&|\+|和|与|及|以及)+\s*(?:and\s+)?(?:${NOUN}\s*)?#?${RANGE}`,
  'iu',
)
const BEFORE =
  /^\s*(?:→|->|=>|⟶|(?:must\s+)?(?:be\s+)?(?:complete[sd]?\s+|finish(?:es|ed)?\s+)?before|blocks?|先于|优先于)\s*[:：]?\s*/iu
const AFTER =
  /^\s*(?:(?:also\s+|all\s+)?depends?\s+on|requires?|needs?|(?:comes\s+|runs\s+)?after|(?:is|are)\s+blocked\s+by|(?:都|均|需要?|必须)?(?:依赖于?|依賴於?|依存于?))\s*[:：]?\s*(?:the\s+completion\s+of\s+)?/iu
const OWN =
  /^(?:depends?(?:\s+on)?|dependenc(?:y|ies)|blocked\s+by|依赖(?:于|关系|任务)?|前置(?:任务|依赖)|依賴|依存)\s*[:：]\s*/iu
const MAX_RANGE = 100
