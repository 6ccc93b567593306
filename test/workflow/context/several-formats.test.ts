import { expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { makeProject } from '../../kit/project.ts'

const TASKS = [{ id: 1, title: 'Add', status: 'pending' }]
const FILES = {
  'package.json': '{}',
  'specs/001-a/tasks.md': '## Phase 1: Core\n- [ ] T001 Add in src/add.js\n',
  'specs/001-a/spec.md': '# Spec\n',
  'specs/001-a/plan.md': '# Plan\n',
  '.taskmaster/tasks/tasks.json': JSON.stringify({ master: { tasks: TASKS } }),
}

it('a workspace with plans of several formats is asked about once, and the settings decide', async () => {
  const project = makeProject(FILES)
  const { call } = await connect(project.root)
  const asked = await call('next_task')
  expect(asked.code).toBe('ambiguous_feature')
  expect(asked.text).toContain(
    'specs/001-a (spec-kit), .taskmaster/tasks/tasks.json#master (task-master)',
  )
  expect(asked.text).toContain('set "dialect" in redgreen.config.json to spec-kit or task-master')
  project.write('redgreen.config.json', '{"dialect": "task-master"}')
  expect(await call('next_task')).toMatchObject({
    code: undefined,
    text: expect.stringContaining('[1] Add'),
  })
})
