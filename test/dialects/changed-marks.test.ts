import {
  array,
  assert,
  boolean,
  constantFrom,
  nat,
  property,
  record,
  type Arbitrary,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rememberedWithoutMarks, withChangedMarks } from '../../src/plan/changed-marks.ts'
import type { Marker, Plan } from '../../src/plan/plan.ts'
import type { Dialect } from '../../src/dialects/dialect.ts'
import { planOn } from '../../scripts/corpus/round-trip.ts'
import { arbitraryPlans } from './arbitrary-plans.ts'

const boxes = constantFrom('[ ]', '[x]', '[X]', '[~]', '[-]', '[/]', '[>]', '[!]', '[B]')
const anyBoxes = constantFrom('[ ]', '[x]', '[~]', '[?]', '[ok]', '[]', '☐', '✅', '')
const changes = array(record({ place: nat(), box: boxes }), { minLength: 1, maxLength: 3 })

/** Lines whose meaning depends on others: repeated ids, signs without a meaning, ticks, words of a state, summaries. */
const lines = record({
  box: anyBoxes,
  id: constantFrom('T001', 'T002', 'T003', 'T004', 'T005', 'SETUP-001', 'A1', '1.1', ''),
  title: constantFrom(
    'Create src/a.js',
    '~~Create src/a.js~~',
    'SKIP: Create src/b.js',
    'Manually verify it ✅',
    'Add push [P] [US1]',
    'depends on T001',
  ),
  indent: constantFrom('', '', '', '  ', '    '),
  heading: constantFrom(
    '**Phase 3: More**',
    '### [x] Tests',
    'Title\n===',
    '',
    '',
    '',
    '## Phase 2: Core',
    '## Summary',
    '## Acceptance',
    '### [ ] T009 Pop',
  ),
  bullet: constantFrom('- ', '- ', '- ', '1. ', '', '> - '),
})
const hardText = record({ all: array(lines, { minLength: 1, maxLength: 9 }), crlf: boolean() }).map(
  ({ all, crlf }) =>
    ['# Made', '', '## Phase 1: Setup', ...all.flatMap(lineOf), ''].join(crlf ? '\r\n' : '\n'),
)

function lineOf({ box, id, title, indent, heading, bullet }: Record<string, string>): string[] {
  const line = `${indent}${bullet}${[box, id, title].filter(part => part !== '').join(' ')}`
  return heading === '' ? [line] : ['', heading ?? '', line]
}

const withMarkState = Object.entries(arbitraryPlans).filter(
  ([, { dialect }]) => dialect.markState !== undefined,
)

it('is tried for every dialect that reads a mark alone', () => {
  expect(withMarkState.map(([name]) => name)).toEqual(['spec-kit'])
})

describe.each(withMarkState)(
  'a plan of %s in which marks changed',
  (_, { dialect, candidate, files }) => {
    it('is the same as after a whole parse', () => {
      assert(
        property(files, changes, (files, changes) =>
          compare({ dialect, candidate, files }, changes),
        ),
        { numRuns: 500 },
      )
    })

    it('is the same if its lines depend on each other', () => {
      const hard: Arbitrary<Record<string, string>> = hardText.map(text => ({
        [candidate.tasks]: text,
      }))
      assert(
        property(hard, changes, (files, changes) =>
          compare({ dialect, candidate, files }, changes),
        ),
        { numRuns: 1500 },
      )
    })
  },
)

type Ground = Parameters<typeof planOn>[0] & { dialect: Dialect }

function compare(ground: Ground, changes: readonly { place: number; box: string }[]): void {
  const { dialect, candidate, files } = ground
  const plan = planOn(ground)
  const before = files[candidate.tasks] ?? ''
  const after = changes.reduce((text, { place, box }) => changedAt(text, place, box), before)
  if (plan === undefined || dialect.markState === undefined || after === before) return
  const file = { path: candidate.tasks, before, after }
  const patched = withChangedMarks(plan, file, dialect.markState)
  if (patched === undefined) return
  expect(patched).toEqual(planOn({ ...ground, files: { ...files, [candidate.tasks]: after } }))
  expectOldObjects(plan, patched)
}

