import { headingText, type Row } from '../markdown.ts'
import { BEHIND_IDS, DEPENDENCIES, DEPENDS_ON, LATER_THAN } from './dependency-words.ts'
import { tableDependencies } from './dependency-tables.ts'
import { listAt } from './id-lists.ts'

/** The ids that each task depends on, by task id. */
export type DependencyMap = Map<string, Set<string>>

/** The ids that a task's own lines say it depends on. Only unambiguous statements count. */
export function ownDependencies(text: string, known: ReadonlySet<string>): string[] {
  const words = [DEPENDS, IN_BRACKETS, BEFORE_ID].flatMap(pattern => [...text.matchAll(pattern)])
  const before = words.flatMap(match => {
    const list = listAt(text.slice(match.index + match[0].length), known)
    return FOREIGN.test(list.rest) ? [] : list.ids
  })
  const behind = [...text.matchAll(BRACKETED_IDS)].flatMap(({ 1: inside = '' }) => {
    const { ids, rest } = listAt(inside, known)
    return BEHIND.test(rest) ? ids : []
  })
  return [...new Set([...before, ...behind])]
}

/** The ids that a task's own lines say depend on it. */
export function ownDependents(text: string, known: ReadonlySet<string>): string[] {
  return [...text.matchAll(BLOCKS)].flatMap(
    match => listAt(text.slice(match.index + match[0].length), known).ids,
  )
}

/** The dependencies in sections about dependencies, such as `T008 blocks T009, T015`. */
export function sectionDependencies(
  rows: readonly Row[],
  known: ReadonlySet<string>,
): DependencyMap {
  const map: DependencyMap = new Map()
  let level = 0
  for (const [earlier, later] of tableDependencies(rows, text => listAt(text, known).ids))
    add(map, earlier, later)
  for (const row of rows) {
    if (row.kind === 'heading') {
      if (level === 0 || row.level <= level) level = SECTION.test(headingText(row)) ? row.level : 0
    } else if (level > 0 && (row.kind === 'item' || row.kind === 'text'))
      readStatement(map, row.text.slice(row.content), known)
  }
  return map
}

