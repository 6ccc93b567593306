import { expect, it } from 'vitest'
import type { EventBody } from '../../../src/evidence/event.ts'
import { appendEvents } from '../../../src/store/append-events.ts'
import { stateOf } from '../../../src/store/state.ts'
import { retainedTrees } from '../../../src/workflow/testing/retained-trees.ts'
import { makeProject } from '../../kit/project.ts'

function start(task: string, tree: string): EventBody {
  const what = { title: task, provenAs: 'check' as const, settings: 'none', snapshot: `s-${tree}` }
  return { kind: 'start', task, tree, ...what }
}

function done(task: string, tree: string): EventBody {
  const proof = { suite: 'none' as const, marks: [], proof: [] }
  return { kind: 'done', task, tree, provenAs: 'check', settings: 'none', ...proof }
}

function validation(passed: boolean, after?: string): EventBody {
  const nothing = { gates: [], turnedGreen: [], passedFiles: [] }
  const known = after === undefined ? nothing : { ...nothing, after }
  return { kind: 'validation', passed, settings: 'none', tree: 'validated', ...known }
}

const FEATURE = [start('T1', 'a'), done('T1', 'b'), start('T2', 'c'), done('T2', 'd')]

it.each([
  ['in progress', [start('T3', 'e')], ['a', 'b', 'c', 'd', 'e']],
  ['before its validation passes', [validation(false)], ['a', 'b', 'c', 'd']],
  ['after its validation', [validation(true)], ['a']],
  ['whose validation names its files', [validation(true, 'v')], ['a', 'v']],
  ['that continues after its validation', [validation(true), start('T3', 'e')], ['a', 'e']],
])('retains the trees that are needed for a feature %s', (_, more, trees) => {
  const state = stateOf(makeProject({}))
  appendEvents(state, 'f', [...FEATURE, ...more], { by: 'me' })
  expect([...retainedTrees(state)].toSorted()).toEqual(trees)
})
