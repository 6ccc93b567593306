import { describe, expect, test } from 'vitest'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import { brief, finished, planOf } from './fixture.ts'

const ids = (tasks: string, name = 'kiro') => planOf(name, tasks).tasks.map(({ id }) => id)
const unread = (tasks: string, name = 'kiro') =>
  planOf(name, tasks).problems.flatMap(({ isUnread, line }) => (isUnread === true ? [line] : []))

describe('a list with numbers', () => {
  test.each([
    ['a full stop', '- [ ] 1. Add', '1', 'Add'],
    ['two numbers', '- [ ] 1.2 Add', '1.2', 'Add'],
    ['a full stop behind two numbers', '- [ ] 1.2. Add', '1.2', 'Add'],
    ['an escaped full stop', '- [ ] 1\\. Add', '1', 'Add'],
    ['a bracket', '- [ ] 1) Add', '1', 'Add'],
    ['a bold number', '- [ ] **1.1**: Add', '1.1', 'Add'],
    ['a bold number with its full stop', '- [ ] **1.** Add', '1', 'Add'],
    ['a bold title', '- [ ] **1.1 Add**', '1.1', 'Add'],
    ['the word Task', '- [ ] Task 1: Add', '1', 'Add'],
    ['a parallel mark', '- [ ] 1.1 (P) Add', '1.1', 'Add'],
    ['another bullet', '* [X] 1.1 Add', '1.1', 'Add'],
    ['a plus', '+ [~] 1.1 Add', '1.1', 'Add'],
    ['an ordered list', '1. [ ] 1.1 Add', '1.1', 'Add'],
    ['a letter', '- [ ] 1.1a Add', '1.1a', 'Add'],
    ['a letter behind a full stop', '- [ ] 1.1.b Add', '1.1.b', 'Add'],
    ['a letter behind one number', '- [ ] 2b. Add', '2b', 'Add'],
    ['a bold number with a letter', '- [ ] **1.1a**: Add', '1.1a', 'Add'],
    ['a bold title with a letter', '- [ ] **1.1a Add**', '1.1a', 'Add'],
    ['a capital letter', '- [ ] Task 1.1B: Add', '1.1B', 'Add'],
  ])('is read with %s', (_, line, id, title) => {
    expect(planOf('kiro', `# Plan\n\n${line}\n`).tasks).toMatchObject([{ id, title }])
  })

  test.each(['2 tests for it', '2024-01-01 release', '3x faster', '1.5x faster', '2nd page'])(
    'does not take the number in "%s" for an id',
    title => {
      expect(planOf('kiro', `- [ ] ${title}\n`).tasks).toMatchObject([{ title }])
    },
  )

  test('is read ten levels deep, with tabs and with CRLF', () => {
    const lines = Array.from({ length: 10 }, (_, at) => {
      const id = Array.from({ length: at + 1 }, () => '1').join('.')
      return `${'\t'.repeat(at)}- [ ] ${at === 0 ? '1.' : id} Level ${at + 1}`
    })
    const plan = planOf('kiro', `# Plan\r\n\r\n${lines.join('\r\n')}\r\n`)
    expect(plan.tasks).toHaveLength(10)
    expect(plan.tasks.filter(({ parts }) => parts !== undefined)).toHaveLength(9)
    expect(plan.tasks[0]?.parts).toEqual(['1.1'])
  })

  test('has 20,000 tasks, and a file with more is refused', () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, at) => `- [ ] ${Math.floor(at / 100) + 1}.${at % 100} Add`)
    expect(planOf('openspec', list(20_000).join('\n')).tasks).toHaveLength(20_000)
    expect(() => planOf('openspec', list(20_001).join('\n'))).toThrow('20001 tasks')
  })

  test('names a number that is used twice with its line, and keeps both tasks distinct', () => {
    const plan = planOf('kiro', '- [x] 1. Add\n- [ ] 1. Add more\n  - [ ] 1.1 Part\n')
    expect(Object.keys(brief(plan, 'title'))).toEqual(['1', '1#2', '1.1'])
    expect(plan.tasks[1]?.parts).toEqual(['1.1'])
    expect(plan.problems).toContainEqual(
      expect.objectContaining({
        line: 2,
        text: expect.stringContaining('The id 1 is already used'),
      }),
    )
  })

  test('drops no line that looks like a task without a problem', () => {
    expect(unread('- [ ] 1. Add\n\nText.\n\n    - [ ] 1.1 Too far\n')).toEqual([5])
    expect(unread('- [ ] 1. Add\n- [ ] Without a number\n')).toEqual([2])
    expect(unread('- [ ] 1. Add\n- [ ]2. No space\n')).toEqual([2])
    expect(unread('- [ ] 1. Add\n- [?] 2. Strange\n')).toEqual([2])
    expect(unread('- [ ] 1. Add\n```\n- [ ] 2. An example\n```\n')).toEqual([])
  })

  test('takes every outermost box of a file without numbers, also in a checklist', () => {
    expect(ids('- [ ] Add\n  - [ ] Part\n- [x] Remove\n')).toEqual(['1.1', '1.2'])
    expect(ids('## Implementation Checklist\n- [ ] Add\n', 'openspec')).toEqual(['1.1'])
  })

  test('without any box is refused with the way to write one', () => {
    expect(() => planOf('kiro', '# Plan\n\n- Add\n')).toThrow(Unreadable)
    expect(() => planOf('kiro', '<!-- none yet -->\n')).toThrow('Write the tasks as "- [ ] 1. …"')
  })

  test('gives a heading that repeats a task the same mark', () => {
    const text = '- [ ] 1.1 Add\n\n## Details\n\n#### [ ] 1.1 Add\n\nHow.\n'
    expect(finished('spec-workflow', text, '1.1')).toBe(text.replaceAll('[ ]', '[x]'))
    expect(unread(text, 'spec-workflow')).toEqual([])
  })
})