function readStatement(map: DependencyMap, line: string, known: ReadonlySet<string>): void {
  for (const text of clausesIn(line.replaceAll(/\*\*|`/g, '')))
    for (const read of STATEMENTS) {
      const pairs = read(text, known)
      for (const [earlier, later] of pairs) add(map, earlier, later)
      if (pairs.length > 0) break
    }
}

/** The statements of a line. A list of ids may continue behind a comma: `T001, T002 depend on T003, T004 depends on T001`. */
function clausesIn(line: string): string[] {
  const clauses: string[] = []
  let list = ''
  for (const part of line.split(CLAUSES)) {
    const whole = list === '' ? part : `${list}, ${part}`
    list = ONLY_IDS.test(whole) ? whole : ''
    if (list === '') clauses.push(whole)
  }
  return list === '' ? clauses : [...clauses, list]
}

function add(map: DependencyMap, earlier: readonly string[], later: readonly string[]): void {
  for (const id of later) {
    const set = map.get(id) ?? new Set()
    for (const other of earlier) if (!later.includes(other)) set.add(other)
    map.set(id, set)
  }
}

type Pair = [earlier: string[], later: string[]]
type Reader = (text: string, known: ReadonlySet<string>) => Pair[]

const STATEMENTS: readonly Reader[] = [
  (text, known) => between(text, known, /^\s*(?:must\s+)?blocks?\s*:?\s+/i),
  (text, known) =>
    between(
      text,
      known,
      /^\s*(?:must\s+)?(?:be\s+)?(?:complete[sd]?\s+|finish(?:es|ed)?\s+)?before\s+/i,
    ),
  (text, known) =>
    between(text, known, DEPENDS_BETWEEN).map(([later, earlier]): Pair => [earlier, later]),
  dependsBehind,
  groupsBefore,
  onAll,
  remarks,
  arrows,
]

/** Parses `A <keyword> B`, from the start of the line. */
function between(text: string, known: ReadonlySet<string>, keyword: RegExp): Pair[] {
  const left = listAt(text, known)
  const middle = keyword.exec(left.rest)
  if (left.ids.length === 0 || middle === null) return []
  const right = listAt(left.rest.slice(middle[0].length), known)
  return right.ids.length === 0 ? [] : [[left.ids, right.ids]]
}

/** Parses `T002 は T001 に依存`. */
function dependsBehind(text: string, known: ReadonlySet<string>): Pair[] {
  const left = listAt(text, known)
  const middle = TOPIC.exec(left.rest)
  const right = listAt(left.rest.slice(middle?.[0].length ?? 0), known)
  const isClear = middle !== null && left.ids.length > 0 && right.ids.length > 0
  return isClear && BEHIND.test(right.rest) ? [[right.ids, left.ids]] : []
}

/** Parses `Tests (T004-T007) before implementation (T008-T014)`. */
function groupsBefore(text: string, known: ReadonlySet<string>): Pair[] {
  const match = GROUPS.exec(text)
  if (match === null) return []
  const left = listAt(match[1] ?? '', known)
  const right = listAt(match[2] ?? '', known)
  const isClear = left.ids.length > 0 && right.ids.length > 0 && left.rest + right.rest === ''
  return isClear ? [[left.ids, right.ids]] : []
}

/** Parses `T009 depends on all`: on every task before it. */
function onAll(text: string, known: ReadonlySet<string>): Pair[] {
  const { ids: later, rest } = listAt(text, known)
  if (later.length === 0 || !ON_ALL.test(rest)) return []
  const all = [...known]
  const earlier = all.slice(0, Math.max(...later.map(id => all.indexOf(id)), 0))
  return earlier.length > 0 ? [[earlier, later]] : []
}

/** Parses `T002, T003 (parallel, after T001)`. */
function remarks(text: string, known: ReadonlySet<string>): Pair[] {
  const [, before = '', words = '', after = ''] = REMARK_AFTER.exec(text) ?? []
  const [later, earlier] = [listAt(before, known), listAt(after, known)]
  const isClear =
    words !== '' && !OTHER_ID.test(later.rest) && later.ids.length > 0 && earlier.ids.length > 0
  return isClear ? [[earlier.ids, later.ids]] : []
}

/** Parses `T001 → T002 → T003`. */
function arrows(text: string, known: ReadonlySet<string>): Pair[] {
  const parts = text.split(/\s*(?:→|->|=>|⟶)\s*/)
  const lists = parts.map(part => listAt(part, known))
  const isClear = lists.every(
    ({ ids, rest }, at) => ids.length > 0 && (rest === '' || at === lists.length - 1),
  )
  if (lists.length < 2 || !isClear) return []
  return lists.slice(1).map(({ ids }, at): Pair => [lists[at]?.ids ?? [], ids])
}

const SECTION = new RegExp(
  String.raw`\bdependenc(y|ies)\b|\bexecution order\b|依赖|依賴|依存|${DEPENDENCIES}`,
  'iu',
)
const DEPENDS_BETWEEN = new RegExp(
  String.raw`^\s*(?:depends?\s+on|requires?|needs?|after|(?:is|are)\s+blocked\s+by|${DEPENDS_ON})\s*:?\s*(?=\S)`,
  'iu',
)
/** What marks the later task, such as `T002 は`. */
const TOPIC = /^\s*(?:は|が|은|는|이|가)\s*/u
const BEHIND = new RegExp(String.raw`^(?:${BEHIND_IDS})`, 'iu')
/** Where another statement begins in the same line. */
const CLAUSES =
  /[;；。]\s*|\.\s+|,? (?:except|but|while|and) (?=T-?\d[\w.-]*\s+depends?\b)|,\s+(?=T-?\d[\w.-]*\s+depends?\b)/i
const ONLY_IDS = /^\s*(?:[-*+]\s+)?T-?\d[\w.-]*(?:,\s*T-?\d[\w.-]*)*\s*$/i
const ON_ALL =
  /^depends?\s+on\s+(?:all|everything)(?:\s+(?:of\s+the\s+)?(?:others?|above|previous|prior|earlier|preceding)?\s*(?:tasks)?)?\s*[.,;]?\s*$/i
const OTHER_ID = /\bT-?\d/i
const REMARK_AFTER =
  /^\s*(?:\d+[.)]\s+)?([^()]{1,200}?)\s*\([^()]{0,80}?\b(after|once|depends? on|requires?|needs)\s+([^()]{1,100})\)\s*$/i
const DEPENDS = new RegExp(
  String.raw`(?<![\w])(?:\*\*)?(?:depends|deps|dependenc(?:y|ies)|blocked[ -]by|依赖|依賴|${DEPENDENCIES})(?:\s+on)?(?:\*\*)?\s*(?:[:：|]|(?<=on))\s*(?:\*\*)?\s*`,
  'giu',
)
const IN_BRACKETS = new RegExp(
  String.raw`[([{（]\s*(?:after|requires|needs|B:|${LATER_THAN})\s*:?\s*(?=[*\x60[]*(?:T|[A-Z]|\d))`,
  'giu',
)
/** Without brackets, as in `…, 依赖 T001`. */
const BEFORE_ID = new RegExp(String.raw`(?<!\p{L})(?:${DEPENDS_ON})\s*(?=T-?\d)`, 'giu')
const BRACKETED_IDS =
  /[([{（]\s*(?=T-?\d|[A-Z][A-Z0-9]*-\d|\d+\.\d)([^()[\]{}（）]{1,100})[)\]}）]/giu
const BLOCKS = /(?<![\w])(?:\*\*)?blocks(?:\*\*)?\s*(?:[:：|])\s*(?:\*\*)?\s*/gi
const GROUPS =
  /\(([^)]*)\)\s+(?:must\s+(?:complete|finish|fail|be done)\s+)?before\s+[^()]*\(([^)]*)\)/i
const FOREIGN = /^\W*(of|from|in)\s+(the\s+)?(feature|spec)\b/i
