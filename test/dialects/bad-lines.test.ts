import { describe, expect, test } from 'vitest'
import { Unreadable } from '../../src/dialects/dialect.ts'
import { dialects } from '../../src/dialects/index.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'

type Files = Record<string, string>

const NUMBERED: Files = {
  openspec: 'openspec/changes/a/tasks.md',
  kiro: '.kiro/specs/a/tasks.md',
  'spec-workflow': '.spec-workflow/specs/a/tasks.md',
}
const PLAN = 'docs/superpowers/plans/a.md'
const JSON_TASKS = '.taskmaster/tasks/tasks.json'
const DIR = '_bmad-output/implementation-artifacts'
const SPRINT = `${DIR}/sprint-status.yaml`
const CARD = 'backlog/tasks/task-1 - a.md'
const CRITERIA = '## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [ ] #1 x\n<!-- AC:END -->\n'

function card(front: string, body = CRITERIA): string {
  return `---\nid: TASK-1\ntitle: a\n${front}---\n\n${body}`
}

function story(tasks: string): Files {
  const text = `# Story 1.1: A\n\nStatus: in-progress\n\n## Tasks / Subtasks\n\n${tasks}`
  return { [`${DIR}/1-1-a.md`]: text, [SPRINT]: 'development_status:\n  1-1-a: in-progress\n' }
}

function levels(count: number, lineOf: (depth: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${'  '.repeat(at)}${lineOf(at)}\n`).join('')
}

/** How many tasks are read, and the problems with their file and line; or the refusal. Missing documents do not matter here. */
function answerOf(name: string, files: Files): string[] {
  const dialect = dialects.find(one => one.name === name)
  const reader = memoryWorkspace(files)
  const [candidate] = dialect?.features(reader) ?? []
  if (dialect === undefined || candidate === undefined) throw new Error(`no feature of ${name}`)
  try {
    const { tasks, problems } = dialect.read(reader, candidate)
    const named = problems.filter(({ text }) => !/is missing/.test(text))
    return [
      String(tasks.length),
      ...named.map(({ path, line, text }) => `${path.split('/').at(-1)}:${line} ${text}`),
    ]
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return [`refused ${error.path.split('/').at(-1)}:${error.line} ${error.message}`]
  }
}

/** Texts that match these patterns. */
function matching(patterns: readonly RegExp[]): unknown[] {
  return patterns.map(pattern => expect.stringMatching(pattern))
}

describe.each(Object.entries(NUMBERED))('%s', (name, path) => {
  test.each<[string, string, readonly RegExp[]]>([
    [
      'ids of spec-kit beside numbers',
      '- [ ] 1.1 a\n- [ ] 1.2 b\n## Phase 2\n- [ ] T001 c\n- [ ] T002 d\n',
      [/^2$/, /^tasks\.md:4 2 boxes in the lines 4 to 5 have no id/],
    ],
    [
      'numbers beside more ids of spec-kit',
      '- [ ] 1.1 a\n## Phase 2\n- [ ] T001 c\n- [ ] T002 d\n- [ ] T003 e\n',
      [/^3$/, /^tasks\.md:1 The box here has no id/],
    ],
    [
      'headings of a plan in another style',
      '- [ ] 1.1 a\n\n### Task 3: Write it\n\n- text\n\n### Task 1.1: More about a\n',
      [/^1$/, /^tasks\.md:3 "Task 3: Write it" looks like a task/],
    ],
    [
      'a number twice',
      '- [ ] 1.1 a\n- [x] 1.1 b\n',
      [
        /^2$/,
        /^tasks\.md:2 The id 1\.1 is already used.*Line 1 has "\[ \]", this line has "\[x\]"/,
      ],
    ],
    [
      'unknown signs',
      '- [?] 1.1 a\n- [WIP] 1.2 b\n',
      [/^2$/, /^tasks\.md:1 The sign \[\?\]/, /^tasks\.md:2 The sign \[WIP\]/],
    ],
    [
      'ten levels',
      levels(
        10,
        at =>
          `- [ ] ${Array(at + 1)
            .fill(1)
            .join('.')}. x`,
      ),
      [/^10$/],
    ],
    ['too many tasks', '- [ ] 1.1 a\n'.repeat(20_001), [/^refused tasks\.md:1 .*20001 tasks/]],
  ])('%s', (_, text, answer) => {
    expect(answerOf(name, { [path]: text })).toEqual(matching(answer))
  })
})

test.each<[string, string, Files, readonly RegExp[]]>([
  [
    'checklist',
    'all styles in one file',
    { [PLAN]: '## Phase 1: A\n- [ ] T001 a\n- [ ] 1.1 b\n### Task 3: C\n- [ ] Step\n' },
    [/^3$/],
  ],
  [
    'checklist',
    'a stage and a box',
    { [PLAN]: '## Stage 1: A\nStatus: Perhaps\n## Stage 2: B\n- [ ] c\n' },
    [/^2$/, /^a\.md:2 The status "Perhaps" has no known meaning/],
  ],
  [
    'checklist',
    'an id twice',
    { [PLAN]: '- [ ] T001 a\n- [x] T001 b\n' },
    [/^2$/, /^a\.md:2 The number T001 is already used in line 1/],
  ],
  [
    'task-master',
    'the stories of a JSON plan beside its tasks',
    {
      [JSON_TASKS]:
        '{"master": {"tasks": [{"id": 1, "title": "a", "status": "pending"}]},\n"userStories": [{"id": "US-1", "passes": false}]}',
    },
    [/^1$/, /^tasks\.json:2 "userStories" is not a tag, so its 1 task is not read/],
  ],
  [
    'task-master',
    'tasks of the earlier version beside tags',
    {
      [JSON_TASKS]:
        '{"master": {"tasks": [{"id": 1, "title": "a"}]},\n"tasks": [{"id": 2, "status": "done"}]}',
    },
    [/^1$/, /^tasks\.json:2 "tasks" is not a tag/],
  ],
  [
    'task-master',
    'an id twice, once as text',
    { [JSON_TASKS]: '{"tasks": [{"id": 1, "title": "a"},\n{"id": "1", "title": "b"}]}' },
    [/^2$/, /^tasks\.json:2 The id 1 is already used/],
  ],
  [
    'task-master',
    'JSON with comments',
    { [JSON_TASKS]: '{\n// no\n"tasks": [{"id": 1}]}' },
    [/^refused tasks\.json:2 The file is not valid JSON at line 2/],
  ],
  [
    'backlog',
    'tasks of BMAD in a card',
    { [CARD]: card('status: To Do\n', `${CRITERIA}\n## Tasks\n- [ ] Task 1: b\n- [x] c\n`) },
    [/^1$/, /^task-1 - a\.md:13 1 box from here on is in no section that Backlog\.md reads/],
  ],
  [
    'backlog',
    'the number of a criterion twice',
    { [CARD]: card('status: To Do\n', CRITERIA.replace('x\n', 'x\n- [x] #1 y\n')) },
    [/^1$/, /^task-1 - a\.md:10 The number #1 is already used above/],
  ],
  [
    'backlog',
    'an unknown status',
    { [CARD]: card('status: Perhaps\n') },
    [/^1$/, /^task-1 - a\.md:4 TASK-1 has the status "Perhaps"/],
  ],
  [
    'backlog',
    'YAML that does not parse',
    { [CARD]: card('status: [To Do\n'), 'backlog/config.yml': 'statuses: [' },
    [/^refused task-1 - a\.md:\d+ The file is not valid YAML/],
  ],
  [
    'bmad',
    'ids of spec-kit beside numbers',
    story('- [ ] T001 a\n- [ ] Task 2: b\n- [ ] c\n'),
    [/^3$/],
  ],
  [
    'bmad',
    'a number twice, with and without zeros',
    story('- [ ] T001 a\n- [x] Task 1: b\n'),
    [/^2$/, /^1-1-a\.md:8 The id 1 is already used/],
  ],
  ['bmad', 'an unknown sign', story('- [?] a\n'), [/^1$/, /^1-1-a\.md:7 The sign \[\?\]/]],
  ['bmad', 'ten levels', story(levels(10, at => `- [ ] Level ${at}`)), [/^1$/]],
  [
    'bmad',
    'too many tasks',
    story('- [ ] a\n'.repeat(20_001)),
    [/^refused 1-1-a\.md:1 .*20001 tasks/],
  ],
  [
    'bmad',
    'a status file in another layout',
    { ...story('- [ ] a\n'), [SPRINT]: 'epics:\n  epic-1:\n    status: done\n' },
    [/^refused sprint-status\.yaml:1 The file has no map "development_status"/],
  ],
])('%s: %s', (name, _, files, answer) => {
  expect(answerOf(name, files)).toEqual(matching(answer))
})

