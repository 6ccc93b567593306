import { describe, expect, test } from 'vitest'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import { plan, readText, TASKS } from './fixture.ts'
import { ids, states, task } from '../plan-queries.ts'

describe('checkboxes with a table below', () => {
  const read = plan('boxes.md')

  test('are tasks, but examples, sign-offs and other tables are not', () => {
    expect(ids(read)).toEqual(['T-1.1', 'T-1.2', 'T-1.3', 'T-2.1', 'T-2.2', 'T-2.3'])
  })

  test('have their box as first marker and their table cell as second', () => {
    expect(states(read)).toContain('T-1.1 done+done')
    expect(task(read, 'T-1.2').markers.map(({ text }) => text)).toEqual(['[ ]', 'pending'])
  })

  test('have phases, fields and tags', () => {
    expect(read.phases.map(({ name, tasks }) => [name, tasks.length])).toEqual([
      ['Group 1: Foundation', 3],
      ['Group 2: Wiring', 3],
    ])
    expect(task(read, 'T-1.2')).toMatchObject({
      title: 'Count what is left',
      files: ['src/budget.ts', 'tests/budget.test.ts'],
      parallel: true,
      acceptance: ['an empty budget refuses'],
      description:
        'Spending takes one off. Nothing goes below zero:\nat zero, spending throws\na refill never goes over the limit',
    })
    expect(task(read, 'T-1.3').parallel).toBe(true)
  })

  test('depend on the lists, ranges and groups that they name, except in other features', () => {
    expect(task(read, 'T-1.2').dependsOn).toEqual(['T-1.1'])
    expect(task(read, 'T-2.1').dependsOn).toEqual(['T-1.1', 'T-1.2', 'T-1.3'])
    expect(task(read, 'T-2.2').dependsOn).toEqual(['T-2.1'])
    expect(task(read, 'T-2.3').dependsOn).toEqual(['T-2.1', 'T-2.2'])
    expect(read.order).toBe('dependencies')
  })

  test('have the kind that their tags require', () => {
    const kinds = read.tasks.map(({ id, kind }) => `${id} ${kind}`)
    expect(kinds).toEqual([
      'T-1.1 check',
      'T-1.2 build',
      'T-1.3 build',
      'T-2.1 build',
      'T-2.2 cover',
      'T-2.3 check',
    ])
    expect(task(read, 'T-1.2').kindReason).toBe('it has the tag [T]: test first')
    expect(task(read, 'T-2.3').kindReason).toBe('it has the tag [DOC]')
  })

  test('have no problem except missing documents', () => {
    expect(read.problems.map(({ text }) => text)).toEqual([
      '.specify/specs/f-7-retry/spec.md is missing. Run `specflow specify F-7` first.',
      '.specify/specs/f-7-retry/plan.md is missing. Run `specflow plan F-7` first.',
    ])
  })
})

describe('headings with a table above', () => {
  const read = plan('headings.md')

  test('have their state in the table', () => {
    expect(states(read)).toEqual([
      'T-1.1 done',
      'T-1.2 open',
      'T-1.3 open',
      'T-2.1 open',
      'T-2.2 other',
      'T-10.1 open',
    ])
  })

  test('have fields, acceptance and dependencies of every form', () => {
    expect(task(read, 'T-1.1')).toMatchObject({
      title: 'Budget value object',
      dependsOn: [],
      files: ['src/retry/budget.ts', 'src/retry/budget.test.ts'],
      description: 'A counter that cannot be changed',
    })
    expect(task(read, 'T-1.2')).toMatchObject({
      dependsOn: ['T-1.1'],
      acceptance: ['A refill comes once a second', 'A stopped clock refills nothing'],
    })
    expect(task(read, 'T-2.1').dependsOn).toEqual(['T-1.1', 'T-1.2', 'T-1.3'])
    expect(task(read, 'T-2.2').dependsOn).toEqual(['T-1.1', 'T-1.2', 'T-1.3'])
    expect(task(read, 'T-10.1').dependsOn).toEqual(['T-1.1', 'T-1.2', 'T-1.3', 'T-2.1', 'T-2.2'])
  })

  test('need no test if the Test field says so', () => {
    expect(task(read, 'T-1.3')).toMatchObject({
      kind: 'check',
      kindReason: 'its Test field says "none (types only)"',
      parallel: true,
    })
  })
})

