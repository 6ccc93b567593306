import { describe, expect, test } from 'vitest'
import { specWorkflow } from '../../../src/dialects/spec-workflow/spec-workflow.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { brief, planOf } from '../numbered-list/fixture.ts'

const TASKS = `- [ ] 1. Types
  - File: src/types.ts
  - _Leverage: src/base.ts_
  - _Prompt: Role: Developer | Task: write src/other.ts_
- [ ] 1.1 More types
- [ ] 2. Service
- [ ] 2.1 Save
- [~] 2.2 Load
`

describe('a spec of spec-workflow', () => {
  test('groups sub-tasks below a task only if it says nothing else', () => {
    expect(brief(planOf('spec-workflow', TASKS), 'parts', 'files')).toEqual({
      '1': [undefined, ['src/types.ts']],
      '1.1': [undefined, []],
      '2': [['2.1', '2.2'], []],
      '2.1': [undefined, []],
      '2.2': [undefined, []],
    })
  })

  test('reads its fields with the sign before or behind the colon', () => {
    const tasks = `- [ ] 1. Switch it on
  - File: app/[...path]/page.tsx
  - _Leverage_: src/base.ts
  - _Requirements_: 1.1
  - _Prompt_: Role: Developer | Task: write src/other.ts
- [ ] 2. Dim it
  - _Leverage_: src/base.ts
  - Change src/dim.ts and keep \`core/\` unchanged
`
    const beside = { 'requirements.md': '### Requirement 1\n\n1. It switches\n' }
    const plan = planOf('spec-workflow', tasks, beside)
    expect(plan.tasks.map(({ files }) => files)).toEqual([
      ['app/[...path]/page.tsx'],
      ['src/dim.ts'],
    ])
    expect(plan.tasks[0]?.acceptance).toEqual(['1.1 It switches'])
  })

  test('has the prompt of a task in its description, and [~] for a blocked task', () => {
    const [first, , , , blocked] = planOf('spec-workflow', TASKS).tasks
    expect(first?.description).toContain('Role: Developer')
    expect(blocked?.markers[0]?.state).toBe('other')
  })
})

describe('the approval in the dashboard', () => {
  const FOLDER = '.spec-workflow/approvals/a'
  const request = (name: string, status: string, at: string) => ({
    [`${FOLDER}/approval_${name}_${at}.json`]: JSON.stringify({
      filePath: `.spec-workflow/specs/a/${name}.md`,
      status,
      createdAt: at,
    }),
  })
  const snapshot = (name: string) => ({
    [`${FOLDER}/.snapshots/${name}.md/metadata.json`]: JSON.stringify({
      snapshots: [{ trigger: 'initial' }, { trigger: 'approved', timestamp: '2026-01-02' }],
    }),
  })
  const readiness = (files: Record<string, string>) =>
    specWorkflow.readiness?.(memoryWorkspace(files), planOf('spec-workflow', TASKS))
  const others = { ...snapshot('requirements'), ...snapshot('design') }

  test('lets the work begin when every document has it', () => {
    expect(readiness({ ...others, ...request('tasks', 'approved', '2026-01-03') })).toMatchObject({
      ready: true,
    })
    expect(readiness({ ...others, ...snapshot('tasks') })).toMatchObject({ ready: true })
  })

  test.each([
    ['is missing', {}],
    ['is pending', request('tasks', 'pending', '2026-01-03')],
    ['is not JSON', { [`${FOLDER}/approval_1.json`]: '{' }],
  ])('leaves it to a human if the one of the tasks %s', (_, files) => {
    expect(readiness({ ...others, ...files })).toMatchObject({
      ready: false,
      humanDecision: true,
      fact: expect.stringContaining('tasks.md'),
    })
  })

  test.each(['rejected', 'needs-revision'])('stops the work if the last one is %s', status => {
    const files = { ...snapshot('tasks'), ...request('tasks', status, '2026-02-01') }
    expect(readiness({ ...others, ...files })).toMatchObject({ ready: false, humanDecision: false })
  })
})