test('task-master says that it does not know the current tag if state.json does not parse', () => {
  const dialect = dialects.find(({ name }) => name === 'task-master')
  const tags = { master: { tasks: [{ id: 1 }] }, next: { tasks: [{ id: 1 }] } }
  const active = (state: string) =>
    dialect?.active(
      memoryWorkspace({ [JSON_TASKS]: JSON.stringify(tags), '.taskmaster/state.json': state }),
    )
  expect(active('{"currentTag": "next"}')).toMatchObject({ found: { id: 'next' } })
  expect(active('{ // no\n"currentTag": "next"}')).toMatchObject({
    found: { id: 'master' },
    doubt: expect.stringContaining('.taskmaster/state.json is not valid JSON'),
  })
})

test('spec-workflow names an approval that is not valid JSON', () => {
  const dialect = dialects.find(({ name }) => name === 'spec-workflow')
  const approval = '.spec-workflow/approvals/a/approval_1.json'
  const reader = memoryWorkspace({
    [NUMBERED['spec-workflow'] ?? '']: '- [ ] 1. a\n',
    [approval]: '{ // no\n"status": "approved"}',
  })
  const [candidate] = dialect?.features(reader) ?? []
  const plan = candidate && dialect?.read(reader, candidate)
  expect(plan && dialect?.readiness?.(reader, plan)).toMatchObject({
    ready: false,
    fact: expect.stringContaining(`${approval} is not valid JSON`),
  })
})
