import { describe, expect, test } from 'vitest'
import { CANDIDATE, readText, memoryWorkspace } from '../../kit/memory-workspace.ts'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import { rowsOf } from '../../../src/dialects/markdown.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'
import { parseTasks } from '../../../src/dialects/task-list/parse-tasks.ts'
import { taskEntries } from '../../../src/dialects/task-list/task-entries.ts'
import { countReads } from '../../plan/count-reads.ts'
import { plan } from './fixture.ts'
import { ids, states, task } from '../plan-queries.ts'

test.each([
  ['- [ ] ~~T002~~ T003 Add parser', 'T003', 'Add parser', 'open'],
  ['- [ ] **~~T002~~ T003** Add parser', 'T003', 'Add parser', 'open'],
  ['- [ ] T003 ~~S3~~ GCS upload', 'T003', 'GCS upload', 'open'],
  ['- [ ] T003 Add ~~MD5~~ SHA-256 hashes', 'T003', 'Add SHA-256 hashes', 'open'],
  ['- [ ] ~~T003~~ Add parser for T004', 'T003', 'Add parser for T004', 'other'],
  ['- [ ] ~~T003 Add parser~~', 'T003', 'Add parser', 'other'],
])('a struck word in %s', (line, id, title, state) => {
  const [, last] = readText(`# Tasks\n\n## Phase 1: A\n\n- [ ] T001 Add a\n${line}\n`).tasks
  expect([last?.id, last?.title, last?.markers[0]?.state]).toEqual([id, title, state])
})

describe('a file from the current template', () => {
  const stories = plan('stories.md')

  test('has its tasks in file order, without boxes of legends, examples and acceptance criteria', () => {
    expect(ids(stories)).toEqual(
      Array.from({ length: 17 }, (_, at) => `T${String(at + 1).padStart(3, '0')}`),
    )
  })

  test('has its phases with their exact names', () => {
    expect(
      stories.phases.map(({ name, category, tasks }) => [name, category, tasks.length]),
    ).toEqual([
      ['Phase 1: Setup (Shared Infrastructure)', 'setup', 2],
      ['Phase 2: Foundational (Blocking Prerequisites)', 'core', 2],
      ['Phase 3: User Story 1 - Check out a book (Priority: P1) 🎯 MVP', 'work', 5],
      ['Phase 4: User Story 2 - Return a book [P1]', 'work', 3],
      ['Phase N: Polish & Cross-Cutting Concerns', 'polish', 5],
    ])
  })

  test('distinguishes done, open, started and deferred tasks', () => {
    expect(states(stories).slice(8, 12)).toEqual([
      'T009 open',
      'T010 open',
      'T011 doing',
      'T012 other',
    ])
  })

  test('reads [P] as parallel and [P1] as a priority', () => {
    expect(stories.tasks.filter(({ parallel }) => parallel).map(({ id }) => id)).toEqual([
      'T002',
      'T004',
      'T005',
      'T006',
      'T007',
      'T011',
      'T013',
      'T014',
    ])
  })

  test('has titles without marks, ids, markers and markup', () => {
    expect(task(stories, 'T001').title).toBe(
      'Create the package in pyproject.toml and src/library/__init__.py',
    )
    expect(task(stories, 'T002').title).toBe('Configure ruff in ruff.toml')
    expect(task(stories, 'T010').title).toBe('Implement returns in src/library/counter.py')
  })

  test('has the story, description and acceptance criteria of a task', () => {
    const context = task(stories, 'T008')
    expect(context.story).toBe('US1')
    expect(context.description).toBe('a copy that is out cannot be checked out again')
    expect(context.acceptance).toEqual(['the due date is fourteen days ahead'])
  })

  test('has its first heading as title', () => {
    expect(stories.feature.title).toBe('Library counter')
  })

  test('gives each task a kind and a reason', () => {
    const of = (kind: string) => stories.tasks.filter(one => one.kind === kind).map(({ id }) => id)
    expect(of('check')).toEqual(['T001', 'T002', 'T014', 'T015', 'T016'])
    expect(of('test')).toEqual(['T005', 'T006'])
    expect(of('cover')).toEqual(['T013'])
    expect(of('person')).toEqual(['T017'])
    expect(task(stories, 'T001').kindReason).toBe(
      'phase "Phase 1: Setup (Shared Infrastructure)" sets things up',
    )
  })
})

