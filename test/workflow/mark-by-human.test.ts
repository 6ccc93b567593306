import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { humanAt } from '../kit/human.ts'
import { stackProject, TASKS } from '../kit/project.ts'

const PLAN =
  '## Polish\n- [ ] T001 Manually verify the colours\n- [ ] T002 Manually verify the sound\n'

it("refuses a human's yes for a task that was rewritten while they were asked, and marks nothing", async () => {
  const project = stackProject(PLAN)
  const changed = PLAN.replace('the colours', 'the layout')
  const { call } = humanAt(project.root, () => project.write(TASKS, changed))
  await expect(markComplete(call, { task: 'T001' })).rejects.toMatchObject({ code: 'conflict' })
  expect(project.read(TASKS)).toBe(changed)
})

it('marks a task that has moved to another line while a human was asked', async () => {
  const project = stackProject(PLAN)
  const changed = `# Tasks\n\n${PLAN}`
  const { call } = humanAt(project.root, () => project.write(TASKS, changed))
  await markComplete(call, { task: 'T001' })
  expect(project.read(TASKS)).toBe(changed.replace('[ ] T001', '[X] T001'))
})

it('records one confirmation if two humans say yes at the same time', async () => {
  const project = stackProject(PLAN)
  const { call: second } = humanAt(project.root)
  const { call: first } = humanAt(project.root, async () => {
    await markComplete(second, { task: 'T001' })
  })
  await markComplete(first, { task: 'T001' })
  const folder = '.redgreen/ledger/001-stack'
  const [file = ''] = readdirSync(path.join(project.root, folder))
  expect(project.read(`${folder}/${file}`).match(/"kind":"done"/g)).toHaveLength(1)
  expect(project.read(TASKS)).toBe(PLAN.replace('[ ] T001', '[X] T001'))
})
