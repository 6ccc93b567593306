import { Unreadable, type Candidate, type Dialect } from '../../src/dialects/dialect.ts'
import { revertEdits } from '../../src/dialects/revert-edits.ts'
import { applyEdits, changesOf, type Edit } from '../../src/plan/edit.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'
import { memoryWorkspace } from '../../test/kit/memory-workspace.ts'

/** A workspace in memory, with one feature whose marks are to be tried. */
export interface Ground {
  dialect: Dialect
  candidate: Candidate
  files: Readonly<Record<string, string>>
}

/** The plan on this ground, `undefined` where its file is refused. */
export function planOn({ dialect, candidate, files }: Ground): Plan | undefined {
  try {
    return dialect.read(memoryWorkspace(files), candidate)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/**
 * What is wrong after a task was finished and reopened, or reopened and finished again where it was done: a mark of
 * another task that changed, a mark that did not, or a byte that is not the same as before. `undefined` when all is well.
 */
export function brokenBy(ground: Ground, plan: Plan, task: Task): string | undefined {
  if (isStruckOut(ground, task)) return undefined
  const isDone = task.markers[0]?.state === 'done'
  const ways: Way[] = isDone ? ['reopen', ...partlyDone(task)] : ['finish']
  const broken = ways.flatMap(way => {
    const wrong = thereAndBack(ground, plan, task, way)
    return wrong === undefined ? [] : [`${task.id} (line ${task.location.line}): ${way}: ${wrong}`]
  })
  return broken[0]
}

type Way = 'finish' | 'reopen'

/** A task that is struck out stays dropped, whatever its box says. */
function isStruckOut({ files }: Ground, { markers: [marker], location }: Task): boolean {
  const line = files[location.path]?.split('\n')[location.line - 1]
  return marker?.state === 'other' && line?.includes('~~') === true
}

function partlyDone({ markers }: Task): Way[] {
  return markers.some(({ state }) => state !== 'done') ? ['finish'] : []
}

function thereAndBack(ground: Ground, plan: Plan, task: Task, way: Way): string | undefined {
  const { dialect, files } = ground
  const reader = memoryWorkspace(files)
  const there =
    way === 'finish' ? dialect.finish(reader, plan, task, AT) : dialect.reopen(reader, plan, task)
  if (there.length === 0) return mayStay(plan, task) ? undefined : 'nothing is marked'
  const after = { ...ground, files: applied(files, there) }
  const read = planOn(after)
  const same = read?.tasks.find(({ id }) => id === task.id)
  if (read === undefined || same === undefined) return 'the task is lost'
  const isNowDone = same.markers[0]?.state === 'done'
  if (isNowDone !== (way === 'finish')) return `it is ${same.markers[0]?.state ?? 'unmarked'}`
  const before = othersIn(plan, task)
  const touched = othersIn(read, task).find((mark, at) => mark !== before[at])
  if (touched !== undefined) return `another task changed: ${touched}`
  const now = memoryWorkspace(after.files)
  const changes = changesOf(there)
  const back =
    way === 'finish'
      ? dialect.reopen(now, read, same, changes)
      : (revertEdits(now, read, same, changes) ?? [])
  const result = applied(after.files, back)
  const changed = Object.keys(files).find(path => result[path] !== files[path])
  return changed === undefined ? undefined : `${changed} is not the same again`
}

/** What is done stays as it is, and what a workflow cannot mark it does not start. */
function mayStay({ problems }: Plan, { id, markers }: Task): boolean {
  const isBlocked = problems.some(({ blocks = [] }) => blocks.includes(id))
  return isBlocked || markers[0]?.state === 'done'
}

/** What the file says of every task but this one, and the groups that are ticked with their last part. */
function othersIn({ tasks }: Plan, { id }: Task): string[] {
  const others = tasks.filter(other => other.id !== id && other.parts === undefined)
  return others.map(
    // Where a tick may come is not a mark yet.
    ({ id, markers }) => [id, ...markers.map(({ text }) => text).filter(Boolean)].join(' '),
  )
}

/** The files after the edits; every edit has to fit. */
export function applied(files: Ground['files'], edits: readonly Edit[]): Record<string, string> {
  const changed = { ...files }
  for (const path of new Set(edits.map(edit => edit.path))) {
    const result = applyEdits(
      files[path] ?? '',
      edits.filter(edit => edit.path === path),
    )
    if (result === null) throw new Error(`${path} does not say what the edits expect`)
    changed[path] = result
  }
  return changed
}

export const AT = '2026-11-20T19:13:02.123Z'