describe('a file with the five phases of the guide', () => {
  const categories = plan('categories.md')

  test('has one phase of each category', () => {
    expect(categories.phases.map(({ category }) => category)).toEqual([
      'setup',
      'test',
      'core',
      'integration',
      'polish',
    ])
  })

  test('may have ids before a colon and [P] at the end of the title', () => {
    expect(task(categories, 'T005')).toMatchObject({
      parallel: true,
      files: ['src/models/message.py'],
    })
    expect(task(categories, 'T005').title).toBe(
      'Create Message model (file: src/models/message.py)',
    )
    expect(task(categories, 'T007').dependsOn).toEqual(['T005', 'T006'])
  })

  test('has build tasks in Core and Integration, even if a title says "set up"', () => {
    expect(['T008', 'T010', 'T011'].map(id => task(categories, id).kind)).toEqual([
      'build',
      'build',
      'build',
    ])
  })

  test('has tests before the code in its test phase and cover tasks in its polish phase', () => {
    expect(['T003', 'T004', 'T012', 'T013', 'T014'].map(id => task(categories, id).kind)).toEqual([
      'test',
      'test',
      'cover',
      'check',
      'check',
    ])
  })
})

describe('lines that are not tasks', () => {
  const lookAlikes = plan('look-alikes.md')

  test('are boxes in front matter, comments, code, HTML, copies and checklists', () => {
    expect(ids(lookAlikes)).toEqual([
      'T001',
      'T002',
      'T003',
      'T004',
      'T005',
      'T006',
      'T007',
      'T008a',
      'T009.1',
    ])
  })

  test('[P] in backticks does not make a task parallel', () => {
    expect(task(lookAlikes, 'T003').parallel).toBe(false)
    expect(task(lookAlikes, 'T005').parallel).toBe(true)
  })

  test('ids are read in bold, in brackets and struck out', () => {
    expect(task(lookAlikes, 'T006').title).toBe('Bold with its title in src/f.ts')
    expect(task(lookAlikes, 'T007').title).toBe('Dropped')
  })

  test('an open task that is struck out is dropped', () => {
    expect(task(lookAlikes, 'T007').markers[0]?.state).toBe('other')
  })

  test('a file that was saved inside a Markdown code block is still read', () => {
    const text =
      '```markdown\n# Tasks\n\n- [ ] T001 One\n\n```sh\n- [ ] T002 no\n```\n- [ ] T003 Two\n```\n'
    expect(ids(readText(text))).toEqual(['T001', 'T003'])
  })
})

