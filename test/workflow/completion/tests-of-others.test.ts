import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { parallelPlan, proveRed } from '../../kit/http-assistant.ts'
import { stackProject } from '../../kit/project.ts'

/** Two assistants, and the first of them up to its GREEN of T001. */
async function afterGreen(files: Record<string, string> = {}) {
  const project = stackProject(parallelPlan(2), {
    ...files,
    'redgreen.config.json': '{"bite": false}',
  })
  const [first, second] = [await connect(project.root), await connect(project.root)]
  await first.call('next_task')
  await second.call('next_task', { task: 'T002' })
  await proveRed(project, first.call, 'T001')
  project.write('src/T001.js', 'export const value = () => 1\n')
  await first.call('record_green', { task: 'T001' })
  const finish = () => first.call('mark_complete', { task: 'T001', refactor: 'Nothing to do.' })
  return { project, second, finish }
}

const FAILS =
  "import test from 'node:test'\ntest('T002', () => {\n  throw new Error('no code')\n})\n"

describe('the suite of a task', () => {
  it('excuses the new test that another assistant is writing and has not recorded yet', async () => {
    const { project, finish } = await afterGreen()
    project.write('tests/T002.test.js', FAILS)
    expect((await finish()).data).toMatchObject({ stage: 'done', suite: { ran: 'full' } })
  })

  it('does not excuse it once nobody works on that task any more', async () => {
    const { project, second, finish } = await afterGreen()
    project.write('tests/T002.test.js', FAILS)
    await second.close()
    expect((await finish()).code).toBe('suite_fails')
  })

  it('does not excuse a test that is older than that task, or that it does not name', async () => {
    const passes = FAILS.replace("throw new Error('no code')", '')
    const { project, finish } = await afterGreen({ 'tests/T002.test.js': passes })
    project.write('tests/T002.test.js', FAILS)
    expect((await finish()).code).toBe('suite_fails')
    project.write('tests/T002.test.js', passes)
    project.write('tests/other.test.js', FAILS)
    expect((await finish()).code).toBe('suite_fails')
  })
})
