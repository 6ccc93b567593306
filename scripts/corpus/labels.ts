import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What somebody found by reading a real file. */
export interface Label {
  file: string
  dialect: string
  tasks: number
  ids: (string | number | null)[]
  done: number
  open: number
  inProgress: number
  other: number
  phases: { name: string | null; tasks: number }[]
  parallel: number
  /** Absent for files in JSON. */
  lines?: number[]
  /** Of task-master: they are counted apart. */
  subtasks?: number
}

/** The part of `redgreen status --json` that the labels speak about. */
export interface StatusDocument {
  tasks: {
    id: string
    phase: string
    parallel: boolean
    location: { path: string; line: number }
    markers: { state: 'open' | 'done' | 'doing' | 'other' }[]
  }[]
}

/** The labels of the given dialects, in the order of the file. */
export function labelsOf(corpus: string, dialects: readonly string[]): Label[] {
  const lines = readFileSync(join(corpus, 'labels.jsonl'), 'utf8').split('\n')
  const labels = lines.filter(line => line !== '').map(parsed)
  return labels.filter(({ dialect }) => dialects.includes(dialect))
}

// JSON.parse gives `any`, which may be returned as a label: the labels are ours, and a wrong one shows as a miss.
function parsed(line: string): Label {
  return JSON.parse(line)
}

export type Field = 'tasks' | 'ids' | 'marks' | 'phases' | 'parallel' | 'lines' | 'subtasks'

/** For each field that differs, what was wanted and what was read. */
export function missesOf(label: Label, status: StatusDocument): Map<Field, string> {
  const misses = new Map<Field, string>()
  const isApart = ({ id }: { id: string }) => label.subtasks !== undefined && id.includes('.')
  const outer = { tasks: status.tasks.filter(task => !isApart(task)) }
  const all: [Field, unknown, unknown][] = [
    ...comparisons(label, outer),
    ['subtasks', label.subtasks, status.tasks.filter(isApart).length],
  ]
  for (const [field, wanted, read] of all) {
    if (wanted === undefined) continue
    const [left, right] = [JSON.stringify(wanted), JSON.stringify(read)]
    if (left !== right) misses.set(field, differenceOf(left, right))
  }
  return misses
}

function comparisons(label: Label, status: StatusDocument): [Field, unknown, unknown][] {
  const { tasks } = status
  return [
    ['tasks', label.tasks, tasks.length],
    [
      'ids',
      label.ids.map(id => id && String(id)),
      tasks.map(({ id }, at) => (label.ids[at] === null ? null : ownId(id))),
    ],
    ['marks', marksOf(label), countsOf(status)],
    ['phases', labelledPhases(label), phasesOf(status)],
    ['parallel', label.parallel, tasks.filter(({ parallel }) => parallel).length],
    ['lines', label.lines, tasks.map(({ location }) => location.line)],
  ]
}

/** A label without phases says nothing of them. */
function labelledPhases({ phases }: Label): [string, number][] | undefined {
  if (phases.length === 0) return undefined
  return phases.map(({ name, tasks }) => [(name ?? '').replace(PROGRESS, ''), tasks])
}

/** What conductor writes behind a phase when it is over is no part of its name. */
const PROGRESS = /\s*(\[checkpoint:[^\]]*\]|✅ COMPLETED.*)$/u

function ownId(id: string): string {
  return id.replace(/#\d+$/, '')
}

function marksOf({ done, open, inProgress, other }: Label): number[] {
  return [done, open, inProgress, other]
}

function countsOf({ tasks }: StatusDocument): number[] {
  const states = tasks.map(({ markers }) => markers[0]?.state)
  const count = (wanted: string) => states.filter(state => state === wanted).length
  return [count('done'), count('open'), count('doing'), count('other')]
}

function phasesOf({ tasks }: StatusDocument): [string, number][] {
  const phases: [string, number][] = []
  for (const { phase } of tasks) {
    const last = phases.at(-1)
    if (last !== undefined && last[0] === phase) last[1] += 1
    else phases.push([phase, 1])
  }
  return phases
}

function differenceOf(wanted: string, read: string): string {
  let at = 0
  while (wanted[at] === read[at]) at += 1
  const from = Math.max(0, at - 40)
  return `wanted …${wanted.slice(from, at + 60)}… read …${read.slice(from, at + 60)}…`
}
