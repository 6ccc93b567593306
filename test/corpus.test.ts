import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labelsOf, missesOf } from '../scripts/corpus-labels.ts'
import { CANDIDATE, corpusFolder, planOf, shelfWith } from '../scripts/corpus-shelf.ts'
import { Unreadable } from '../src/dialects/dialect.ts'
import { specKit } from '../src/dialects/spec-kit/spec-kit.ts'
import { applyEdits, type Edit } from '../src/plan/edit.ts'
import { seenByRemark, seenByScanner } from './dialects/against-remark.ts'

const found = corpusFolder(join(import.meta.dirname, '..'))
const corpus = found ?? ''

describe.skipIf(found === undefined)('every real task file', () => {
  const files = found === undefined ? [] : [...filesIn('speckit'), ...filesIn('speckit-variant')]

  test.each(files)('%s is read, and each of its tasks can be finished and reopened', file => {
    const { plan, source } = planOf(corpus, file)
    const shelf = shelfWith({ [CANDIDATE.tasks]: source })
    expect(plan.tasks.length).toBeGreaterThan(0)
    for (const task of plan.tasks) {
      for (const { start, end, text } of task.carriers) expect(source.slice(start, end)).toBe(text)
      const edits = specKit.finish(shelf, plan, task)
      expect(applyEdits(applied(source, edits), edits.map(undone)) === source).toBe(true)
      const isTicked = task.carriers.some(({ state }) => state === 'done')
      expect(specKit.reopen(shelf, plan, task).length > 0).toBe(
        isTicked || task.carriers.some(isPut),
      )
    }
  })

  test.each(files)('%s has the headings and items that remark sees', file => {
    const { source } = planOf(corpus, file)
    if (source.startsWith('```markdown')) return
    expect(seenByScanner(source)).toEqual(seenByRemark(source))
  })
})

test.skipIf(found === undefined)(
  'other documents of spec-kit are read or refused, never a crash',
  () => {
    for (const file of filesIn('speckit-siblings')) {
      try {
        planOf(corpus, file)
      } catch (error) {
        expect(error).toBeInstanceOf(Unreadable)
      }
    }
  },
)

test.skipIf(found === undefined)('at least 95 % of the labelled files are read as labelled', () => {
  const labels = labelsOf(corpus, ['speckit', 'speckit-variant'])
  const wrong = labels.filter(label => missesOf(label, planOf(corpus, label.file).plan).size > 0)
  expect(1 - wrong.length / labels.length).toBeGreaterThanOrEqual(0.95)
})

function filesIn(folder: string): string[] {
  return readdirSync(join(corpus, folder)).map(file => `${folder}/${file}`)
}

function applied(source: string, edits: readonly Edit[]): string {
  const result = applyEdits(source, edits)
  if (result === null) throw new Error('the file does not say what the edits expect')
  return result
}

/** The edit that takes `edit` back, for a file with no more than one. */
function undone(edit: Edit): Edit {
  return { ...edit, end: edit.start + edit.to.length, from: edit.to, to: edit.from }
}

function isPut({ text, state }: { text: string; state: string }): boolean {
  return state !== 'open' && text !== '[ ]'
}
