import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import {
  around,
  planOf,
  workspaceOf,
  source,
  storage,
  STORAGE,
  track,
  TRACK,
  type Files,
} from './fixture.ts'
import { states, task } from '../plan-queries.ts'

function plan(name: string) {
  return planOf(around(name)(source(name)))
}

describe('the tasks', () => {
  test('are the outermost boxes, with their sub-tasks as markers and acceptance criteria', () => {
    expect(states(plan('registry.md'))).toEqual([
      '1.1 done+done+done',
      '1.2 done',
      '2.1 doing+done+open',
      '2.2 open',
      '2.3 open',
      '2.4 doing',
      '2.5 open',
      '3.1 open',
    ])
    expect(task(plan('registry.md'), '2.1').acceptance).toEqual([
      'Write tests for the cosine rule',
      'Implement the cosine rule in src/tide.js',
    ])
  })

  test('may be headings with a box, whose boxes are sub-tasks', () => {
    expect(states(plan('headings.md'))).toEqual([
      '0.1 done+done+done',
      '1.1 open+open+open',
      '1.2 open',
    ])
    expect(task(plan('headings.md'), '1.1').dependsOn).toEqual(['0.1'])
  })

  test('keep their own ids, or get one from phase and position', () => {
    expect(plan('tagged.md').tasks.map(({ id, title }) => `${id} ${title}`)).toEqual([
      '1.1 Bend the frame',
      '2.1 Cut the sail',
      '2.2 Sew the sail',
      '2.3 Check the seams by hand',
      'T3a Wind the string',
    ])
    expect(task(plan('tagged.md'), '2.2').dependsOn).toEqual(['2.1'])
  })

  test('get an id from their position if plain numbers start again in every phase', () => {
    const text = '## Phase 1: A\n- [ ] Task 1: a\n- [ ] Task 2: b\n## Phase 2: B\n- [ ] Task 1: c\n'
    expect(planOf(track(text)).tasks.map(({ id }) => id)).toEqual(['1.1', '1.2', '2.1'])
  })

  test('with the same id are distinguished and reported', () => {
    const { tasks, problems } = planOf(track('## P\n- [ ] Task 1.1: a\n- [ ] Task 1.1: b\n'))
    expect(tasks.map(({ id }) => id)).toEqual(['1.1', '1.1#2'])
    expect(problems.map(({ line }) => line)).toContain(3)
  })

  test('belong to headings down to the third level, but a single title is not a phase', () => {
    const phases = (text: string) => planOf(track(text)).phases.map(({ name }) => name)
    expect(phases('# Plan: A\n### Phase 1: B\n- [ ] c\n#### Phase 2: D\n- [ ] e\n')).toEqual([
      'Phase 1: B',
    ])
    expect(phases('# Plan: A\n#### Phase 1: B\n- [ ] c\n#### Phase 2: D\n- [ ] e\n')).toEqual([''])
    expect(phases('# Phase 1: A\n- [ ] b\n# Phase 2: C\n- [ ] d\n')).toHaveLength(2)
  })

  test.each([
    ['Task: Read 9f3c2ab', 'Read'],
    ['**Task:** Read [9f3c2ab]', 'Read'],
    ['Task: Read (9f3c2ab)', 'Read'],
    ['Task: Read `9f3c2ab`', 'Read'],
    ['Task: Read [checkpoint: 9f3c2ab]', 'Read'],
    ['Task: Read [checkpoint: ]', 'Read'],
    ['Task: Read the log of 20260311', 'Read the log of 20260311'],
    ['Task: Read effaced', 'Read effaced'],
    ['Task: Read 1000000', 'Read 1000000'],
    ['Task: Read (by hand)', 'Read (by hand)'],
    ['Step 1: Read', 'Step 1: Read'],
  ])('%s has the title "%s"', (line, title) => {
    expect(planOf(track(`## P\n- [ ] ${line}\n`)).tasks[0]?.title).toBe(title)
  })
})

test('the name of a phase does not include its status', () => {
  expect(plan('registry.md').phases.map(({ name }) => name)).toEqual([
    'Phase 1: Reading',
    'Phase 2: Interpolating',
    'Phase: Review Fixes',
  ])
  for (const tag of [
    '[COMPLETE]',
    '✅',
    '✅ COMPLETED (2026-01-06)',
    '[checkpoint: abc1234]',
    '✅ [checkpoint: ]',
  ])
    expect(planOf(track(`## Phase 1: A ${tag}\n- [ ] a\n`)).phases[0]?.name).toBe('Phase 1: A')
  expect(plan('headings.md').phases.map(({ name }) => name)).toEqual([
    'Phase 0: Ground',
    'Phase 1: Walls',
  ])
})

