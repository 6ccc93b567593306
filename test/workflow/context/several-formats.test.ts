import { expect, it } from 'vitest'
import { dialects } from '../../../src/dialects/index.ts'
import { connect } from '../../kit/assistant.ts'
import { runCommand } from '../../kit/program.ts'
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

it('a call that names the plan of another format gets it, whatever the settings say', async () => {
  const files = { ...FILES, '.kiro/specs/001-a/tasks.md': '- [ ] 1. Add\n' }
  const settings = '{"dialect": "task-master"}'
  const project = makeProject({ ...files, 'redgreen.config.json': settings })
  const named = async (feature: string) => {
    const { call } = await connect(project.root)
    return (await call('read_document', { document: 'progress', feature })).text
  }
  expect(await named('specs/001-a')).toContain('"dialect": "spec-kit"')
  expect(await named('.kiro/specs/001-a')).toContain('"dialect": "kiro"')
  expect(await named('master')).toContain('"dialect": "task-master"')
  expect(await named('001')).toContain('The name 001 fits 2 features')
  project.write('redgreen.config.json', '{"dialect": "kiro"}')
  expect(await named('001-a')).toContain('"dialect": "kiro"')
  expect(await named('none')).toContain('There is no feature none')
})

it('the settings decide between plans in every format, over the command line too', () => {
  const task = { title: 'Add', source: 'src/add.js', test: 'test/add.test.js' }
  const plans = dialects.map(dialect => dialect.example(task))
  const project = makeProject(Object.assign({ 'package.json': '{}' }, ...plans))
  const status = () => runCommand(project, ['status', '--json'])
  const asked = status()
  expect(asked.status).toBe(1)
  // A checklist that nobody names waits for the plans of the others.
  for (const { name, yields } of dialects)
    expect(asked.stderr.includes(`(${name})`)).toBe(yields !== true)
  for (const { name } of dialects) {
    project.write('redgreen.config.json', JSON.stringify({ dialect: name }))
    expect(JSON.parse(status().stdout)).toMatchObject({ feature: { dialect: name } })
  }
})
