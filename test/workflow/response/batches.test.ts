import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { stackProject, TASKS, type Project } from '../../kit/project.ts'

const DOCS = `## Phase 1: Docs
- [ ] T001 [P] Document one in docs/one.md
- [ ] T002 [P] Document two in docs/two.md
- [ ] T003 [P] Document three in docs/three.md

## Phase 2: Polish
- [ ] T004 Document four in docs/four.md
`
const OVER = [
  'The other tasks of Phase 1: Docs are finished. Review these failures before the next phase:',
  '✗ T002 Document two in docs/two.md: no words for it at all',
]

const messages = (answer: { data: Record<string, unknown> }) => answer.data['messages']

interface Session {
  project: Project
  call: Assistant['call']
}

async function openSession(tasks: string): Promise<Session> {
  const project = stackProject(tasks)
  for (const file of ['one', 'two', 'three', 'four']) project.write(`docs/${file}.md`, 'words')
  const { call } = await connect(project.root)
  return { project, call }
}

const DOCUMENTS: Record<string, string> = { T001: 'one', T002: 'two', T003: 'three', T004: 'four' }

async function finish({ call, project }: Session, task: string) {
  await call('next_task', { task })
  project.write(`docs/${DOCUMENTS[task]}.md`, `words for ${task}`)
  await call('record_green', { task })
  return call('mark_complete', { task })
}

async function fail(call: Assistant['call'], task: string) {
  await call('next_task', { task })
  return call('report_failure', { task, error: 'no words for it\nat all' })
}

describe('a batch of parallel tasks', () => {
  it('is announced once, when it is offered, with what its tasks have in common', async () => {
    const { call } = await openSession(DOCS)
    const first = await call('next_task')
    expect(messages(first)).toEqual([
      '4 tasks in 2 phases: 1 sequential, 3 parallel [P]',
      'Starting Phase 1: Docs (T001-T003)...',
      '[T001-T003 can be done in parallel - docs]',
    ])
    expect(first.text).toContain('[T001-T003 can be done in parallel - docs]\n')
    expect(first.text).toContain('[T001] Document one in docs/one.md\n')
    const second = await call('next_task', { task: 'T002' })
    expect(messages(second)).toEqual([])
    expect(second.text).toContain('[T002] Document two in docs/two.md\n')
  })

  it('ends with the succeeded and failed tasks, and a failure is shown again at the end of the phase', async () => {
    const { project, call } = await openSession(DOCS)
    const first = await finish({ project, call }, 'T001')
    expect(messages(first)).toEqual([])
    expect(first.text).toMatch(/tasks\.md:\d+ changed from \[ \] to \[X\]\./)
    expect(first.text).toContain('Progress: 1/4 tasks completed (25%).')
    expect(messages(await fail(call, 'T002'))).toEqual([])
    const last = await finish({ project, call }, 'T003')
    expect(messages(last)).toEqual([
      'Parallel batch complete: 2/3 succeeded, 1 failed',
      '✗ T002 failed (can be fixed and re-run independently)',
      '✓ T001, T003 completed successfully',
      ...OVER,
    ])
    for (const line of OVER) expect(last.text).toContain(line)
    expect(project.read(TASKS)).toContain('- [ ] T002')
    expect(messages(await finish({ project, call }, 'T002'))).toEqual([
      'Phase 1: Docs Complete (3/3 tasks)',
      'Parallel batch complete: 3/3 succeeded, 0 failed',
      '✓ T001-T003 completed successfully',
    ])
  })

  it('can end with a failure, in the answer to report_failure', async () => {
    const { project, call } = await openSession(DOCS.replace('[ ] T001', '[X] T001'))
    await finish({ project, call }, 'T003')
    const failed = await fail(call, 'T002')
    expect(messages(failed)).toEqual([
      'Parallel batch complete: 1/3 succeeded, 1 failed',
      '✗ T002 failed (can be fixed and re-run independently)',
      '⚠ T001 ticked by hand, not proven',
      '✓ T003 completed successfully',
      ...OVER,
    ])
    expect(failed.text).toContain('Parallel batch complete: 1/3 succeeded, 1 failed')
  })

  it('is named in the report of a partial success', async () => {
    const { call } = await openSession(DOCS)
    for (const task of ['T001', 'T002', 'T003']) await fail(call, task)
    const { text } = (await call('read_document', { document: 'validation' })).data
    expect(String(text).split('\n')).toEqual(
      expect.arrayContaining([
        '- ✗ 3 tasks failed (all in parallel batch T001-T003)',
        '- ✗ T002 Document two in docs/two.md: no words for it at all',
      ]),
    )
  })

  it('does not contain a task that cannot start yet or is ticked', async () => {
    const { call } = await openSession(DOCS.replace('two.md', 'one.md'))
    expect(messages(await call('next_task'))).toContain(
      '[T001 and T003 can be done in parallel - docs]',
    )
    const other = await openSession(DOCS.replace('[ ] T002', '[X] T002'))
    const offered = messages(await other.call('next_task'))
    expect(offered).toContain('[T001 and T003 can be done in parallel - docs]')
  })
})
