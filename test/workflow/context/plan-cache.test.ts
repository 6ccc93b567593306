import { expect, it } from 'vitest'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'
import type { WorkspaceReader } from '../../../src/dialects/dialect.ts'
import { cachedPlan } from '../../../src/workflow/context/plan-cache.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'

const [TASKS, SPEC, PLAN] = ['tasks.md', 'spec.md', 'plan.md'].map(name => `specs/001-made/${name}`)
const FILES = {
  [SPEC ?? '']: '# Made\n',
  [PLAN ?? '']: '# Plan\n',
  [TASKS ?? '']: '# Tasks\n\n## Phase 1\n- [ ] T001 Push in src/a.js\n- [ ] T002 Pop in src/b.js\n',
}
const CANDIDATE = { id: '001-made', dir: 'specs/001-made', tasks: TASKS ?? '' }

/** A workspace with a plan that is read again and again, and how often it was parsed. */
function plansOf({ hasMarkState = true } = {}) {
  const key = `test ${Math.random()}`
  let parses = 0
  return {
    parses: () => parses,
    read(change: (text: string) => string = text => text, more: Record<string, string> = {}) {
      const files = { ...FILES, ...more, [CANDIDATE.tasks]: change(FILES[CANDIDATE.tasks] ?? '') }
      const parse = (reader: WorkspaceReader) => {
        parses += 1
        return specKit.read(reader, CANDIDATE)
      }
      const markState = hasMarkState ? specKit.markState : undefined
      return cachedPlan(key, memoryWorkspace(files), parse, markState)
    },
  }
}

const tick = (text: string) => text.replace('[ ] T001', '[X] T001')

it('a plan in which a mark changed is not parsed again, and the other tasks are the same objects', () => {
  const plans = plansOf()
  const before = plans.read()
  expect(plans.read()).toBe(before)
  const after = plans.read(tick)
  expect(plans.parses()).toBe(1)
  expect(after.plan.tasks[0]?.markers[0]).toMatchObject({ text: '[X]', state: 'done' })
  expect(after.plan.tasks[1]).toBe(before.plan.tasks[1])
  // The earlier reading is still what it was.
  expect(before.plan.tasks[0]?.markers[0]?.state).toBe('open')
  expect(before.planTexts.get(CANDIDATE.tasks)).not.toContain('[X]')
  expect(after.planTexts.get(CANDIDATE.tasks)).toContain('[X]')
  expect(plans.read(tick)).toBe(after)
  expect(plans.read().plan).toEqual(before.plan)
  expect(plans.parses()).toBe(1)
})

it('a plan with changed marks is frozen, as one that was parsed', () => {
  const plans = plansOf()
  plans.read()
  const { plan } = plans.read(tick)
  expect(Object.isFrozen(plan) && Object.isFrozen(plan.tasks)).toBe(true)
  expect(Object.isFrozen(plan.tasks[0]?.markers[0])).toBe(true)
})

it.each<[string, (text: string) => string, Record<string, string>]>([
  ['words', text => text.replace('Push', 'Pull'), {}],
  ['a mark and words', text => tick(text).replace('Pop', 'Peek'), {}],
  ['a line more', text => `${text}- [ ] T003 Peek\n`, {}],
  ['a mark and another document', tick, { 'specs/001-made/research.md': '# Research\n' }],
])('a plan with other %s is parsed again', (_what, change, more) => {
  const plans = plansOf()
  const before = plans.read()
  const { plan } = plans.read(change, more)
  expect(plans.parses()).toBe(2)
  expect(plan).not.toEqual(before.plan)
})

it('a plan of a dialect that does not say what a mark shows is parsed again', () => {
  const plans = plansOf({ hasMarkState: false })
  plans.read()
  expect(plans.read(tick).plan.tasks[0]?.markers[0]?.state).toBe('done')
  expect(plans.parses()).toBe(2)
})
