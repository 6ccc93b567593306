import { describe, expect, test } from 'vitest'
import { backlog } from '../../../src/dialects/backlog/backlog.ts'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { ids, states, task as taskIn } from '../plan-queries.ts'
import { criteria, file, planOf, task, type Files } from './fixture.ts'

const BODY = `
## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
Remember the theme in src/theme.js.

## A heading of the author
<!-- SECTION:DESCRIPTION:END -->

${criteria('- [x] #1 It is remembered', '- [ ] #2 It is **applied**')}
## Definition of Done
<!-- DOD:BEGIN -->
- [ ] #1 The README says so
<!-- DOD:END -->

## Implementation Plan

<!-- SECTION:PLAN:BEGIN -->
- [ ] Write test/theme.test.js
<!-- SECTION:PLAN:END -->
`

describe('a task', () => {
  test('has title, description, plan, criteria and definition of done', () => {
    const plan = planOf(task('1', ['status: To Do', 'milestone: M1'], BODY))
    expect(plan.tasks[0]).toMatchObject({
      id: 'TASK-1',
      title: 'Add 1',
      phase: 'M1',
      files: ['src/theme.js', 'test/theme.test.js'],
      acceptance: ['It is remembered', 'It is applied', 'Definition of done: The README says so'],
      description: expect.stringMatching(/Remember the theme[\s\S]*heading[\s\S]*Write test/),
      location: { path: 'backlog/tasks/task-1 - A.md', line: 3 },
    })
    expect(states(plan)).toEqual(['TASK-1 open+done+open'])
    expect(plan.problems).toEqual([])
  })

  test('of an older version has its sections below headings', () => {
    const body =
      '## Description\n\nAdds it.\n\n## Acceptance Criteria\n\n- [ ] It is there\n\n## Notes\n\n- [ ] Later\n'
    const [read] = planOf(task('1', ['status: To Do'], body)).tasks
    expect(read).toMatchObject({ description: 'Adds it.', acceptance: ['It is there'] })
  })

  test.each([
    ['To Do', 'open'],
    ['In Progress', 'doing'],
    ["'Done'", 'done'],
    ['◒ in progress', 'doing'],
    ['Cancelled', 'other'],
  ])('with the status %s is %s', (status, state) => {
    expect(states(planOf(task('1', [`status: ${status}`])))).toEqual([`TASK-1 ${state}`])
  })

  test('has the columns of the board that config.yml names', () => {
    const config = { 'backlog/config.yml': 'statuses: [Ideas, Review, Blocked, Shipped]\n' }
    const all = ['Ideas', 'Review', 'Blocked', 'Shipped', 'Done'].map((status, at) =>
      task(`${at + 1}`, [`status: ${status}`]),
    )
    const plan = planOf(Object.assign({}, config, ...all))
    expect(states(plan).map(one => one.split(' ')[1])).toEqual([
      'open',
      'doing',
      'open',
      'done',
      'open',
    ])
    expect(plan.problems).toMatchObject([
      { line: 4, text: expect.stringContaining('TASK-3 is blocked'), blocks: ['TASK-3'] },
      { line: 4, text: expect.stringContaining('"Done", which the backlog does not have') },
    ])
  })

  test('may have names without quotes, as Backlog.md reads them', () => {
    const plan = planOf(task('1', ['status: To Do', 'assignee: @me', 'reporter: [@a, @b]']))
    expect(plan.problems).toEqual([])
  })
})

describe('the order', () => {
  test('is that of the board: by ordinal, then by id, with sub-tasks behind their task', () => {
    const files = {
      ...task('10', ['status: To Do']),
      ...task('9', ['status: To Do']),
      ...task('9.1', ['status: To Do', 'parent_task_id: task-9']),
      ...task('11', ['status: To Do', 'ordinal: 500']),
    }
    expect(ids(planOf(files))).toEqual(['TASK-11', 'TASK-9', 'TASK-9.1', 'TASK-10'])
  })

  test('follows dependencies; tasks that have left the board count as done', () => {
    const files = {
      ...task('1', ['status: To Do', 'dependencies: [task-02, TASK-7, task-8, TASK-99]']),
      ...task('2', ['status: To Do']),
      'backlog/completed/task-7 - Old.md': '',
      'backlog/archive/tasks/task-8 - Old.md': '',
    }
    const plan = planOf(files)
    expect(plan.order).toBe('dependencies')
    expect(taskIn(plan, 'TASK-1').dependsOn).toEqual(['TASK-2', 'TASK-99'])
    expect(plan.problems).toMatchObject([{ text: expect.stringContaining('TASK-99') }])
  })

  test('groups sub-tasks, or puts a task with criteria of its own behind them', () => {
    const files = (body: string) => ({
      ...task('1', ['status: To Do'], body),
      ...task('1.1', ['status: To Do', 'parent_task_id: TASK-1']),
    })
    expect(taskIn(planOf(files('')), 'TASK-1')).toMatchObject({
      parts: ['TASK-1.1'],
      dependsOn: [],
    })
    const own = taskIn(planOf(files(criteria('- [ ] #1 All'))), 'TASK-1')
    expect(own.parts).toBeUndefined()
    expect(own.dependsOn).toEqual(['TASK-1.1'])
  })

  test('has an end if tasks are each other’s sub-tasks', () => {
    const files = {
      ...task('1', ['status: To Do', 'parent_task_id: TASK-2']),
      ...task('2', ['status: To Do', 'parent_task_id: TASK-1']),
      ...task('3', ['status: To Do', 'parent_task_id: TASK-3']),
    }
    expect(ids(planOf(files)).toSorted()).toEqual(['TASK-1', 'TASK-2', 'TASK-3'])
  })
})

