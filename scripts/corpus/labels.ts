import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DONE_PREFIX } from '../../src/dialects/backlog/parse-task.ts'

/** What somebody found by reading a real file. */
export interface Label {
  file: string
  dialect: string
  tasks: number
  ids: (string | number | null)[]
  /** Null in files of Backlog.md, which have one task with a status. */
  done: number | null
  open: number | null
  inProgress: number | null
  other: number | null
  status?: string | null
  acInMarkers?: number
  acDone?: number
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
    acceptance: readonly string[]
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

export type Field =
  | 'tasks'
  | 'ids'
  | 'marks'
  | 'phases'
  | 'parallel'
  | 'lines'
  | 'subtasks'
  | 'criteria'

/** For each field that differs, what was wanted and what was read. */
export function missesOf(label: Label, status: StatusDocument): Map<Field, string> {
  const misses = new Map<Field, string>()
  const isApart = ({ id }: { id: string }) => label.subtasks !== undefined && id.includes('.')
  const outer = { tasks: status.tasks.filter(task => !isApart(task)) }
  const all: [Field, unknown, unknown][] = [
    ...comparisons(label, outer),
    ['subtasks', label.subtasks, status.tasks.filter(isApart).length],
    [
      'criteria',
      label.acDone === undefined ? undefined : [label.acInMarkers, label.acDone],
      criteriaOf(status),
    ],
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
      label.ids.slice(0, label.tasks).map(id => id && String(id)),
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

/** What conductor writes behind a phase when it is over is not part of its name. */
const PROGRESS = /\s*(\[checkpoint:[^\]]*\]|✅ COMPLETED.*)$/u

function ownId(id: string): string {
  return id.replace(/#\d+$/, '')
}

function marksOf({ done, open, inProgress, other, status, tasks }: Label): (number | null)[] {
  if (status === undefined || tasks === 0)
    return [done ?? 0, open ?? 0, inProgress ?? 0, other ?? 0]
  return ['Done', 'To Do', 'In Progress', 'other'].map(one => (one === status ? 1 : 0))
}

/** The acceptance criteria of a file of Backlog.md, and how many of them are ticked: their marks follow the status. */
function criteriaOf({ tasks }: StatusDocument): number[] {
  const [task] = tasks
  const count = task?.acceptance.filter(text => !text.startsWith(DONE_PREFIX)).length ?? 0
  const ticked = task?.markers.slice(1, 1 + count).filter(({ state }) => state === 'done') ?? []
  return [count, ticked.length]
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
