import { expect, it } from 'vitest'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject } from '../../kit/project.ts'

const TASKS =
  '- [ ] 1. Create one.txt\n- [ ]* 2. Create two.txt\n- [x]* 3. Create three.txt\n- [ ]* 4. Create four.txt\n'
const FILES = {
  'package.json': '{}',
  '.kiro/specs/a/tasks.md': TASKS,
  '.kiro/specs/a/requirements.md': '# Requirements\n',
  '.kiro/specs/a/design.md': '# Design\n',
  'redgreen.config.json': JSON.stringify({ kinds: [{ tasks: '1-4', kind: 'check' }] }),
}

it('optional tasks are named with the first task and when no other is left, and start if a caller names one', async () => {
  const project = makeProject(FILES, { git: false })
  const call = callAt(project.root)
  const finish = async (task: string, file: string) => {
    project.write(file, 'content')
    await recordGreen(call, { task })
    await markComplete(call, { task })
  }
  const note = (response: { messages: string[] }) =>
    response.messages.filter(text => text.startsWith('Optional'))

  const first = await nextTask(call, {})
  expect(first.task?.id).toBe('1')
  expect(note(first)).toEqual([expect.stringContaining('2 and 4. To do one of them')])
  expect(note(await nextTask(call, {}))).toEqual([])
  await finish('1', 'one.txt')

  const last = await nextTask(call, {})
  expect(last.task).toBeNull()
  expect(note(last)).toHaveLength(1)
  expect((await nextTask(call, { task: '2' })).task?.id).toBe('2')
  await finish('2', 'two.txt')
  expect(note(await nextTask(call, {}))).toEqual([expect.stringContaining('feature: 4. To')])
})
