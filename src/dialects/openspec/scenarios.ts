import type { PlanDocument, Task } from '../../plan/plan.ts'
import { headingText, rowsOf } from '../markdown.ts'
import { stripMarkup } from '../task-list/task-text.ts'

/** A scenario of a spec delta, in one line. */
export interface Scenario {
  text: string
  /** Words of its name and of its requirement. */
  words: Set<string>
}

/** Reads `#### Scenario: …` below `### Requirement: …`, except what the change removes. */
export function scenariosOf(source: string): Scenario[] {
  const scenarios: { name: string; requirement: string; lines: string[] }[] = []
  let requirement = ''
  let isRemoved = false
  let current: (typeof scenarios)[number] | undefined
  for (const row of rowsOf(source)) {
    if (row.kind === 'heading') {
      const text = stripMarkup(headingText(row))
      current = undefined
      if (row.level <= 2) isRemoved = /^removed\b/i.test(text)
      const [, kind = '', name = ''] = /^(requirement|scenario)\s*[:：]\s*(.+)$/i.exec(text) ?? []
      if (/^r/i.test(kind)) requirement = name
      if (!/^s/i.test(kind) || isRemoved) continue
      current = { name, requirement, lines: [] }
      scenarios.push(current)
    } else if (current !== undefined && (row.kind === 'item' || row.kind === 'text'))
      current.lines.push(stripMarkup(row.text.slice(row.content)))
  }
  return scenarios.map(({ name, requirement: of, lines }) => ({
    text: lines.length === 0 ? name : `${name}: ${lines.join(' ')}`,
    words: wordsIn(`${of} ${name}`),
  }))
}

/**
 * The tasks with the scenarios that they are about as acceptance criteria: those that share at least two words with a task. If no task
 * shares words with any, and the change is small, each task has all of them.
 */
export function withScenarios(tasks: readonly Task[], scenarios: readonly Scenario[]): Task[] {
  const byWord = new Map<string, number[]>()
  for (const [at, { words }] of scenarios.entries())
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), at])
  const found = tasks.map(task => (task.parts ? [] : scenariosFor(task, byWord)))
  const isUnclear = found.every(list => list.length === 0) && scenarios.length <= MAX_SHARED
  return tasks.map((task, at) => {
    if (task.parts) return task
    const own = isUnclear ? scenarios : (found[at] ?? []).flatMap(one => scenarios[one] ?? [])
    const texts = own.map(({ text }) => text)
    return texts.length === 0 ? task : { ...task, acceptance: [...task.acceptance, ...texts] }
  })
}

function scenariosFor(
  { title, description = '' }: Task,
  byWord: ReadonlyMap<string, readonly number[]>,
): number[] {
  const shared = new Map<number, number>()
  for (const word of wordsIn(`${title} ${description}`))
    for (const at of byWord.get(word) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
  return [...shared]
    .filter(([, count]) => count >= 2)
    .toSorted(([one, most], [other, more]) => more - most || one - other)
    .slice(0, MAX_OWN)
    .map(([at]) => at)
    .toSorted((one, other) => one - other)
}

/** Words of at least four letters, without the endings of the plural; and pairs of signs of scripts without spaces. */
function wordsIn(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,40}/gu) ?? []
  const pairs = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{2}/gu) ?? []
  return new Set(
    [...words.map(word => word.replace(/(ies|es|s)$/, '')), ...pairs].slice(0, MAX_WORDS),
  )
}

/** The spec deltas among the documents of a change. */
export function isDelta({ path }: PlanDocument): boolean {
  return path.endsWith('/spec.md')
}

const MAX_SHARED = 8
const MAX_OWN = 10
const MAX_WORDS = 200