describe('other ways to write tasks', () => {
  test('a heading task has a tick as its state, and without a tick it is open', () => {
    const headings = plan('headings.md')
    expect(states(headings)).toEqual(['T001 done', 'T002 done', 'T003 open', 'T004 open'])
    expect(headings.phases.map(({ name }) => name)).toEqual([
      'Phase 3.1: Setup ✅',
      'Phase 3.2: Service',
    ])
    expect(task(headings, 'T001')).toMatchObject({
      title: 'Extend the schema',
      files: ['src/schema.ts'],
      acceptance: ['old rows can be read', 'the migration can be undone'],
    })
  })

  test('a box in a heading is the mark of a heading task', () => {
    expect(states(plan('boxed-headings.md'))).toEqual(['T001 done', 'T002 open'])
  })

  test('bullets with ids are tasks without a state', () => {
    const bullets = plan('bullets.md')
    expect(states(bullets)).toEqual(['T001 ', 'T002 ', 'T003 '])
    expect(task(bullets, 'T003').dependsOn).toEqual(['T001'])
  })

  test('boxes without ids get an id from phase and position, acceptance boxes are not tasks', () => {
    expect(states(plan('without-ids.md'))).toEqual(['1.1 done', '1.2 open', '2.1 open', '2.2 done'])
  })

  test('headings in other scripts are phases', () => {
    const other = plan('other-scripts.md')
    expect(other.phases.map(({ name, category }) => [name, category])).toEqual([
      ['阶段 1：环境准备', 'setup'],
      ['阶段 2：核心功能', 'core'],
      ['フェーズ 3：仕上げ', 'polish'],
    ])
    expect(task(other, 'T003').files).toEqual(['src/models/仓库.ts'])
    expect(task(other, 'T004').dependsOn).toEqual(['T003'])
  })

  test('symbols are marks, and a decorating tick is not', () => {
    expect(states(plan('symbols.md'))).toEqual(['T001 done', 'T002 open', 'T003 open'])
    expect(states(readText('# T\n\n- [ ] T001 One\n- ✅ T002 is a legend\n'))).toEqual([
      'T001 open',
    ])
  })

  test('a mark that was decoded as Windows-1252 is read', () => {
    const text = '# T\n\n- [â\u0153\u2026] T001 One\n- [â\u02dc\u0090] T002 Two\n'
    expect(states(readText(text))).toEqual(['T001 done', 'T002 open'])
  })

  test('a title that contains the word stage is not a phase', () => {
    const stages = readText(
      '# Tasks: Stage 4 — Notes\n\n## Backend\n\n- [ ] T001 A\n\n## Web\n\n- [ ] T002 B\n',
    )
    expect(stages.phases.map(({ name }) => name)).toEqual(['Backend', 'Web'])
  })

  test('tests after the code cover existing code', () => {
    const late = readText(
      '## Phase 1: Core\n\n- [ ] T001 Create src/a.ts\n\n## Phase 2: Testing\n\n- [ ] T002 Write unit tests in tests/a.test.ts\n',
    )
    expect(task(late, 'T002').kind).toBe('cover')
  })

  test('tests under their own heading are written before the code that follows', () => {
    const text =
      '## Phase 1: Core\n\n- [ ] T001 Create src/a.ts\n\n### Tests\n\n- [ ] T002 Write tests in tests/b.test.ts\n\n### Code\n\n- [ ] T003 Create src/b.ts\n'
    expect(task(readText(text), 'T002').kind).toBe('test')
  })

  test('tests at the start of their phase are written before the code', () => {
    const ahead = readText(
      '## Phase 1: Core\n\n- [ ] T001 Write tests in tests/a.test.ts\n- [ ] T002 Create src/a.ts\n- [ ] T003 Write tests in tests/b.test.ts\n',
    )
    expect(ahead.tasks.map(({ kind }) => kind)).toEqual(['test', 'build', 'cover'])
  })
})

