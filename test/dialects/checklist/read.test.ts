import { describe, expect, test } from 'vitest'
import { checklist } from '../../../src/dialects/checklist/checklist.ts'
import { Unreadable, Unsupported } from '../../../src/dialects/dialect.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { afterDone, PLAN, read } from './fixture.ts'

describe('boxes of a checklist', () => {
  test.each([
    ['dashes', '- [ ] Write a\n- [x] Write b\n'],
    ['stars', '* [ ] Write a\n* [X] Write b\n'],
    ['numbers', '1. [ ] Write a\n2. [x] Write b\n'],
    ['plus signs', '+ [ ] Write a\n+ [x] Write b\n'],
    ['Windows line endings', '- [ ] Write a\r\n- [x] Write b\r\n'],
    ['a byte order mark', '\u{feff}- [ ] Write a\n- [x] Write b'],
  ])('with %s are tasks', (_, text) => {
    const { tasks, problems } = read(text)
    expect(tasks.map(({ id, title, markers }) => [id, title, markers[0]?.state])).toEqual([
      ['1-write-a', 'Write a', 'open'],
      ['2-write-b', 'Write b', 'done'],
    ])
    expect(problems).toEqual([])
    expect(afterDone(text, '1-write-a')).toBe(text.replace('[ ]', /X/.test(text) ? '[X]' : '[x]'))
  })

  test('have the number or id that the author wrote in their id, and not in their title', () => {
    const { tasks } = read('- [ ] 1.2 Write a\n- [ ] **3.** Write b\n- [ ] T004: Write c\n')
    expect(tasks.map(({ id, title }) => [id, title])).toEqual([
      ['1.2-write-a', 'Write a'],
      ['3-write-b', 'Write b'],
      ['T004-write-c', 'Write c'],
    ])
  })

  test('may be symbols in a list with empty ones, and decorate other lists and headings', () => {
    const text = '### ❌ A\n- ☐ One\n- ☑ Two\n- ✅ Three\n'
    expect(read(text).tasks.map(({ title }) => title)).toEqual(['One', 'Two', 'Three'])
    expect(afterDone(text, '1-one')).toBe(text.replace('☐', '☑'))
    expect(read('- [ ] One\n- ✅ Done before\n').tasks).toHaveLength(1)
  })

  test('that are symbols are still boxes when the last empty one is ticked', () => {
    const text = '- ⬜ One\n- ✅ Two\n- ⬜ Three\n'
    const done = afterDone(text, '1-one', '3-three')
    expect(done).toBe('- ✅ One\n- ✅ Two\n- ☑ Three\n')
    expect(read(done).tasks).toHaveLength(3)
    expect(read(afterDone('- ⬜ A\n  - ⬜ B\n', '2-b')).tasks).toHaveLength(2)
  })

  test('in scripts without Latin letters have their position as id', () => {
    expect(read('- [ ] 编写代码\n- [ ] テスト\n').tasks.map(({ id }) => id)).toEqual(['1', '2'])
  })

  test('are grouped by headings, and their order decides', () => {
    const { phases, tasks, order } = read('# P\n## A\n- [ ] One\n## B\n- [ ] Two\n- [ ] Three\n')
    expect(phases.map(({ name, tasks: ids }) => [name, ids])).toEqual([
      ['A', ['1-one']],
      ['B', ['2-two', '3-three']],
    ])
    expect(tasks.flatMap(({ dependsOn }) => dependsOn)).toEqual([])
    expect(order ?? 'file').toBe('file')
  })

  test('in boxes are parts of a group, ten levels deep', () => {
    const text = Array.from({ length: 10 }, (_, at) => `${'  '.repeat(at)}- [ ] Level ${at}\n`)
    const { tasks } = read(text.join(''))
    expect(tasks.map(({ parts }) => parts?.length ?? 0)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    expect(afterDone(text.join(''), '10-level-9')).toBe(text.join('').replaceAll('[ ]', '[x]'))
  })

  test('below a heading with a box are parts of it, and the next heading ends it', () => {
    const { tasks } = read('## [ ] A\n- [ ] One\n- [ ] Two\n## B\n- [ ] Three\n')
    expect(tasks.map(({ title, parts }) => [title, parts])).toEqual([
      ['A', ['2-one', '3-two']],
      ['One', undefined],
      ['Two', undefined],
      ['Three', undefined],
    ])
  })

  test('in code blocks, in comments and in front matter are not tasks', () => {
    const text =
      '---\na: "- [ ] no"\n---\n- [ ] One\n```\n- [ ] no\n```\n  ~~~\n  - [ ] no\n  ~~~\n<!--\n- [ ] no\n-->\n'
    expect(read(text)).toMatchObject({ tasks: [{ title: 'One' }], problems: [] })
  })

  test('below a label in a task are its acceptance criteria', () => {
    const { tasks } = read('- [ ] One in src/a.js\n  - Acceptance criteria:\n    - [ ] Works\n')
    expect(tasks).toMatchObject([{ acceptance: ['Works'], files: ['src/a.js'] }])
  })
})

describe('a line that looks like a task and is not read as one', () => {
  test.each([
    ['a box without a bullet', '[ ] Two', '"[ ] Two" looks like a task'],
    ['an escaped box', '- \\[ ] Two', 'looks like a task'],
    ['a box in a quotation', '> - [ ] Two', 'looks like a task'],
    ['a box in a table', '| [ ] | Two |', 'boxes in tables are not read'],
    ['a criterion', '## Acceptance criteria\n- [ ] Two', 'read as acceptance criteria'],
    ['a cross', '- ❌ Two', '1 line from here on begins with ❌'],
    ['a sign of work in progress', '- ☐ Three\n- 🔄 Two', '1 line from here on begins with 🔄'],
    ['an unknown sign', '- [?] Two', 'The sign [?] has no known meaning'],
    ['a box without words', '- [ ]', 'This box has no words'],
    ['an indented box', '\n      - [ ] Two', 'Markdown reads it as code'],
  ])('is named: %s', (_, line, text) => {
    const source = `# P\n\n- [ ] One\n\n\n${line}\n`
    const found = read(source).problems
    const last = source.trimEnd().split('\n').length
    expect(found).toEqual([
      { path: 'PLAN.md', line: last, text: expect.stringContaining(text), isUnread: true },
    ])
  })

  test('in a file with criteria alone is a task, so that the plan is not empty', () => {
    expect(read('# P\n## Definition of done\n- [ ] One\n').tasks).toHaveLength(1)
  })
})

describe('a file that is not a plan', () => {
  test.each([
    ['has no box', '# Plan\n\nText.\n', 1, /has no box.*"- \[ \] …"/],
    ['is empty', '', 1, /has no box/],
    ['has only a box in a table', '# P\n| [ ] | One |\n', 2, /No task was found.*table/],
    ['has an unclosed code block', '```\n- [ ] One\n', 1, /never closed and hides a box/],
  ])('is refused with its line if it %s', (_, text, line, message) => {
    const reading = () => read(text)
    expect(reading).toThrow(Unreadable)
    expect(reading).toThrow(message)
    expect(reading).toThrow(expect.objectContaining({ line }))
  })

  test('is refused if it is missing', () => {
    expect(() => checklist.read(memoryWorkspace({}), PLAN)).toThrow(/The file is missing/)
  })

  test('has at most 20,000 boxes', () => {
    const { tasks } = read('- [ ] Write\n'.repeat(2_000))
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(2_000)
    expect(() => read('- [ ] Write\n'.repeat(20_001))).toThrow(Unsupported)
  })
})

describe('two tasks', () => {
  test('with the same words in one group are named with both lines', () => {
    const { problems, tasks } = read('## A\n- [ ] Test\n- [x] Test\n## B\n- [ ] Test\n')
    expect(problems).toMatchObject([{ line: 3, text: expect.stringContaining('line 2') }])
    expect(problems[0]?.text).toContain('Line 2 has "[ ]", this line has "[x]"')
    expect(tasks.map(({ id }) => id)).toEqual(['1-test', '2-test', '3-test'])
  })

  test('with the same number are named, and have their words in their ids', () => {
    const { problems, tasks } = read('### Task 1: Read\n- [ ] a\n### Task 1: Write\n- [ ] b\n')
    expect(tasks.map(({ id }) => id)).toEqual(['1-read', '1-write'])
    expect(problems).toMatchObject([{ line: 3, text: expect.stringContaining('line 1') }])
  })
})
