import { describe, expect, it } from 'vitest'
import { makeProject } from '../kit/project.ts'
import {
  PUSH,
  PUSH_COUNTS,
  PUSH_TEST,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
} from './stack.ts'
import { workAt, type HonestWork } from './work.ts'

const SIZE_TASK = 'Add the size to the stack in src/stack.js'
const PLAN = `# Plan\n\n- [ ] ${SIZE_TASK}\n- [ ] Push onto the stack in src/stack.js\n`

/** A checklist without ids, whose first task is done. */
async function afterFirst(): Promise<HonestWork> {
  const { root } = makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'redgreen.config.json': JSON.stringify({ plan: 'PLAN.md' }),
    'PLAN.md': PLAN,
    [SOURCE]: STUB,
  })
  const work = workAt(root)
  const { task } = await work.call('next_task')
  const id = String(Object(task).id)
  work.write(SIZE_TEST, SIZE_IS_ZERO)
  await work.red(id, SIZE_TEST)
  work.write(SOURCE, SIZE)
  await work.green(id)
  await work.done(id)
  return work
}

function reword(work: HonestWork, to: string): void {
  work.write('PLAN.md', work.read('PLAN.md').replace(SIZE_TASK, to))
}

/** The messages with the second task. */
async function messagesOf(work: HonestWork): Promise<string[]> {
  const { task, messages } = await work.call('next_task')
  expect(task).toMatchObject({ id: '2-push-onto-the-stack-in' })
  return Array.isArray(messages) ? messages.map(String) : []
}

describe('a finished task of a checklist without ids', () => {
  it('keeps its proof if another verb with the same meaning begins it', async () => {
    const work = await afterFirst()
    reword(work, 'Implement the size to the stack in src/stack.js')
    expect(await messagesOf(work)).not.toContainEqual(expect.stringContaining('!'))
    const id = '2-push-onto-the-stack-in'
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red(id, PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green(id)
    await work.done(id)
    expect((await work.call('run_validation'))['passed']).toBe(true)
  })

  it('says which text was proven if its words changed, and that text brings the proof back', async () => {
    const work = await afterFirst()
    reword(work, 'Add the exact size to the stack in src/stack.js')
    expect(await messagesOf(work)).toContainEqual(
      expect.stringContaining(
        `was proven as "${SIZE_TASK}". If it still asks for that, restore this text, or ask a human to confirm the new one with \`redgreen approve\`.`,
      ),
    )
    work.write('PLAN.md', work.read('PLAN.md').replace('exact ', ''))
    expect(await messagesOf(work)).not.toContainEqual(expect.stringContaining('proven'))
  })

  it('keeps no proof for the text of another task under its box', async () => {
    const work = await afterFirst()
    reword(work, 'Implement pop of the stack in src/stack.js')
    expect(await messagesOf(work)).toContainEqual(
      expect.stringContaining('! Ticked but not proven'),
    )
  })
})
