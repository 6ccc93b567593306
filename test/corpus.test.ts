import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { integer, sample } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groundsOf } from '../scripts/corpus/workspaces.ts'
import { labelsOf, missesOf } from '../scripts/corpus/labels.ts'
import { brokenBy, planOn } from '../scripts/corpus/round-trip.ts'
import { corpusFolder, planOf, readText, memoryWorkspace, textOf } from './kit/memory-workspace.ts'
import { Unreadable, type WorkspaceReader } from '../src/dialects/dialect.ts'
import { specKit } from '../src/dialects/spec-kit/spec-kit.ts'
import { applyEdits, type Edit } from '../src/plan/edit.ts'
import type { Plan, Task } from '../src/plan/plan.ts'
import { remarkLines, scannerLines } from './dialects/remark-comparison.ts'

const found = corpusFolder(join(import.meta.dirname, '..'))
const corpus = found ?? ''

describe.skipIf(found === undefined)('every real task file', () => {
  const files = found === undefined ? [] : [...filesIn('speckit'), ...filesIn('speckit-variant')]

  test.each(files)('%s is read, and its carriers are where they say', file => {
    const { plan, source } = planOf(corpus, file)
    expect(plan.tasks.length).toBeGreaterThan(0)
    for (const { markers } of plan.tasks)
      for (const { start, end, text } of markers) expect(source.slice(start, end)).toBe(text)
  })

  test.each(files)('%s is the same after each open task was finished and reopened', file => {
    const { plan, source } = planOf(corpus, file)
    const open = plan.tasks.filter(isOpen)
    for (const task of [...open.slice(0, 2), ...open.slice(-2)])
      expect(roundTrip(source, [task.id]) === source).toBe(true)
    const all = open.map(({ id }) => id)
    expect(roundTrip(source, all) === source).toBe(true)
  })

  test.each(files)('%s has the headings and items that remark sees', file => {
    const { source } = planOf(corpus, file)
    if (source.startsWith('```markdown')) return
    expect(scannerLines(source)).toEqual(remarkLines(source))
  })
})

test.skipIf(found === undefined)('other documents are read or refused, never a crash', () => {
  for (const file of filesIn('speckit-siblings'))
    expect(isPlanOrRefused(textOf(corpus, file))).toBe(true)
})

test.skipIf(found === undefined)('at least 95 % of the labelled files are read as labelled', () => {
  const labels = labelsOf(corpus, ['speckit', 'speckit-variant'])
  const wrong = labels.filter(label => missesOf(label, planOf(corpus, label.file).plan).size > 0)
  expect(1 - wrong.length / labels.length).toBeGreaterThanOrEqual(0.95)
})

/** All of them take minutes: `npm run corpus -- --round-trips`. */
const TASKS_PER_FILE = 4
const SEED = 20_261_120

test('finishing a task of a real plan changes its marks alone, and reopening it gives every byte back', ({
  skip,
}) => {
  if (found === undefined) skip('../shared/corpus is not there')
  console.log(`seed ${SEED}`)
  let tried = 0
  const broken = groundsOf(corpus).flatMap(({ file, ground }, at) => {
    const one = ground()
    const plan = planOn(one)
    const marked = (plan?.tasks ?? []).filter(({ markers }) => markers.length > 0)
    if (plan === undefined || marked.length === 0) return []
    const places = sample(integer({ min: 0, max: marked.length - 1 }), {
      seed: SEED + at,
      numRuns: TASKS_PER_FILE - 2,
    })
    const tasks = new Set([0, marked.length - 1, ...places])
    tried += tasks.size
    return [...tasks].flatMap(place => {
      const task = marked[place]
      const wrong = task && brokenBy(one, plan, task)
      return wrong === undefined ? [] : [`${file}: ${wrong}`]
    })
  })
  expect(broken).toEqual([])
  expect(tried).toBeGreaterThan(600)
})

function filesIn(folder: string): string[] {
  return readdirSync(join(corpus, folder)).map(file => `${folder}/${file}`)
}

function isPlanOrRefused(source: string): boolean {
  try {
    return readText(source).tasks.length > 0
  } catch (error) {
    return error instanceof Unreadable
  }
}

function applied(source: string, edits: readonly Edit[]): string {
  const result = applyEdits(source, edits)
  if (result === null) throw new Error('the file does not say what the edits expect')
  return result
}

type Change = (reader: WorkspaceReader, plan: Plan, task: Task) => Edit[]

/** Finishes the tasks, reads the file anew, and reopens them. */
function roundTrip(source: string, ids: readonly string[]): string {
  const before = readText(source)
  const done = applied(
    source,
    editsOf(before, ids, (...all) => specKit.finish(...all, '2026-01-01T00:00:00Z')),
  )
  const after = readText(done)
  expect(after.tasks.filter(({ id }) => ids.includes(id)).some(isOpen)).toBe(false)
  return applied(
    done,
    editsOf(after, ids, (...all) => specKit.reopen(...all)),
  )
}

function editsOf(plan: Plan, ids: readonly string[], change: Change): Edit[] {
  const wanted = new Set(ids)
  return plan.tasks.flatMap(task =>
    wanted.has(task.id) ? change(memoryWorkspace({}), plan, task) : [],
  )
}

function isOpen({ markers }: Task): boolean {
  return markers[0]?.state === 'open'
}
