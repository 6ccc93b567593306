import { expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { makeProject } from '../../kit/project.ts'

/** A checklist without a heading above its tasks. */
async function listed(plan: string) {
  const project = makeProject({
    'PLAN.md': plan,
    'redgreen.config.json': '{"plan":"PLAN.md"}',
    'package.json': '{"type":"module","scripts":{"test":"node --test"}}',
  })
  return connect(project.root)
}

it('a task without a phase is named without one', async () => {
  const { call } = await listed('- [ ] Add one in src/one.js\n- [ ] Add two in src/two.js\n')
  const { text } = await call('next_task')
  expect(text).toMatch(/^PLAN\.md:1$/m)
  expect(text).not.toMatch(/Starting Tasks/)
})

it('a plan with one task has no range of ids', async () => {
  const { call } = await listed('- [ ] Add one in src/one.js\n')
  expect((await call('next_task', { task: 'T999' })).text).toMatch(/Its only task is /)
})