describe('sub-tasks', () => {
  const NESTED = '- [ ] 1. Data\n  - [ ] 1.1 Model\n  - [ ]* 1.2 Tests\n- [ ] 2. Page\n'

  test.each([NESTED, NESTED.replaceAll('  - ', '- ')])('make their task a group: %j', text => {
    expect(brief(planOf('kiro', text), 'parts', 'optional', 'kind')).toMatchObject({
      '1': [['1.1', '1.2'], undefined, 'check'],
      '1.1': [undefined, undefined, 'build'],
      '1.2': [undefined, true, expect.any(String)],
    })
  })

  test('tick their group with the last one that is needed, and nothing else', () => {
    expect(finished('kiro', NESTED, '1.1')).toBe(
      NESTED.replace('[ ] 1.', '[x] 1.').replace('[ ] 1.1', '[x] 1.1'),
    )
    const two = NESTED.replace('[ ]*', '[ ]')
    expect(finished('kiro', two, '1.1')).toBe(two.replace('[ ] 1.1', '[x] 1.1'))
  })

  test('leave a task with optional sub-tasks alone a task', () => {
    const plan = planOf('kiro', '- [ ] 1. Add\n  - How.\n  - [ ]* 1.1 Tests\n')
    expect(plan.tasks[0]).not.toHaveProperty('parts')
  })

  test.each(['[ ]* 1.1 Tests', '[x]\\* 1.1 Tests', '[ ] 1.1* Tests'])(
    'are optional in "%s"',
    line => {
      const plan = planOf('kiro', `- [ ] 1. Add\n- ${line}\n`)
      expect(plan.tasks[1]).toMatchObject({ id: '1.1', title: 'Tests', optional: true })
    },
  )
})

describe('a number with a letter', () => {
  test('is a task of its own beside the number without it', () => {
    const plan = planOf(
      'openspec',
      '- [ ] 1.1 Add\n- [ ] 1.1a Check\n- [ ] 1.1b List\n- [ ] 1.2 Sort\n',
    )
    expect(brief(plan, 'title', 'parts')).toEqual({
      '1.1': ['Add', undefined],
      '1.1a': ['Check', undefined],
      '1.1b': ['List', undefined],
      '1.2': ['Sort', undefined],
    })
    expect(unread('- [ ] 1.1 Add\n- [ ] 1.1a Check\n')).toEqual([])
  })

  test('is a part of the number without it if it stands inside that task, and of its group otherwise', () => {
    const nested =
      '- [ ] 1. Data\n  - [ ] 1.1 Add\n    - [ ] 1.1a Save\n    - [ ] 1.1b Load\n  - [ ] 1.2 Sort\n'
    expect(brief(planOf('kiro', nested), 'parts')).toMatchObject({
      '1': [['1.1', '1.2']],
      '1.1': [['1.1a', '1.1b']],
    })
    const flat = '- [ ] 1. Data\n- [ ] 1.1 Add\n- [ ] 1.1a Save\n- [ ] 2. Page\n- [ ] 2a. Form\n'
    expect(brief(planOf('kiro', flat), 'parts')).toMatchObject({
      '1': [['1.1', '1.1a']],
      '2': [undefined],
    })
  })

  test('may be what another task depends on', () => {
    const plan = planOf(
      'kiro',
      '- [ ] 1.1 Add\n- [ ] 1.1a Save\n- [ ] 1.2 Load\n  - _Depends: 1.1a_\n',
    )
    expect(brief(plan, 'dependsOn')).toMatchObject({ '1.2': [['1.1a']] })
  })

  test('is marked alone', () => {
    const text = '- [ ] 1.1 Add\n- [ ] 1.1a Save\n- [ ] 1.2 Load\n'
    expect(finished('openspec', text, '1.1a')).toBe(text.replace('[ ] 1.1a', '[x] 1.1a'))
  })
})

