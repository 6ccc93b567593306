import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ready } from '../../../src/plan/order.ts'
import { buildSchedule } from '../../plan/build-plan.ts'
import { plan, readiness } from './fixture.ts'

const EXAMPLE = 'examples/json-plan'
const text = readFileSync(`${EXAMPLE}/docs/plans/2026-09-14-lost-and-found.json`, 'utf8')

test('the example is approved and valid, and no task of it is done', () => {
  const { tasks, problems } = plan(text)
  expect(readiness(text)).toMatchObject({ ready: true })
  expect(problems).toEqual([])
  expect(tasks.map(({ kind, markers }) => [kind, markers[0]?.text])).toEqual([
    ['build', 'false'],
    ['build', 'false'],
    ['build', 'false'],
    ['build', 'false'],
    ['check', 'false'],
  ])
})

test('its tasks can be done one after another', () => {
  const read = plan(text)
  const done: Record<string, 'settled'> = {}
  const order = read.tasks.map(() => {
    const [next = 'none'] = ready(read, buildSchedule(done))
    done[next] = 'settled'
    return next
  })
  expect(order).toEqual(['1', '3', '2', '4', '5'])
})

test('it contains the plan and no results of it', () => {
  const entries = readdirSync(EXAMPLE, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => path.posix.join(path.relative(EXAMPLE, parentPath), name))
  expect(files.sort()).toEqual([
    'README.md',
    'agents/framework-gotchas.md',
    'docs/plans/2026-09-14-lost-and-found.json',
    'package.json',
  ])
})
