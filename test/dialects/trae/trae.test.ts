import { describe, expect, test } from 'vitest'
import { dialects } from '../../../src/dialects/index.ts'
import { trae } from '../../../src/dialects/trae/trae.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, ids, states, task } from '../plan-queries.ts'

const DIR = '.trae/specs/lamp'
const TASKS = `${DIR}/tasks.md`
const AT = '2026-07-01T08:30:00.000Z'
const LAMP = `# Tasks

- [x] Task 1: Switch the lamp on in src/lamp.js
  - [x] SubTask 1.1: Write tests/lamp.test.js
- [ ] Task 2: Dim the lamp
  - [ ] SubTask 2.1: Ten steps
  - [ ] SubTask 2.2: Remember the step
- [ ] Task 3: Switch the lamp off

# Task Dependencies

- [Task 2] depends on [Task 1]
- Task 3 depends on Task 1 and Task 2
`

function read(text: string, more: Record<string, string> = {}): Plan {
  return trae.read(memoryWorkspace({ [TASKS]: text, ...more }), {
    id: 'lamp',
    dir: DIR,
    tasks: TASKS,
  })
}

function dependencies(statements: string, count = 5): Record<string, string[]> {
  const tasks = Array.from({ length: count }, (_, at) => `- [ ] Task ${at + 1}: A ${at}`).join('\n')
  const plan = read(`# Tasks\n\n${tasks}\n\n# Task Dependencies\n\n${statements}\n`)
  const some = plan.tasks.filter(({ dependsOn }) => dependsOn.length > 0)
  return Object.fromEntries(some.map(({ id, dependsOn }) => [id, dependsOn]))
}

describe('a plan of Trae', () => {
  test('is of Trae alone, and needs no further document', () => {
    const reader = memoryWorkspace({ [TASKS]: LAMP, [`${DIR}/spec.md`]: '# Lamp\n' })
    const detecting = dialects.filter(dialect => dialect.detect(reader) !== undefined)
    expect(detecting.map(({ name }) => name)).toEqual(['trae'])
    expect(read(LAMP).problems).toEqual([])
  })

  test('has the outermost boxes as tasks, and those inside them as criteria', () => {
    const plan = read(LAMP)
    expect(states(plan)).toEqual(['1 done+done', '2 open+open+open', '3 open'])
    expect(task(plan, '2')).toMatchObject({
      title: 'Dim the lamp',
      acceptance: ['Ten steps', 'Remember the step'],
      dependsOn: ['1'],
      kind: 'build',
    })
    expect(task(plan, '1').files).toEqual(['src/lamp.js', 'tests/lamp.test.js'])
    expect(plan.order).toBe('dependencies')
  })

  test('lists its documents, of which the checklist has no tasks', () => {
    const more = { [`${DIR}/spec.md`]: '# Lamp\n', [`${DIR}/checklist.md`]: '- [ ] it dims\n' }
    const plan = read(LAMP, more)
    expect(ids(plan)).toEqual(['1', '2', '3'])
    expect(plan.documents.map(({ name }) => name)).toEqual(['spec', 'checklist', 'tasks'])
  })

  test('may have no numbers, or other words before them', () => {
    expect(ids(read('- [ ] 任务 1：开灯\n- [ ] **Task 4**: B\n- [ ] C\n- [ ] 3 lamps\n'))).toEqual([
      '1',
      '4',
      '5',
      '6',
    ])
  })

  test('without tasks is refused, and the remedy says how to write one', () => {
    expect(() => read('# Tasks\n')).toThrow('Write the tasks as "- [ ] Task 1: …"')
  })
})