describe('problems name the file and the line', () => {
  const GOOD = task('9', ['status: To Do'])

  test.each<[string, Files, string, number, RegExp]>([
    ['an id twice', { 'backlog/tasks/task-9 - B.md': file(['id: task-09']) }, 'B', 2, /used in/],
    ['YAML that does not parse', task('1', ['labels: [a', 'x']), 'A', 5, /not valid YAML/],
    ['no front matter', { 'backlog/tasks/task-1 - A.md': '# Add\n' }, 'A', 1, /front matter/],
    [
      'front matter without an id',
      { 'backlog/tasks/task-1 - A.md': file(['a: b']) },
      'A',
      1,
      /no id/,
    ],
    [
      'front matter that is a list',
      { 'backlog/tasks/task-1 - A.md': file(['- a']) },
      'A',
      2,
      /map/,
    ],
    ['no status', task('1'), 'A', 1, /TASK-1 has no status/],
    ['an unknown status', task('1', ['status: Perhaps']), 'A', 4, /"Perhaps", which/],
    [
      'a criterion outside of the markers',
      task('1', ['status: To Do'], `${criteria('- [ ] #1 A')}- [ ] #2 B\n`),
      'A',
      10,
      /"- \[ \] #2 B" is outside/,
    ],
    [
      'a section that is never closed',
      task('1', ['status: To Do'], '<!-- AC:BEGIN -->\n- [ ] #1 A\n'),
      'A',
      6,
      /never closed/,
    ],
  ])('%s', (_, files, name, line, message) => {
    const { problems } = planOf({ ...GOOD, ...files })
    expect(problems).toMatchObject([
      { path: expect.stringContaining(`${name}.md`), line, text: expect.stringMatching(message) },
    ])
  })

  test('a configuration that does not parse', () => {
    const { problems } = planOf({ ...GOOD, 'backlog/config.yml': 'a: [\n' })
    expect(problems).toMatchObject([{ path: 'backlog/config.yml', text: /are assumed/ }])
  })

  test('a folder in which no file is a task is refused with the first reason', () => {
    const read = (files: Files) => () => planOf(files)
    expect(read({ 'backlog/tasks/task-1 - A.md': '# Add' })).toThrow(Unreadable)
    expect(read({ 'backlog/tasks/task-1 - A.md': '# Add' })).toThrow('front matter')
    expect(read({ 'backlog/config.yml': '' })).toThrow('The folder has no tasks.')
  })

  test('other documents in the folder are none of them', () => {
    const files = { ...GOOD, 'backlog/tasks/README.md': '# Tasks\n', 'backlog/tasks/a.txt': 'x' }
    expect(planOf(files).problems).toEqual([])
  })
})

describe('the backlog', () => {
  const features = (files: Files) => backlog.features(memoryWorkspace(files)).map(({ dir }) => dir)

  test.each<[string, Files, string[]]>([
    ['in backlog/', { 'backlog/tasks/task-1 - A.md': '' }, ['backlog/tasks']],
    ['in .backlog/', { '.backlog/config.yml': '' }, ['.backlog/tasks']],
    [
      'in the folder that backlog.config.yml names',
      { 'backlog.config.yml': 'backlog_directory: ./plans/b/\n', 'plans/b/tasks/a.md': '' },
      ['plans/b/tasks'],
    ],
    ['in a project', { 'apps/web/backlog/config.yml': '' }, ['apps/web/backlog/tasks']],
    ['in no folder outside', { 'backlog.config.yml': 'backlog_directory: ../x\n' }, []],
    ['but not in a folder of another program', { 'backlog/notes.md': 'x' }, []],
  ])('is found %s', (_, files, dirs) => {
    expect(features(files)).toEqual(dirs)
  })

  test('is finished if every task is done or dropped, and is then not the active one', () => {
    const active = (status: string) =>
      backlog.active(memoryWorkspace(task('1', [`status: ${status}`])))
    expect(active('Done')).toMatchObject({ isFinished: true })
    expect(active('"In Progress"')).toMatchObject({ isFinished: false })
    expect(backlog.active(memoryWorkspace({}))).toMatchObject({ none: 'There is no backlog.' })
  })

  test('of completed tasks is read only if it is named', () => {
    const reader = memoryWorkspace({
      ...task('1', ['status: To Do']),
      'backlog/completed/task-2 - B.md': file(['id: TASK-2', 'status: Done']),
    })
    expect(backlog.features(reader)).toHaveLength(1)
    expect(backlog.featureIn?.(reader, 'backlog/completed')).toMatchObject({
      dir: 'backlog/completed',
    })
    expect(backlog.featureIn?.(reader, 'backlog')).toBeUndefined()
  })

  test('leaves the definition of done to the assistant', () => {
    const files = task('1', ['status: To Do'], BODY)
    const plan = planOf(files)
    const advice = backlog.advice?.(memoryWorkspace(files), plan, taskIn(plan, 'TASK-1'))
    expect(advice?.after).toEqual([
      'Tick what holds of the definition of done: backlog task edit TASK-1 --check-dod 1.',
    ])
  })
})
