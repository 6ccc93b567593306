import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { specflow } from '../../../src/dialects/specflow/specflow.ts'

const EXAMPLE = 'examples/specflow'

test('the example is a valid plan without any results of it', () => {
  const reader = memoryWorkspace(filesIn(EXAMPLE))
  const active = specflow.active(reader)
  if (!('found' in active)) throw new Error('the example has no active feature')
  const plan = specflow.read(reader, active.found)
  expect(plan.tasks.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    'T-1.1 check',
    'T-1.2 build',
    'T-1.3 build',
    'T-2.1 build',
    'T-2.2 build',
    'T-3.1 check',
  ])
  expect(plan.problems).toEqual([])
  expect(plan.tasks.flatMap(({ markers }) => markers).every(({ state }) => state === 'open')).toBe(
    true,
  )
  expect(specflow.readiness?.(reader, plan)).toMatchObject({ ready: false, humanDecision: true })
  const results = plan.tasks
    .flatMap(({ files }) => files)
    .filter(file => existsSync(path.join(EXAMPLE, file)))
  expect(results).toEqual([])
})

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name)
      return [path.relative(folder, file), readFileSync(file, 'utf8')]
    }),
  )
}
