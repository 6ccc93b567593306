import { expect, test } from 'vitest'
import { Refusal } from '../../../src/workflow/context/refusal.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { mapErrors } from '../../../src/workflow/context/error-mapping.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const NO_STATE = '{"phases": [{"tasks": [{"id": 1, "name": "Open the door"}]}]}'
const EXPECTED =
  'prd.json may be the plan, but its 1 task has no state. Give every task a "passes": false or a "status": "pending".'

async function refusalOf({ root }: Project, feature?: string): Promise<string> {
  const call = { ...callAt(root), feature }
  try {
    const { plan } = await mapErrors(call, () => loadContext(call))
    return plan.feature.dialect
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

const projectOf = (files: Record<string, string>) => makeProject(files, { git: false })

test('a file with the name of a plan that is none is named, with what a plan has to have', async () => {
  const project = projectOf({ 'prd.json': NO_STATE })
  expect(await refusalOf(project)).toContain(EXPECTED)
  project.write('prd.json', NO_STATE.replace('"id": 1', '"id": 1, "passes": false'))
  expect(await refusalOf(project)).toBe('json-plan')
})

test('it is named beside a file that is offered, and beside a planner without a feature', async () => {
  const project = projectOf({ 'prd.json': NO_STATE, 'PLAN.md': '- [ ] a\n' })
  expect(await refusalOf(project)).toContain(`${EXPECTED} But PLAN.md has boxes`)
  project.write('.taskmaster/config.json', '{}')
  expect(await refusalOf(project)).toContain(EXPECTED)
})

test('it does not matter beside a plan, unless the caller names it', async () => {
  const feature = { 'openspec/changes/a/tasks.md': '- [ ] 1.1 A\n' }
  const project = projectOf({ 'prd.json': NO_STATE, ...feature })
  expect(await refusalOf(project)).toBe('openspec')
  expect(await refusalOf(project, 'prd.json')).toContain(EXPECTED)
})