describe('which lines are the tasks', () => {
  test('boxes of requirements beside boxes of tasks are not tasks', () => {
    expect(idsOf('- [ ] SETUP-001 A\n- [ ] FR-001 B\n- [ ] SC-002 C\n')).toEqual(['SETUP-001'])
  })

  test('bullets of a phase are tasks whatever its name, bullets of notes are not', () => {
    const text =
      '## Phase 1: Dependencies\n\n- T001 A\n\n## Phase 2: Core\n\n- T002 B\n\n## Notes\n\n- T003 C\n'
    expect(idsOf(text)).toEqual(['T001', 'T002'])
  })

  test('numbered headings are tasks if they have fields, else groups of boxes', () => {
    const box = '- [ ] Do it\n- [ ] Do that\n'
    expect(idsOf(`### Task 1.1: A\n${box}`)).toEqual(['1.1', '1.2'])
    expect(readText(`### Task 1.1: A\n${box}`).tasks[0]?.title).toBe('Do it')
    expect(readText(`### Task 1.1: A\n**Dependencies**: None\n${box}`).tasks).toHaveLength(1)
  })

  test('a bold bullet beside boxes is a task if no box has its id', () => {
    const text =
      '## Phase 1: Core\n\n- **T001**: A\n- **T002**: B\n\n## Phase 2: More\n\n- [ ] T002 B\n'
    expect(idsOf(text)).toEqual(['T001', 'T002'])
  })

  test('numbers are ids if most boxes have one', () => {
    expect(idsOf('- [ ] 1.1 A\n- [ ] 1.2 B\n- [ ] C\n')).toEqual(['1.1', '1.2'])
    expect(readText('- [ ] 2.7 times as fast\n- [ ] B\n- [ ] C\n').tasks).toHaveLength(3)
  })

  test('a single box with an id does not outweigh the headings with ids', () => {
    expect(idsOf('## Phase 1: A\n### T001 A\n- [ ] T001 seen\n### T002 B\n')).toEqual([
      'T001',
      'T002',
    ])
  })
})

describe('problems', () => {
  test('are repeated ids, unknown dependencies and cycles, with the tasks that they block', () => {
    const { problems, tasks } = plan('duplicates.md')
    expect(tasks.map(({ id }) => id)).toEqual(['T001', 'T002', 'T001#2', 'T003', 'T004', 'T005'])
    expect(problems.slice(2)).toEqual([
      {
        path: CANDIDATE.tasks,
        line: 10,
        text: 'The id T001 is already used, so this task is called T001#2. Give it an id of its own.',
      },
      {
        path: CANDIDATE.tasks,
        line: 11,
        text: 'T003 depends on T009, which the plan does not have.',
        blocks: ['T003'],
      },
      {
        path: CANDIDATE.tasks,
        line: 12,
        text: 'T004, T005 depend on each other in a cycle.',
        blocks: ['T004', 'T005'],
      },
    ])
  })

  test('are missing required documents, which block nothing', () => {
    const missing = plan('duplicates.md').problems.slice(0, 2)
    expect(missing.map(({ path }) => path)).toEqual([
      'specs/001-one/spec.md',
      'specs/001-one/plan.md',
    ])
    expect(missing.every(({ blocks }) => blocks === undefined)).toBe(true)
  })
})

describe('a file that is not a plan', () => {
  test.each([
    ['empty', '', 'has no task'],
    ['without tasks', '# Tasks\n\nSoon.\n', 'has no task'],
    ['in UTF-16', '\ufeff#\0 \0T\0', 'Save it as UTF-8'],
    ['too long', taskLines(20_001), '20001 tasks; a plan may have 20000'],
  ])('is refused if it is %s', (_, text, words) => {
    expect(() => readText(text)).toThrow(Unreadable)
    expect(() => readText(text)).toThrow(words)
  })

  test('is refused if it does not exist', () => {
    expect(() => specKit.read(memoryWorkspace({}), CANDIDATE)).toThrow('/speckit.tasks')
  })
})

test('20,000 tasks are read', () => {
  expect(readText(`## Phase 1: Core\n\n${taskLines(20_000)}`).tasks).toHaveLength(20_000)
})

test('the work to find and read tasks grows as their number does', () => {
  const workFor = (count: number) => {
    const { counted, reads } = countReads(rowsOf(`## Phase 1: Core\n\n${taskLines(count)}`))
    expect(parseTasks(counted, taskEntries(counted), 'tasks.md').parsed).toHaveLength(count)
    return reads()
  }
  expect(workFor(4_000) / workFor(1_000)).toBeLessThan(4.5)
})

function taskLines(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, at) => `- [ ] T${at} [P] Create src/f${at}.ts (depends on T${Math.max(0, at - 1)})\n`,
  )
  return lines.join('')
}

function idsOf(text: string): string[] {
  return ids(readText(text))
}
