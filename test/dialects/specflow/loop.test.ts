import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const DIR = '.specify/specs/f-1-garden'
const LOOP_PROGRESS = '.maestro/outputs/LOOP_PROGRESS.md'
const CHECKED = { tasks: 'T-1.1,T-1.2', kind: 'check' }

interface Garden {
  project: Project
  call: Assistant['call']
}

/** A feature of SpecFlow in a workspace without a folder of the playbook. */
async function garden(): Promise<Garden> {
  const project = makeProject({
    [`${DIR}/spec.md`]: '# Garden\n\nBeds have a size.\n',
    [`${DIR}/plan.md`]: '# Plan\n\nPlain files.\n',
    [`${DIR}/tasks.md`]: '- [ ] **T-1.1** Write beds.txt\n- [ ] **T-1.2** Write paths.txt\n',
    'redgreen.config.json': JSON.stringify({
      approval: { required: 'never' },
      kinds: [CHECKED],
    }),
  })
  const { call } = await connect(project.root)
  return { project, call }
}

async function round({ project, call }: Garden, task: string, file: string): Promise<void> {
  expect((await call('next_task', { task })).code).toBeUndefined()
  project.write(file, 'Two by three.\n')
  expect((await call('record_green', { task })).code).toBeUndefined()
  expect((await call('mark_complete', { task })).code).toBeUndefined()
}

describe('a round of the playbook', () => {
  it('has the specification and the technical plan in its context', async () => {
    const { call } = await garden()
    const { data } = await call('next_task')
    expect(data['documents']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'spec', path: `${DIR}/spec.md` }),
        expect.objectContaining({ name: 'plan', path: `${DIR}/plan.md` }),
      ]),
    )
    const spec = await call('read_document', { document: 'spec' })
    const plan = await call('read_document', { document: 'plan' })
    expect([spec.text, plan.text].join('\n')).toMatch(/Beds have a size\.[^]*Plain files\./)
  })

  it('creates the outputs folder if it is missing', async () => {
    const all = await garden()
    const { project } = all
    expect(existsSync(path.join(project.root, '.maestro'))).toBe(false)
    await round(all, 'T-1.1', 'beds.txt')
    expect(existsSync(path.join(project.root, '.maestro/outputs'))).toBe(true)
  })

  it('leaves the progress log up to date', async () => {
    const all = await garden()
    const { project } = all
    await round(all, 'T-1.1', 'beds.txt')
    const first = project.read(LOOP_PROGRESS)
    expect(first).toContain('## Task: T-1.1 Write beds.txt')
    expect(first).not.toContain('T-1.2')
    await round(all, 'T-1.2', 'paths.txt')
    expect(project.read(LOOP_PROGRESS).startsWith(first)).toBe(true)
    expect(project.read(LOOP_PROGRESS).slice(first.length)).toContain(
      '## Task: T-1.2 Write paths.txt',
    )
  })
})
