import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import { labelsOf, missesOf } from '../../../scripts/corpus/labels.ts'
import { corpusFolder, memoryWorkspace, textOf } from '../../kit/memory-workspace.ts'
import { jsonPlan } from '../../../src/dialects/json-plan/json-plan.ts'
import { isWritable } from '../../../src/dialects/json-plan/states.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { changesOfFinishing, finished, plan as planOf, reopened } from './fixture.ts'

const found = corpusFolder(join(import.meta.dirname, '..', '..', '..'))
const corpus = found ?? ''
const manifestLine = z.object({ file: z.string(), dialect: z.string(), path: z.string() })
const labelled = z.object({ dependencies: z.record(z.string(), z.array(z.coerce.string())) })

describe.skipIf(found === undefined)('every real plan', () => {
  const files = found === undefined ? [] : manifest()

  test.each(files)('$file is read, or is not a plan', ({ file, path }) => {
    const plan = planAt(file, path)
    if (plan === undefined) return
    const text = textOf(corpus, file)
    for (const { markers } of plan.tasks)
      for (const { start, end, text: mark } of markers) expect(text.slice(start, end)).toBe(mark)
  })

  test.each(files)('$file is unchanged after each open task was finished and reopened', one => {
    const text = textOf(corpus, one.file)
    const open = (planAt(one.file, one.path)?.tasks ?? []).filter(
      ({ markers: [mark] }) => mark?.state === 'open' && isWritable(mark),
    )
    for (const { id } of [...open.slice(0, 1), ...open.slice(-1)]) {
      const done = finished(text, id)
      expect(done).not.toBe(text)
      // A file may have several words for an open task, so only the recorded changes know which one this task had.
      expect(reopened(done, id, changesOfFinishing(text, id)) === text).toBe(true)
      expect(planOf(reopened(done, id)).tasks.find(task => task.id === id)?.markers).toMatchObject([
        { state: 'open' },
      ])
    }
  })
})

test.skipIf(found === undefined)('at least 95 % of the labelled plans are read correctly', () => {
  const labels = labelsOf(corpus, ['jsonplan'])
  const paths = new Map(manifest().map(({ file, path }) => [file, path]))
  const wrong = labels.filter(label => {
    const plan = planAt(label.file, paths.get(label.file) ?? '')
    return plan === undefined || missesOf(label, plan).size > 0 || !hasDependencies(plan, label)
  })
  expect(1 - wrong.length / labels.length).toBeGreaterThanOrEqual(0.95)
})

function manifest(): z.infer<typeof manifestLine>[] {
  const lines = readFileSync(join(corpus, 'manifest.jsonl'), 'utf8').trim().split('\n')
  const all = lines.map(line => manifestLine.parse(JSON.parse(line)))
  return all.filter(({ dialect }) => dialect === 'jsonplan')
}

/** The plan of a workspace with this file at its original path. */
function planAt(file: string, path: string): Plan | undefined {
  const reader = memoryWorkspace({ [path]: textOf(corpus, file) })
  const active = jsonPlan.active(reader)
  return 'found' in active ? jsonPlan.read(reader, active.found) : undefined
}

function hasDependencies({ tasks }: Plan, label: unknown): boolean {
  const { dependencies } = labelled.parse(label)
  return tasks.every(
    ({ id, dependsOn }) => dependsOn.join(' ') === (dependencies[id] ?? []).join(' '),
  )
}
