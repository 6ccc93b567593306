import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../kit/assistant.ts'
import { callAt } from '../kit/call.ts'
import { makeProject, stackProject, TASKS, type Project } from '../kit/project.ts'
import { approve } from '../../src/workflow/human/approve.ts'

interface JsonPlan {
  name: string
  status: string
  tasks: object[]
  validation: { production_validation: object }
}

const PLAN = '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'

/** A feature whose first task is done. */
async function begun(
  plan = PLAN,
  files: Record<string, string> = {},
): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = stackProject(plan, files)
  const { call } = await connect(project.root)
  await finish(project, call, 'T001', 'one.txt')
  return { project, call }
}

async function finish(project: Project, call: Assistant['call'], task: string, file: string) {
  await call('next_task', { task })
  project.write(file, 'content')
  await call('record_green', { task })
  const { code } = await call('mark_complete', { task })
  expect(code).toBeUndefined()
}

/** Exit code and findings of `redgreen verify`. */
function verify(root: string, ...words: string[]): { status: number | null; findings: string[] } {
  const args = [path.resolve('dist/cli.js'), 'verify', '--json', ...words]
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  const found = [...stdout.matchAll(/"text":\s*("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) =>
    String(JSON.parse(text)),
  )
  return { status, findings: [...new Set(found)] }
}

async function humanApproves(project: Project): Promise<string> {
  const call = callAt(project.root)
  let asked = ''
  const human = {
    channel: 'terminal' as const,
    confirm: (question: string) => {
      asked = question
      return Promise.resolve(true)
    },
    confirmEach: () => Promise.resolve([]),
  }
  await approve({ ...call, frontend: { ...call.frontend, human } })
  return asked
}

const SHRUNK: [how: string, plan: string, named: RegExp][] = [
  ['deleted', '## Setup\n- [X] T001 Create one.txt\n', /T002 \\?"Create two.txt\\?" is gone/],
  [
    'commented out',
    '## Setup\n- [X] T001 Create one.txt\n<!-- - [ ] T002 Create two.txt -->\n',
    /T002 .* is gone/,
  ],
  [
    'marked as dropped',
    '## Setup\n- [X] T001 Create one.txt\n- [-] T002 Create two.txt\n',
    /T002 .* was dropped or deferred/,
  ],
  [
    'marked as deferred',
    '## Setup\n- [X] T001 Create one.txt\n- [>] T002 Create two.txt\n',
    /T002 .* (was dropped or deferred|is gone)/,
  ],
  [
    'struck out',
    '## Setup\n- [X] T001 Create one.txt\n- ~~[ ] T002 Create two.txt~~\n',
    /T002 .* was dropped or deferred/,
  ],
  [
    'struck out as a whole line',
    '## Setup\n- [X] T001 Create one.txt\n~~- [ ] T002 Create two.txt~~\n',
    /T002 .* was dropped or deferred/,
  ],
  [
    'struck out in its title',
    '## Setup\n- [X] T001 Create one.txt\n- [ ] T002 ~~Create two.txt~~\n',
    /T002 .* was dropped or deferred/,
  ],
  [
    'without its file',
    '## Setup\n- [X] T001 Create one.txt\n- [ ] T002 Create two\n',
    /T002 \\?"Create two.txt\\?" (says|no longer names two.txt)/,
  ],
  [
    'replaced by an easier one',
    '## Setup\n- [X] T001 Create one.txt\n- [ ] T002 Create notes.txt\n',
    /T002 .* says \\?"Create notes.txt\\?" now/,
  ],
]

describe('a task of the plan that is', () => {
  it.each(SHRUNK)(
    '%s is named, blocks the validation and is a finding',
    async (_how, plan, named) => {
      const { project, call } = await begun()
      project.write(TASKS, plan)
      const next = await call('next_task')
      expect(next.text).toMatch(named)
      if (plan.includes('notes.txt')) await finish(project, call, 'T002', 'notes.txt')
      expect(await call('run_validation')).toMatchObject({ code: 'plan_changed' })
      const { status, findings } = verify(project.root)
      expect(status).toBe(1)
      expect(findings.join('\n')).toMatch(named)
    },
  )

  it('deleted may be so after a human saw it and confirmed it', async () => {
    const { project, call } = await begun()
    project.write(TASKS, '## Setup\n- [X] T001 Create one.txt\n')
    expect(await humanApproves(project)).toContain('T002 "Create two.txt" is gone')
    expect((await call('next_task')).text).not.toContain('The plan changed')
    expect(await call('run_validation')).toMatchObject({ code: undefined })
    expect(verify(project.root).status).toBe(0)
  })

  it('deleted is named even if it was added later, as soon as it had events', async () => {
    const { project, call } = await begun()
    project.write(TASKS, `${project.read(TASKS)}- [ ] T003 Create three.txt\n`)
    await finish(project, call, 'T002', 'two.txt')
    await call('next_task', { task: 'T003' })
    project.write(TASKS, project.read(TASKS).replace(/- \[.\] T003.*\n/, ''))
    expect((await call('next_task')).text).toContain('T003 was worked on and is gone')
    expect(await call('run_validation')).toMatchObject({ code: 'plan_changed' })
  })
})

const SPEC = 'specs/001-stack/spec.md'
const CRITERIA = `# Stack

### User Story 1
**Acceptance Scenarios**:
1. **Given** two notes, **When** one is deleted, **Then** the
   other is listed

## Requirements
- **FR-001**: A note has at most 100 characters

## Ideas
- Perhaps colours
`

describe('a criterion of the specification', () => {
  it.each([
    ['that is deleted', /- \*\*FR-001.*\n/, '', /"FR-001: A note has at most 100 characters"/],
    ['with another number', '100', '1000', /"FR-001: A note has at most 100 characters"/],
    ['that is softened', 'other is listed', 'other may be listed', /"Given two notes, When one/],
  ])('%s is named, blocks the validation and is a finding', async (_how, from, to, named) => {
    const { project, call } = await begun(PLAN, { [SPEC]: CRITERIA })
    project.write(SPEC, CRITERIA.replace(from, to))
    expect((await call('next_task')).text).toMatch(named)
    await finish(project, call, 'T002', 'two.txt')
    expect(await call('run_validation')).toMatchObject({ code: 'plan_changed' })
    expect(await humanApproves(project)).toMatch(named)
    expect(await call('run_validation')).toMatchObject({ code: undefined })
  })

  it('may be added, ticked, or corrected, and other lists may change', async () => {
    const { project, call } = await begun(PLAN, { [SPEC]: CRITERIA })
    const edited = CRITERIA.replace('characters', 'charcters')
      .replace('other is listed', 'other is listed (newest first)')
      .replace('- **FR', '- FR-002: Notes have a date\n- [x] **FR')
      .replace('Perhaps colours', 'No colours')
    project.write(SPEC, edited)
    expect((await call('next_task')).text).not.toContain('The plan changed')
    await finish(project, call, 'T002', 'two.txt')
    expect(await call('run_validation')).toMatchObject({ code: undefined })
  })
})

describe('honest edits of a plan', () => {
  it.each([
    ['a typo is corrected', PLAN.replace('Create two', 'Creat two'), PLAN],
    ['a task is added', PLAN, `${PLAN}- [ ] T003 Create three.txt\n`],
    ['a line is inserted before', PLAN, PLAN.replace('## Setup\n', '## Setup\n\nSome notes.\n\n')],
    ['markup is changed', PLAN, PLAN.replace('Create two.txt', '**Create** `two.txt`')],
  ])('need no human when %s', async (_name, before, after) => {
    const { project, call } = await begun(before)
    project.write(TASKS, after.replace('[ ] T001', '[X] T001'))
    expect((await call('next_task')).text).not.toContain('The plan changed')
    await finish(project, call, 'T002', 'two.txt')
    if (after.includes('T003')) await finish(project, call, 'T003', 'three.txt')
    expect(await call('run_validation')).toMatchObject({ code: undefined })
    expect(verify(project.root).findings).toEqual([])
  })
})

describe('an approved JSON plan', () => {
  const plan = (change: (draft: JsonPlan) => void = () => {}) => {
    const draft: JsonPlan = {
      name: 'Notes',
      status: 'APPROVED',
      tasks: [
        {
          id: 'one',
          name: 'Create one.txt',
          dod: ['one.txt lists all notes'],
          files: ['one.txt'],
          passes: false,
        },
        {
          id: 'two',
          name: 'Create two.txt',
          dod: ['two.txt lists all tags'],
          files: ['two.txt'],
          passes: false,
        },
      ],
      validation: {
        production_validation: {
          start_command: 'node server.js',
          critical_endpoints: [{ method: 'GET', path: '/notes', expected_status: 200 }],
        },
      },
    }
    change(draft)
    return JSON.stringify(draft, undefined, 2)
  }
  it.each<[string, (draft: JsonPlan) => void, RegExp]>([
    ['a task was deleted', draft => void draft.tasks.pop(), /two "Create two.txt" is gone/],
    [
      'a criterion was softened',
      draft => void (draft.tasks[1] = { ...draft.tasks[1], dod: ['two.txt exists'] }),
      /lost or changed the criterion "two.txt lists all tags"/,
    ],
    [
      'a task was renamed to an easier one',
      draft => void (draft.tasks[1] = { ...draft.tasks[1], name: 'Think about two.txt' }),
      /says "Think about two.txt" now/,
    ],
    [
      'the validation was replaced',
      draft =>
        void (draft.validation.production_validation = {
          start_command: 'node stub.js',
          critical_endpoints: [{ method: 'GET', path: '/', expected_status: 200 }],
        }),
      /validation step "start: node server.js" is gone or changed/,
    ],
  ])('is not_approved any more when %s', async (_what, change, named) => {
    const project = makeProject({
      'package.json': '{"name":"notes","scripts":{"test":"node --test"}}',
      'docs/plans/notes.json': plan(),
    })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('docs/plans/notes.json', plan(change))
    expect(await call('run_validation')).toMatchObject({
      code: 'not_approved',
      text: expect.stringMatching(named),
    })
    expect(verify(project.root).findings.join('\n')).toMatch(named)
  })
})

it('a plan that a human has to approve is not_approved after any other change of its tasks', async () => {
  const settings = JSON.stringify({ approval: { required: 'always' } })
  const project = stackProject(PLAN, { 'redgreen.config.json': settings })
  await humanApproves(project)
  const { call } = await connect(project.root)
  await finish(project, call, 'T001', 'one.txt')
  project.write(TASKS, `${project.read(TASKS)}- [ ] T003 Create three.txt\n`)
  const named = /tasks of 001-stack changed after a human approved them/
  for (const step of ['run_validation', 'next_task'])
    expect(await call(step)).toMatchObject({
      code: 'not_approved',
      text: expect.stringMatching(named),
    })
  expect(verify(project.root).findings.join('\n')).toMatch(named)
})

describe('the record of the earlier plan', () => {
  it.each<[string, (folder: string) => void]>([
    ['deleted', folder => rmSync(folder, { recursive: true })],
    [
      'edited',
      folder => {
        for (const name of readdirSync(folder)) {
          const file = path.join(folder, name)
          writeFileSync(file, readFileSync(file, 'utf8').replace('Create two.txt', 'Rest'))
        }
      },
    ],
  ])('cannot be %s unnoticed', async (_how, spoil) => {
    const { project, call } = await begun()
    spoil(path.join(project.root, '.redgreen/plans/001-stack'))
    project.write(TASKS, '## Setup\n- [X] T001 Create one.txt\n')
    expect(await call('run_validation')).toMatchObject({ code: 'plan_changed' })
    // Another process than the one that wrote the record.
    expect(verify(project.root)).toEqual({
      status: 1,
      findings: expect.arrayContaining([
        expect.stringMatching(/record of the earlier plan is missing/),
      ]),
    })
  })
})

describe('a proof', () => {
  it('belongs to the words of its task: another task under the same id has none', async () => {
    const { project, call } = await begun('## Setup\n- [ ] T001 Create one.txt\n')
    project.write(TASKS, '## Setup\n- [X] T001 Create zero.txt\n')
    const next = await call('next_task')
    expect(next.text).toMatch(/Ticked but not proven: T001/)
    expect(await call('run_validation')).toMatchObject({ code: 'plan_changed' })
    await humanApproves(project)
    // The human read the new words and agreed to the plan, so the proof counts for them.
    expect(await call('run_validation')).toMatchObject({ code: undefined })
  })

  it('of a feature whose plan was removed is one line, and the other features are verified', async () => {
    const { project, call } = await begun()
    await finish(project, call, 'T002', 'two.txt')
    rmSync(path.join(project.root, 'specs/001-stack'), { recursive: true })
    expect(verify(project.root)).toEqual({ status: 0, findings: [] })
    const text = spawnSync(process.execPath, [path.resolve('dist/cli.js'), 'verify'], {
      cwd: project.root,
      encoding: 'utf8',
    }).stdout
    expect(text).toMatch(/001-stack: 6 events hold; its plan is gone/)
    project.write('specs/002-queue/tasks.md', '## Setup\n- [X] T001 Create one.txt\n')
    project.write('specs/002-queue/spec.md', '# Queue\n')
    project.write('specs/002-queue/plan.md', '# Plan\n')
    await call('next_task', { task: 'T001', feature: '002-queue' })
    expect(verify(project.root)).toEqual({
      status: 1,
      findings: [expect.stringMatching(/T001 is ticked/)],
    })
  })

  it('belongs to the place of its plan', async () => {
    const plan = '## Setup\n- [ ] T001 Create one.txt\n'
    const project = makeProject({
      'package.json': '{"name":"apps","scripts":{"test":"node --test"}}',
      'apps/web/specs/001-auth/spec.md': '# Web\n',
      'apps/web/specs/001-auth/plan.md': '# Plan\n',
      'apps/web/specs/001-auth/tasks.md': plan,
      'apps/api/specs/001-auth/spec.md': '# API\n',
      'apps/api/specs/001-auth/plan.md': '# Plan\n',
      'apps/api/specs/001-auth/tasks.md': plan,
    })
    const { call } = await connect(project.root)
    const web = { feature: 'apps/web/specs/001-auth' }
    await call('next_task', web)
    project.write('one.txt', 'x')
    project.write('apps/web/one.txt', 'x')
    await call('record_green', { task: 'T001', ...web })
    expect(await call('mark_complete', { task: 'T001', ...web })).toMatchObject({ code: undefined })
    project.write('apps/api/specs/001-auth/tasks.md', plan.replace('[ ]', '[X]'))
    const api = await call('next_task', { feature: 'apps/api/specs/001-auth' })
    expect(api.data).toMatchObject({ progress: { done: 0, claimed: 1 } })
    expect(readdirSync(path.join(project.root, '.redgreen/ledger'))).toEqual([
      'apps~web~specs~001-auth',
    ])
    // Both are verified without a word about which one.
    await call('next_task', { task: 'T001', feature: 'apps/api/specs/001-auth' })
    const { findings, status } = verify(project.root)
    expect(status).toBe(1)
    expect(findings).toEqual([expect.stringMatching(/T001 is ticked/)])
  })
})