describe('a task that is struck out', () => {
  const states = (line: string, name = 'kiro') =>
    planOf(name, `- [ ] 1.1 Add\n${line}\n- [ ] 1.3 Load\n`).tasks.map(({ id, title, markers }) =>
      [id, title, markers[0]?.state].join(' '),
    )

  test.each([
    ['- [ ] ~~1.2 Save~~', 'other'],
    ['- [-] ~~1.2 Save~~', 'other'],
    ['- [ ] 1.2 ~~Save~~', 'other'],
    ['- [ ] **~~1.2 Save~~**', 'other'],
    ['- [ ] ~~**1.2** Save~~', 'other'],
    ['- ~~[ ] 1.2 Save~~', 'other'],
    ['~~- [ ] 1.2 Save~~', 'other'],
    ['~~1. [ ] 1.2 Save~~', 'other'],
    // Many people strike out what is done.
    ['- [x] ~~1.2 Save~~', 'done'],
    ['- [x] 1.2 ~~Save~~', 'done'],
    ['- ~~[x] 1.2 Save~~', 'done'],
    ['~~- [x] 1.2 Save~~', 'done'],
  ])('is dropped unless it is ticked, and stays visible: %s', (line, state) => {
    for (const name of ['kiro', 'openspec', 'spec-workflow'])
      expect(states(line, name)).toEqual(['1.1 Add open', `1.2 Save ${state}`, '1.3 Load open'])
    expect(unread(`- [ ] 1.1 Add\n${line}\n- [ ] 1.3 Load\n`)).toEqual([])
  })

  test.each([
    ['- [ ] ~~1.2 Save~~ cancelled', 'Save cancelled'],
    ['- [ ] ~~1.2 Save~~ (not needed)', 'Save (not needed)'],
    ['- [ ] 1.2 ~~Save~~ **N/A — the store is gone**', 'Save N/A — the store is gone'],
    ['- [ ] 1.2 ~~Save~~ — removed', 'Save — removed'],
  ])('may have a remark behind it: %s', (line, title) => {
    expect(states(line)[1]).toBe(`1.2 ${title} other`)
  })

  test('is not dropped if only a part of its title is, or if a new title follows', () => {
    expect(states('- [ ] 1.2 Save ~~twice~~ once')[1]).toBe('1.2 Save once open')
    expect(states('- [ ] 1.2 ~~Save as XML~~ Save as JSON')[1]).toBe('1.2 Save as JSON open')
    expect(states('- [x] 1.2 ~~Save as XML~~ Save as JSON')[1]).toBe('1.2 Save as JSON done')
  })

  test('is nothing that its group waits for, and its box stays as it is', () => {
    const text = '- [ ] 1. Data\n- [ ] 1.1 Add\n- [ ] ~~1.2 Save~~\n'
    expect(finished('kiro', text, '1.1')).toBe(
      text.replace('[ ] 1.', '[x] 1.').replace('[ ] 1.1', '[x] 1.1'),
    )
    const step = '- [ ] 1.1 Add\n  - [ ] save\n  - [ ] ~~load~~\n- [ ] 1.2 List\n'
    expect(finished('openspec', step, '1.1')).toBe(
      step.replace('[ ] 1.1', '[x] 1.1').replace('[ ] save', '[x] save'),
    )
  })
})
