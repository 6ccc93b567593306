import { describe, expect, test } from 'vitest'
import { jsonPlan } from '../../../src/dialects/json-plan/json-plan.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, ids, states, task } from '../plan-queries.ts'

const AT = '2026-07-01T08:30:00.000Z'

/** A plan in `prd.json`, in the form in which somebody wrote it. */
function planOf(value: unknown, indent: number | string = 2): { text: string; plan: Plan } {
  const text = typeof value === 'string' ? value : `${JSON.stringify(value, null, indent)}\n`
  const reader = memoryWorkspace({ 'prd.json': text })
  const active = jsonPlan.active(reader)
  if (!('found' in active)) throw new Error('there is no active plan')
  return { text, plan: jsonPlan.read(reader, active.found) }
}

type Step = 'start' | 'finish' | 'reopen'

function after(text: string, id: string, ...steps: Step[]): string {
  return steps.reduce((current, step) => {
    const reader = memoryWorkspace({ 'prd.json': current })
    const { plan } = planOf(current)
    const one = task(plan, id)
    if (step === 'reopen') return applied(current, jsonPlan.reopen(reader, plan, one))
    return applied(current, jsonPlan[step]?.(reader, plan, one, AT) ?? [])
  }, text)
}

describe('the tasks are found in', () => {
  const A = { id: 'a', title: 'Open the door', status: 'pending' }
  const B = { id: 'b', title: 'Close the door', status: 'done' }

  test.each([
    ['a list that is the whole file', [A, B]],
    ['features', { features: [A, B] }],
    ['user_stories', { user_stories: [A, B] }],
    ['phases with tasks', { phases: [{ name: 'One', tasks: [A] }, { tasks: [B] }] }],
    ['epics with stories', { epics: [{ title: 'One', stories: [A, B] }] }],
    ['epics with stories with tasks', { epics: [{ stories: [{ tasks: [A] }, { tasks: [B] }] }] }],
    ['features by area', { features: { doors: [A], gates: [B] } }],
    ['phases by name', { phases: { one: { tasks: [A] }, two: { tasks: [B] } } }],
    ['an object around the list', { prd: { name: 'Doors', features: [A, B] } }],
  ])('%s', (_, value) => {
    expect(states(planOf(value).plan)).toEqual(['a open', 'b done'])
  })

  test('the list with states, if another one names the phases or describes the product', () => {
    const phases = [{ id: 'p1', name: 'Doors' }]
    const described = { features: [{ name: 'Doors' }], phases, tasks: [{ ...A, phase: 'p1' }] }
    expect(ids(planOf(described).plan)).toEqual(['a'])
    expect(planOf(described).plan.phases.map(({ name }) => name)).toEqual(['Doors'])
    const nested = { features: [{ name: 'Doors' }], phases: [{ name: 'One', tasks: [A, B] }] }
    expect(planOf(nested).plan.phases.map(({ name, tasks }) => [name, tasks])).toEqual([
      ['One', ['a', 'b']],
    ])
  })

  test('tasks inside a feature that has a state are details of it', () => {
    const feature = { ...A, tasks: [{ id: 'x', title: 'Step', status: 'pending' }] }
    expect(ids(planOf({ features: [feature] }).plan)).toEqual(['a'])
  })
})

