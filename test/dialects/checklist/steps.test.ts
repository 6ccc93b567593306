import { describe, expect, test } from 'vitest'
import { checklist } from '../../../src/dialects/checklist/checklist.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { applyEdits } from '../../../src/plan/edit.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'

const PLAN = { id: 'PLAN', dir: 'PLAN.md', tasks: 'PLAN.md' }

const TEXT = `# Durations

**Spec:** see docs/durations.md

### Task 1: Tokenise durations

**Files:**
- Create: \`src/duration.py\`
- Modify: \`src/cli.py:12-40\`
- Delete: \`src/old.py\`
- Test: \`tests/test_duration.py\`

- [x] **Step 1: Write the failing test**

\`\`\`python
- [ ] no task
\`\`\`

- [ ] **Step 2: Run test to verify it fails**

Run: \`pytest tests/test_duration.py -v\`
Expected: FAIL with "cannot import name 'tokenise'"

- [-] **Step 3: Dropped**
- [ ] **Step 4: Commit**

### Task 2: Document the flag

**Step 1: Write it in README.md**

## Release
- [ ] Run all tests
`

function read(text: string): Plan {
  return checklist.read(memoryWorkspace({ 'PLAN.md': text, 'docs/durations.md': '' }), PLAN)
}

describe('a plan in the style of superpowers', () => {
  test('has one task for each heading, and one for each box outside of them', () => {
    const { tasks, problems, documents } = read(TEXT)
    expect(tasks.map(({ id, kind, phase }) => [id, kind, phase])).toEqual([
      ['1-tokenise-durations', 'build', ''],
      ['2-document-the-flag', 'check', ''],
      ['3-run-all-tests', 'check', 'Release'],
    ])
    expect(problems).toEqual([])
    expect(documents.map(({ path }) => path)).toEqual(['PLAN.md', 'docs/durations.md'])
  })

  test('names files, test files, the command and the failure', () => {
    const [task] = read(TEXT).tasks
    expect(task?.files).toEqual(['src/duration.py', 'src/cli.py', 'tests/test_duration.py'])
    expect(task?.testPlan).toEqual({
      files: ['tests/test_duration.py'],
      failures: [
        {
          line: 22,
          text: "cannot import name 'tokenise'",
          isQuoted: true,
          command: 'pytest tests/test_duration.py -v',
        },
      ],
    })
    expect(task?.description).toContain('Step 4: Commit')
  })

  test('has its steps ticked with the task, except those that were dropped', () => {
    const plan = read(TEXT)
    const [task] = plan.tasks
    if (task === undefined) throw new Error('no task')
    expect(task.markers[0]).toMatchObject({ state: 'open', line: 19 })
    const reader = memoryWorkspace({ 'PLAN.md': TEXT })
    const after = applyEdits(TEXT, checklist.finish(reader, plan, task, '')) ?? ''
    const lines = TEXT.split('\n')
    const changed = after.split('\n').flatMap((line, at) => (line === lines[at] ? [] : [line]))
    expect(changed).toEqual([
      '- [x] **Step 2: Run test to verify it fails**',
      '- [x] **Step 4: Commit**',
    ])
    expect(read(after).tasks[0]?.markers[0]?.state).toBe('done')
  })

  test.each([
    ['Expected: FAIL with "not defined" (no file yet)', 'not defined', true],
    ['Expected: FAIL with `Error: no file`.', 'Error: no file', true],
    ['**Expected:** FAIL — `x` is not defined', '`x` is not defined', false],
    ['Expected output: FAIL (module not found)', 'module not found', false],
    ['- Expected: FAILS because the flag is unknown.', 'the flag is unknown', false],
    ['Expected: FAIL（还没有 `x`）', '还没有 `x`', false],
    ['Expected: FAIL', undefined, false],
  ])('predicts a failure in the line %s', (line, text, isQuoted) => {
    const [task] = read(`### Task 1: A\n- [ ] Step\n\n${line}\n`).tasks
    expect(task?.testPlan?.failures).toEqual([{ line: 4, isQuoted, ...(text && { text }) }])
  })

  test('may have its command in a code block of a shell', () => {
    const block = '```bash\n# run it\ncd web\nnpx vitest \\\n  run a.test.ts\n```'
    const [task] = read(`### Task 1: A\n\n${block}\n\nExpected: FAIL\n`).tasks
    expect(task?.testPlan?.failures).toEqual([
      { line: 10, isQuoted: false, command: 'cd web && npx vitest run a.test.ts' },
    ])
  })

  test('predicts nothing where a step has to pass', () => {
    expect(read('### Task 1: A\nExpected: PASS\n').tasks[0]?.testPlan).toBeUndefined()
  })

  test.each([
    '### Task 1: A',
    '## Task 1 — A',
    '#### **Task 1:** A',
    '### Task #1. A',
    '### [ ] Task 1: A',
    '### 任务 1：A',
    '### Aufgabe 1: A',
    '### T1: A',
    '### T1: A [core] ✅',
    '### Task T-1 — A',
  ])('begins a task with the heading %s', heading => {
    const { tasks } = read(`# P\n\n${heading}\n- [ ] Step 1\n- [ ] Step 2\n`)
    expect(tasks.map(({ id, title }) => [id.replace(/^T-?/, ''), title])).toEqual([['1-a', 'A']])
  })

  test.each(['### Task management', '### Task a day', '### Tasks 1: A', '### The task 1'])(
    'has no task in the heading %s',
    heading => {
      expect(read(`# P\n${heading}\n- [ ] One\n- [ ] Two\n`).tasks).toHaveLength(2)
    },
  )

  test('may have letters instead of numbers', () => {
    const { tasks } = read('# P\n### Task A: Read\n- [ ] s\n### **Task B** — Write\n- [ ] s\n')
    expect(tasks.map(({ id }) => id)).toEqual(['A-read', 'B-write'])
  })

  test('in a file with lists of other formats loses none of their boxes', () => {
    const { tasks, problems } = read(
      '# P\n### Task 1: A\n- [ ] s\n## Phase 2: B\n- [ ] T001 [P] C\n- [ ] 1.1 D\n| Task | [ ] |\n- [ ] E\n',
    )
    expect(tasks.map(({ id }) => id)).toEqual(['1-a', 'T001-c', '1.1-d', '4-e'])
    expect(problems).toMatchObject([{ line: 7, isUnread: true }])
  })

  test('has a group for a heading whose sections are tasks', () => {
    const { tasks, phases } = read(
      '# P\n## Task 1: A\n- [ ] Before\n### Task 1.1: B\n- [ ] s\n### Task 1.2: C\n- [ ] s\n',
    )
    expect(tasks.map(({ id }) => id)).toEqual(['1-before', '1.1-b', '1.2-c'])
    expect(phases).toMatchObject([{ name: 'Task 1: A' }])
  })

  test('may name its files in one line, and its first step in other words', () => {
    const text = (step: string) =>
      `### Task 1: Add\n\n**Files:** Create \`src/a.py\`; Test \`tests/test_a.py\`.\n\n- [ ] **Step 1: ${step}**\n`
    const [task] = read(text('Write failing assertions')).tasks
    expect(task?.files).toEqual(['src/a.py', 'tests/test_a.py'])
    expect(task?.testPlan?.files).toEqual(['tests/test_a.py'])
    for (const step of ['写失败测试', '失敗するテストを書く', 'Write the failing contract'])
      expect(read(text(step)).tasks[0]?.kindReason).toContain('failing test')
  })

  test('takes no heading such as "# Tasks: …" for one task with all boxes', () => {
    const { tasks } = read('# Tasks: Cart\n\n- [ ] One\n- [ ] Two\n\n### Task A: Three\n')
    expect(tasks.map(({ title }) => title)).toEqual(['One', 'Two', 'Three'])
  })
})