describe('other forms', () => {
  test('may have several forms of ids, in boxes and in a table with other headers', () => {
    const read = plan('mixed.md')
    expect(states(read)).toEqual([
      'T-001 done+done',
      'T-002 open+open',
      'T-25.1 open+open',
      'T-003 open+other',
    ])
    expect(task(read, 'T-25.1')).toMatchObject({
      title: 'Print the names',
      dependsOn: ['T-001', 'T-002'],
    })
    expect(read.problems.map(({ text }) => text)).toContain(
      'T-003 is "[ ]" in line 12 and "SKIP" here; the first one counts.',
    )
  })

  test('may be numbered headings without a state', () => {
    const read = plan('minutes.md')
    expect(read.tasks.map(({ id, markers }) => [id, markers.length])).toEqual([
      ['1', 0],
      ['2', 0],
      ['3', 0],
      ['4', 0],
    ])
    expect(task(read, '2')).toMatchObject({ parallel: true, dependsOn: ['1'] })
    expect(task(read, '4')).toMatchObject({ dependsOn: ['1', '2', '3'], kind: 'cover' })
  })

  test('may have been saved in the wrong encoding', () => {
    expect(states(plan('mojibake.md'))).toEqual(['T-1.1 done', 'T-1.2 open', 'T-1.3 open'])
  })
})

describe('a file that contradicts itself', () => {
  test('is read by its boxes, and the contradictions are reported', () => {
    const read = readText(
      '---\ncompleted: 3\n---\n## Group 1: A\n- [x] **T-1.1** B [T]\n\n| Task | Status |\n|--|--|\n| T-1.1 | pending |\n\n| Group | Tasks | Completed |\n|--|--|--|\n| Group 1 | 1 | 0 |\n',
    )
    expect(task(read, 'T-1.1').markers[0]?.state).toBe('done')
    expect(read.problems.slice(2).map(({ line, text }) => `${line} ${text}`)).toEqual([
      '9 T-1.1 is "[x]" in line 5 and "pending" here; the first one counts.',
      '2 "completed" is 3, but 1 of 1 task is marked done.',
      '13 "Group 1" counts 0 finished tasks, but 1 of 1 task is marked done.',
    ])
  })
})

describe('dependencies', () => {
  test.each([
    ['T-1.1, T-1.2', ['T-1.1', 'T-1.2']],
    ['T-1.1-T-1.3', ['T-1.1', 'T-1.2', 'T-1.3']],
    ['T-1.1 – T-1.3', ['T-1.1', 'T-1.2', 'T-1.3']],
    ['T-1.1-1.3', ['T-1.1', 'T-1.2', 'T-1.3']],
    ['T-1.x', ['T-1.1', 'T-1.2', 'T-1.3']],
    ['T-1.2 (write tests first, see T-1.3)', ['T-1.2']],
    ['F-001 complete', []],
    ['T-1.1 of F-3', []],
    ['none', []],
    ['-', []],
    ['T-1.3; blocks T-1.1', ['T-1.3']],
    ['T-9.9', ['T-9.9']],
  ])('%s', (value, expected) => {
    const first = ['T-1.1', 'T-1.2', 'T-1.3'].map(id => `### ${id}: A [T]`)
    const text = [...first, '### T-2.1: B [T]', `- **Dependencies:** ${value}`].join('\n')
    expect(task(readText(`## Group 1: A\n${text}\n`), 'T-2.1').dependsOn).toEqual(expected)
  })

  test('on unknown tasks are a problem that blocks', () => {
    const { problems } = readText('### T-2.1: B [T]\n- **Dependencies:** T-9.9\n')
    expect(problems.at(-1)?.blocks).toEqual(['T-2.1'])
  })
})

test('a file without tasks is refused with the command that creates them', () => {
  expect(() => readText('# Nothing\n')).toThrow(
    new Unreadable(
      TASKS,
      1,
      'The file has no tasks. Run `specflow tasks F-7` to create the tasks.',
    ),
  )
})
