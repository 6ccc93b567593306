import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labelsOf, missesOf } from '../../../scripts/corpus/labels.ts'
import { corpusFolder, textOf } from '../../kit/memory-workspace.ts'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { finished, readText, reopened } from './fixture.ts'

const found = corpusFolder(join(import.meta.dirname, '../../..'))
const corpus = found ?? ''

describe.skipIf(found === undefined)('every real file', () => {
  const files = found === undefined ? [] : readdirSync(join(corpus, 'specflow'))

  test.each(files)('%s is read or refused, and its markers have the right offsets', file => {
    const text = textOf(corpus, `specflow/${file}`)
    for (const { markers } of planOrNone(text)?.tasks ?? [])
      for (const { start, end, text: mark } of markers) expect(text.slice(start, end)).toBe(mark)
  })

  test.each(files)('%s is unchanged after open tasks were finished and reopened', file => {
    const text = textOf(corpus, `specflow/${file}`)
    const open = (planOrNone(text)?.tasks ?? []).filter(
      ({ markers }) => markers.length > 0 && markers.every(({ state }) => state === 'open'),
    )
    for (const { id } of [...open.slice(0, 2), ...open.slice(-2)])
      expect(reopened(finished(text, id), id) === text).toBe(true)
    const all = open.slice(0, 12).map(({ id }) => id)
    expect(all.reduceRight(reopened, all.reduce(finished, text)) === text).toBe(true)
  })
})

test.skipIf(found === undefined)('the labelled task lists are read correctly', () => {
  // The playbook's own documents and its progress log are labelled too, but they are not task lists.
  const labels = labelsOf(corpus, ['specflow']).filter(({ file }) => file.endsWith('tasks.md'))
  expect(labels.length).toBeGreaterThan(0)
  const wrong = labels.flatMap(label => {
    const misses = missesOf(label, readText(textOf(corpus, label.file)))
    return misses.size > 0 ? [[label.file, ...misses.values()]] : []
  })
  expect(wrong).toEqual([])
})

function planOrNone(text: string): Plan | undefined {
  try {
    return readText(text)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}