describe('a heading with the word dependencies', () => {
  const tasksBelow = (heading: string, box = '- [ ] Task 2: Inject the clock') =>
    read(`# Tasks\n\n- [ ] Task 1: Write the clock\n\n## ${heading}\n\n${box}\n`).tasks.map(
      ({ id }) => id,
    )

  test.each([
    'Phase 2: Dependency injection',
    'Phase 1: Dependencies + env alignment',
    '2. Install dependencies',
    'Break circular dependencies',
    'Dependencies & Reuse',
    'Setup & Dependencies ✅',
    '阶段二：依赖注入',
    '安装依赖',
    'Task Dependencies',
    'Dependencies',
  ])('has tasks below it: %s', heading => {
    expect(tasksBelow(heading)).toEqual(['1', '2'])
  })

  test('has tasks below it that speak of an order, unless it is the list of dependencies', () => {
    const box = '- [ ] Task 2: Check the clock before a run'
    expect(tasksBelow('Phase 2: Dependency injection', box)).toEqual(['1', '2'])
  })

  test.each([
    'Task Dependencies',
    '🔗 Task Dependencies',
    '3. Dependencies:',
    'Dependency Graph',
    'Dependencies & Execution Order',
    'Task Dependencies (Graph)',
    '任务依赖关系',
    '依赖与执行顺序',
    'タスクの依存関係',
  ])('has no task in a box that says what a task waits for: %s', heading => {
    expect(tasksBelow(heading, '- [ ] Task 2 depends on Task 1')).toEqual(['1'])
  })
})

describe('the dependencies', () => {
  test.each([
    ['- [Task 2] depends on [Task 1]', { 2: ['1'] }],
    ['- Task 3 depends on Task 1, Task 2', { 3: ['1', '2'] }],
    ['- Task 4 depends on Tasks 1-3', { 4: ['1', '2', '3'] }],
    ['- **Task 2** requires SubTask 1.2 (the switch)', { 2: ['1'] }],
    ['- Task 2 依赖 Task 1', { 2: ['1'] }],
    ['- Task 3 依赖于 Task 1 和 Task 2，其余并行', { 3: ['1', '2'] }],
    ['- Task 5 依赖 Task 1 至 Task 4，最后执行', { 5: ['1', '2', '3', '4'] }],
    ['- Task 1 → Task 2 → Task 3（先后）', { 2: ['1'], 3: ['2'] }],
    ['- Task 4 and Task 5 depend on Task 3', { 4: ['3'], 5: ['3'] }],
    ['- Task 1-3 相互独立，可并行实现', {}],
    ['- Task 2 可与 Task 1 并行', {}],
    ['- Task 2 does not depend on Task 1', {}],
  ])('%s', (statement, expected) => {
    expect(dependencies(statement)).toEqual(expected)
  })

  test('may be in the task itself, and one that is missing blocks it', () => {
    const plan = read('- [ ] Task 1: A\n- [ ] Task 2: B\n  - **依赖**: Task 1\n')
    expect(task(plan, '2').dependsOn).toEqual(['1'])
    expect(read('- [ ] Task 1: A\n- [ ] Task 2: B\n').order).toBe('file')
  })
})

test('finishing a task ticks its own boxes and nothing else, and reopening restores them', () => {
  const reader = memoryWorkspace({ [TASKS]: LAMP })
  const plan = read(LAMP)
  const done = applied(LAMP, trae.finish(reader, plan, task(plan, '2'), AT))
  expect(done).toBe(
    LAMP.replace('[ ] Task 2', '[x] Task 2').replaceAll('[ ] SubTask 2', '[x] SubTask 2'),
  )
  const now = read(done)
  expect(applied(done, trae.reopen(reader, now, task(now, '2')))).toBe(LAMP)
})

describe('with the last task, the assistant is asked to verify the checklist', () => {
  const CHECKLIST = '- [x] it switches\n- [ ] it dims\n- [ ] it remembers\n'
  const advice = (text: string, id: string, checklist?: string) => {
    const files = {
      [TASKS]: text,
      ...(checklist !== undefined && { [`${DIR}/checklist.md`]: checklist }),
    }
    const plan = read(text)
    return trae.advice?.(memoryWorkspace(files), plan, task(plan, id)).after
  }

  test('which it ticks itself', () => {
    const last = LAMP.replace('[ ] Task 2', '[x] Task 2')
    expect(advice(last, '3', CHECKLIST)).toEqual([
      'Then verify the 2 open boxes of .trae/specs/lamp/checklist.md, and tick each that holds. If one does not, ask the user to add a task for it.',
    ])
    expect(advice(last, '3')).toEqual([])
    expect(advice(last, '3', '- [x] it dims\n')).toEqual([])
  })

  test('but not before', () => {
    expect(advice(LAMP, '2', CHECKLIST)).toEqual([])
  })
})