describe('a task', () => {
  test('has the sentence as title, and the short name as id if there is no other', () => {
    const entry = {
      name: 'open_door',
      title: 'Open the door',
      acceptance: ['it opens'],
      passes: false,
    }
    const { plan } = planOf([entry, { ...entry, id: 7 }])
    expect(plan.tasks.map(({ id, title }) => [id, title])).toEqual([
      ['open_door', 'Open the door'],
      ['7', 'Open the door'],
    ])
    expect(task(plan, '7').acceptance).toEqual(['it opens'])
  })

  test('without a title has the first line of what it is about', () => {
    const { plan } = planOf([{ description: 'Open the door\nslowly', passes: false }])
    expect(plan.tasks[0]).toMatchObject({ id: 'task-1', title: 'Open the door' })
  })

  test.each(['acceptance', 'acceptance_criteria', 'acceptanceCriteria', 'criteria', 'steps'])(
    'has the criteria of `%s`',
    key => {
      const { plan } = planOf([{ id: 1, title: 'A', passes: false, [key]: ['x', { text: 'y' }] }])
      expect(task(plan, '1').acceptance).toEqual(['x', 'y'])
    },
  )

  test('has the file and the assertions of its planned test', () => {
    const own = { file: 'tests/door.test.js', assertions: ['it opens'] }
    const { plan } = planOf([{ id: 1, title: 'A', passes: false, file: 'src/door.js', test: own }])
    expect(task(plan, '1')).toMatchObject({
      files: ['src/door.js', 'tests/door.test.js'],
      acceptance: ['it opens'],
    })
  })

  test('has the files that its text names, if no field names any, and no patterns', () => {
    const { plan } = planOf([
      { id: 1, description: 'Open the door in src/door.js', passes: false },
      { id: 2, title: 'B', files: ['src/main.js main()', 'src/**/*.js'], passes: false },
    ])
    expect(plan.tasks.map(({ files }) => files)).toEqual([['src/door.js'], ['src/main.js']])
  })

  test('of a list without ids is called by its position, without a problem for each', () => {
    const { plan } = planOf([
      { description: 'A', passes: false },
      { description: 'B', passes: false },
    ])
    expect(ids(plan)).toEqual(['task-1', 'task-2'])
    expect(plan.problems).toEqual([])
  })

  test('of the category "setup" sets the project up, and behaviour in it is still built', () => {
    const { plan } = planOf([
      { id: 1, category: 'setup', description: 'Create package.json', passes: false },
      { id: 2, category: 'setup', description: 'Reject an empty name', passes: false },
      { id: 3, category: 'core', description: 'Set the alarm', passes: false },
    ])
    expect(plan.tasks.map(({ kind }) => kind)).toEqual(['check', 'build', 'build'])
  })
})

describe('the mark is written in the field that the file uses', () => {
  test.each([
    ['passes', false, true],
    ['passed', false, true],
    ['done', false, true],
    ['completed', false, true],
    ['implemented', false, true],
    ['status', 'pending', 'done'],
    ['status', 'Pending', 'Done'],
    ['status', 'TODO', 'DONE'],
    ['status', 'not_started', 'done'],
    ['status', 'failing', 'passing'],
  ])('"%s": %j becomes %j', (key, open, done) => {
    const { text } = planOf([{ id: 1, [key]: open, title: 'A' }])
    const finished = after(text, '1', 'finish')
    expect(finished).toBe(text.replace(JSON.stringify(open), JSON.stringify(done)))
    expect(states(planOf(finished).plan)).toEqual(['1 done'])
  })

  test('with the word that other tasks have, else with one that the file lists', () => {
    const used = planOf([
      { id: 1, status: 'completed' },
      { id: 2, status: 'pending' },
    ])
    expect(after(used.text, '2', 'finish')).toContain('"id": 2,\n    "status": "completed"')
    const rules = { valid_status: ['todo', 'doing', 'shipped'] }
    const listed = planOf({ rules, features: [{ id: 1, status: 'todo' }] })
    expect(after(listed.text, '1', 'finish')).toContain('"status": "shipped"')
    expect(after(listed.text, '1', 'start')).toContain('"status": "doing"')
    expect(after(listed.text, '1', 'start', 'finish', 'reopen')).toBe(listed.text)
  })

  test('in a flag and a status together, with every other byte as it was', () => {
    const text = '[{"id":1 , "status" :"pending",\t"passes":false, "note":"\\u00e9 pending"}]'
    expect(after(text, '1', 'finish')).toBe(
      text.replace(':"pending"', ':"done"').replace('false', 'true'),
    )
    expect(after(text, '1', 'finish', 'reopen')).toBe(text)
  })

  test('a start is written only if the file knows such a state', () => {
    const { text } = planOf([{ id: 1, status: 'pending' }])
    expect(after(text, '1', 'start')).toBe(text)
    const known = planOf([
      { id: 1, status: 'pending' },
      { id: 2, status: 'in_progress' },
    ])
    expect(states(planOf(after(known.text, '1', 'start')).plan)).toEqual(['1 doing', '2 doing'])
  })
})