/** The text with another box in the place of one of its boxes, whether that belongs to a task or not. */
function changedAt(text: string, place: number, box: string): string {
  const found = [...text.matchAll(/\[.\]/g)]
  const { index } = found[place % Math.max(1, found.length)] ?? {}
  return index === undefined ? text : `${text.slice(0, index)}${box}${text.slice(index + 3)}`
}

function expectOldObjects(plan: Plan, patched: Plan): void {
  for (const [at, task] of patched.tasks.entries()) {
    const earlier = plan.tasks[at]
    const isChanged = JSON.stringify(task.markers) !== JSON.stringify(earlier?.markers)
    if (!isChanged) expect(task).toBe(earlier)
  }
}

it('what follows from everything but the marks is derived once for plans that differ in marks', () => {
  const { dialect, candidate } = arbitraryPlans['spec-kit'] ?? missing()
  const before = '- [ ] T001 Push\n- [ ] T002 Pop\n'
  const after = before.replace('[ ] T001', '[x] T001')
  const plan = planOn({ dialect, candidate, files: { [candidate.tasks]: before } }) ?? missing()
  let count = 0
  const titles = rememberedWithoutMarks(({ tasks }) => {
    count += 1
    return tasks.map(({ title }) => title)
  })
  const marked = withChangedMarks(
    plan,
    { path: candidate.tasks, before, after },
    dialect.markState ?? missing,
  )
  const again = withChangedMarks(
    marked ?? missing(),
    { path: candidate.tasks, before: after, after: before },
    dialect.markState ?? missing,
  )
  expect([plan, marked ?? missing(), again ?? missing()].map(titles)).toEqual(
    Array.from({ length: 3 }, () => ['Push', 'Pop']),
  )
  expect(count).toBe(1)
  expect(titles(structuredClone(plan))).toEqual(['Push', 'Pop'])
  expect(count).toBe(2)
})

describe('a plan of spec-kit', () => {
  const { dialect, candidate } = arbitraryPlans['spec-kit'] ?? missing()
  const before = '## Work\n- [ ] T001 Push\n- [x] T002 Pop\n- [x] ~~T003 Peek~~\n'
  const files = { [candidate.tasks]: before }
  const marked = (after: string) => {
    const plan = planOn({ dialect, candidate, files })
    if (plan === undefined || dialect.markState === undefined) return missing()
    return withChangedMarks(plan, { path: candidate.tasks, before, after }, dialect.markState)
  }
  const states = (plan: Plan | undefined) =>
    plan?.tasks.map(({ markers: [marker] }): Marker['state'] | undefined => marker?.state)

  it.each([
    ['[ ] T001', '[X] T001', ['done', 'done', 'done']],
    ['[ ] T001', '[~] T001', ['doing', 'done', 'done']],
    ['[x] T002', '[ ] T002', ['open', 'open', 'done']],
    ['[x] ~~T003', '[ ] ~~T003', ['open', 'done', 'other']],
  ])('is not parsed again if %s becomes %s', (from, to, expected) => {
    expect(states(marked(before.replace(from, to)))).toEqual(expected)
  })

  it.each([
    ['[ ] T001', '[?] T001'],
    ['[ ] T001', '[xx] T001'],
    ['Push', 'Pull'],
    ['[ ] T001 Push', '[X] T001 Pull'],
    ['- [ ] T001', '* [X] T001'],
  ])('is parsed again if %s becomes %s', (from, to) => {
    expect(marked(before.replace(from, to))).toBeUndefined()
  })
})

it('a heading with a box is read again, because it may be the name of a phase', () => {
  const { dialect, candidate } = arbitraryPlans['spec-kit'] ?? missing()
  const before = '### [ ] T001 Push\n- [ ] T002 Pop\n'
  const after = before.replace('[ ] T001', '[x] T001')
  const plan = planOn({ dialect, candidate, files: { [candidate.tasks]: before } }) ?? missing()
  const { markState = missing } = dialect
  expect(plan.tasks.map(({ phase }) => phase)).toContain('[ ] T001 Push')
  expect(
    withChangedMarks(plan, { path: candidate.tasks, before, after }, markState),
  ).toBeUndefined()
})

function missing(): never {
  throw new Error('spec-kit has no such plan')
}