describe('the kind of a task depends on its', () => {
  test('phase, in a component', () => {
    expect(kinds(source('table.md'))).toEqual([
      '1.1 check',
      '1.2 check',
      '2.1 check',
      '2.2 build',
      '3.1 build',
      '3.2 build',
      '4.1 build',
      '4.2 cover',
      '5.1 cover',
    ])
    expect(kinds(source('plain-table.md')).at(-1)).toBe('3.1 check')
  })

  test('title and position, in a track', () => {
    expect(kinds('', track(source('registry.md')))).toEqual([
      '1.1 build',
      '1.2 person',
      '2.1 build',
      '2.2 cover',
      '2.3 build',
      '2.4 build',
      '2.5 person',
      '3.1 build',
    ])
  })

  test('position, if tests come first in the workflow or in the plan', () => {
    const text = '## Phase 1: A\n- [ ] Implement a\n- [ ] Write tests for b\n- [ ] Implement b\n'
    expect(kinds('', track(text))[1]).toBe('1.2 cover')
    const workflow = { 'conductor/workflow.md': '1. **Test-Driven Development:** tests first\n' }
    expect(kinds('', track(text, workflow))[1]).toBe('1.2 test')
    expect(kinds('', track('## Phase 1: A\n- [ ] Write tests for b\n- [ ] Implement b\n'))[0]).toBe(
      '1.1 test',
    )
  })

  test('title in a set-up phase, where only set-up tasks are checks', () => {
    const text =
      '## Phase 1: Project Setup\n- [ ] Set up the project\n- [ ] Implement the reader\n- [ ] Configure it\n  - [ ] Write tests\n  - [ ] Implement\n'
    expect(kinds('', track(text))).toEqual(['1.1 check', '1.2 build', '1.3 build'])
  })

  test('title, if it is the verification of its phase', () => {
    const text = `## Phase 1: Move
- [ ] Task: Phase Verification & Checkpoint (Refer to workflow.md)
- [ ] Task: Phase 1 verification and checkpointing
- [ ] Task: Phase Completion Verification
- [ ] Task: Phase verification of the three motors in src/motor.ts
`
    expect(kinds('', track(text))).toEqual(['1.1 person', '1.2 person', '1.3 person', '1.4 build'])
  })

  test('phase, if it is a manual verification', () => {
    expect(kinds('', track('## Phase 4: Manual Verification\n- [ ] Test A: it moves\n'))).toEqual([
      '4.1 person',
    ])
  })
})

describe('a problem', () => {
  test('does not exist in a complete component', () => {
    expect(problems(storage(source('table.md')))).toEqual([])
    expect(problems(track(source('registry.md')))).toEqual([])
  })

  test.each([
    ['trailing text', '{\n  "status": "Planning"\n}\nmore', 4],
    ['a quotation mark', '{\n  "status": "Plan"ning"\n}', 2],
    ['an array', '[]', 1],
    ['nothing', '', 1],
  ])('is a metadata.json with %s, reported with its line', (_, text, line) => {
    const found = problems(storage(source('table.md'), { [`${STORAGE}/metadata.json`]: text }))
    expect(found[0]).toMatch(
      new RegExp(`^${STORAGE}/metadata.json:${line} The file is not valid JSON`),
    )
  })

  test('is a missing specification, and a status that differs', () => {
    const files = storage(source('table.md'))
    delete files[`${STORAGE}/spec.md`]
    expect(problems(files)[0]).toContain('spec.md is missing')
    const blocked = storage(source('table.md'))
    blocked['storage-conductor/tracks.md'] = (blocked['storage-conductor/tracks.md'] ?? '').replace(
      '| Planning |',
      '| In Progress |',
    )
    expect(problems(blocked)[0]).toContain(
      'storage-vault-001 is "in progress" in storage-conductor/tracks.md, but "planning" in its metadata.json.',
    )
  })

  test('is a ticked task with an open sub-task', () => {
    expect(problems(track('## P\n- [x] a\n  - [ ] b\n'))).toEqual([
      `${TRACK}/plan.md:2 1.1 is ticked, but 1 of its sub-tasks is not.`,
    ])
  })
})

test('the documents are those of the component and its project', () => {
  const more = {
    'storage-conductor/product.md': '',
    'storage-conductor/storage-template.md': '',
    'storage-conductor/code_styleguides/javascript.md': '',
  }
  expect(planOf(storage(source('table.md'), more)).documents.map(({ name }) => name)).toEqual([
    'spec',
    'plan',
    'tasks',
    'product',
    'tech-stack',
    'workflow',
    'storage-standards',
    'storage-template',
    'code_styleguides/javascript.md',
  ])
})

test.each([
  ['without a task', '# Plan\n'],
  ['with nothing but acceptance', '## Acceptance Criteria\n- [ ] good\n'],
])('a file %s is not a plan', (_, text) => {
  expect(() => planOf(track(text))).toThrow(Unreadable)
})

test('a missing plan is reported', () => {
  const files = track('')
  delete files[`${TRACK}/plan.md`]
  const reader = workspaceOf(files)
  const [candidate] = conductor.features(reader)
  if (candidate === undefined) throw new Error('the open track is a feature')
  expect(() => conductor.read(reader, candidate)).toThrow('The file is missing')
  expect(conductor.active(reader)).toHaveProperty(
    'none',
    `conductor/tracks.md:10 names tides_20260301, but ${TRACK}/plan.md does not exist.`,
  )
})

function problems(files: Files): string[] {
  return planOf(files).problems.map(({ path, line, text }) => `${path}:${line} ${text}`)
}

function kinds(text: string, files = storage(text)): string[] {
  return planOf(files).tasks.map(({ id, kind }) => `${id} ${kind}`)
}
