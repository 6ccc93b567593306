import { expect, it } from 'vitest'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { callAt } from '../../kit/call.ts'
import { stackProject } from '../../kit/project.ts'

it('dropped tasks are named when no other is left', async () => {
  const tasks = '## Phase 1: Setup\n- [ ] ~~T001 Create notes.txt~~\n- [ ] ~~T002 Create a.txt~~\n'
  const { task, messages } = await nextTask(callAt(stackProject(tasks).root), {})
  expect([task, messages]).toEqual([null, ['The plan drops or defers 2 tasks: T001 and T002.']])
})

it('dropped tasks are not named while there is another one', async () => {
  const tasks = '## Phase 1: Setup\n- [ ] ~~T001 Create notes.txt~~\n- [ ] T002 Create a.txt\n'
  const { task, messages } = await nextTask(callAt(stackProject(tasks).root), {})
  expect([task?.id, messages.join()]).toEqual(['T002', expect.not.stringContaining('drops')])
})