test('a summary describes a task that has a title', () => {
  const { plan } = planOf([
    { id: 1, title: 'Sort lines', summary: 'By name or date.', status: 'spec_ready' },
    { id: 2, summary: 'Read files', status: 'ready_for_qa' },
  ])
  expect(plan.tasks.map(({ title, description }) => [title, description])).toEqual([
    ['Sort lines', 'By name or date.'],
    ['Read files', undefined],
  ])
  expect([states(plan), plan.problems]).toEqual([['1 open', '2 doing'], []])
})

describe('a problem is reported', () => {
  test('for a blocked task, which waits', () => {
    const { plan } = planOf([{ id: 1, status: 'blocked' }])
    expect(plan.problems).toEqual([
      expect.objectContaining({
        text: '1 is blocked. Set its status to pending when the cause is gone.',
        blocks: ['1'],
      }),
    ])
  })

  test('for an unknown status, unless the file lists it as valid', () => {
    const unknown = [{ id: 1, status: 'parked' }]
    expect(planOf(unknown).plan.problems.map(({ text }) => text)).toEqual([
      '1 has the status "parked", which has no known meaning, so the task counts as open.',
    ])
    expect(planOf({ allowed_statuses: ['parked'], features: unknown }).plan.problems).toEqual([])
  })

  test('for a flag and a status that contradict each other', () => {
    const { plan } = planOf([{ id: 1, passes: true, status: 'pending' }])
    expect(plan.problems.map(({ text }) => text)).toEqual([
      '1 is true in line 4 and "pending" here; the first one counts.',
    ])
  })

  test('a dropped task stays dropped, whatever its flag says', () => {
    expect(
      states(
        planOf([
          { id: 1, passes: false, status: 'deferred' },
          { id: 2, passes: false },
        ]).plan,
      ),
    ).toEqual(['1 other+open', '2 open'])
  })
})

describe('a file with the name of a plan that is not read', () => {
  const misread = (files: Record<string, string>) => jsonPlan.misread?.(memoryWorkspace(files))

  test.each([
    [
      'without states',
      '{"phases": [{"tasks": [{"id": 1, "name": "A"}, {"id": 2}]}]}',
      'prd.json may be the plan, but its 2 tasks have no state. Give every task a "passes": false or a "status": "pending".',
    ],
    [
      'without a list',
      '{"requirements": []}',
      'prd.json may be the plan, but is not read: The file has no "tasks".',
    ],
    ['with an empty list', '[]', 'prd.json has no tasks: the file has no objects.'],
    [
      'that is invalid',
      '{"features": [,]}',
      'prd.json may be the plan, but is not read: The file is not valid JSON at line 1.',
    ],
  ])('%s is named with what a plan has to have', (_, text, sentence) => {
    const files = { 'prd.json': text }
    expect(jsonPlan.features(memoryWorkspace(files))).toEqual([])
    expect(misread(files)).toEqual([expect.stringContaining(sentence)])
  })

  test('says nothing if it is a plan, or has another name', () => {
    expect(misread({ 'prd.json': '[{"passes": false}]' })).toEqual([])
    expect(misread({ 'data.json': '[]' })).toEqual([])
  })
})

test('a list in docs/plans is not a plan, because a plan there has a status', () => {
  const files = { 'docs/plans/records.json': '[{"id": 1, "passes": false}]' }
  expect(jsonPlan.features(memoryWorkspace(files))).toEqual([])
})
