import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { recordRed } from '../../../src/workflow/record-red.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { makeForge, type Clone } from '../../kit/clones.ts'
import { nodeTest } from '../../kit/project.ts'

const PLAN = `## Phase 1: Core
- [ ] T001 size in src/stack.js
- [ ] T002 two in two.txt
`

const at = ({ root }: Clone) => callAt(root, path.basename(root))

/** T001 is proven on main. */
async function prove(clone: Clone): Promise<void> {
  await nextTask(at(clone), { task: 'T001' })
  clone.write('src/stack.js', 'export class Stack {}\n')
  clone.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await recordRed(at(clone), { task: 'T001', tests: ['tests/size.test.js'] })
  clone.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await recordGreen(at(clone), { task: 'T001' })
  await markComplete(at(clone), { task: 'T001' })
  clone.push()
}

/** Two clones without a shared store. The second one starts T001 after the first one proved it, and merges that. */
async function startedTwice(): Promise<Clone> {
  const forge = makeForge(PLAN, {}, { 'redgreen.config.json': '{}' })
  const [one, two] = [forge.clone('one'), forge.clone('two')]
  await prove(one)
  await nextTask(at(two), {})
  two.git('add', '--all')
  two.git('commit', '-qm', 'only asked for the next task')
  two.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'one')
  return two
}

async function verified(clone: Clone) {
  const [first] = await verify(at(clone), {})
  if (!first) throw new Error('Nothing was verified.')
  return first
}

describe('a proof that a clone merges after it started the same task', () => {
  it('counts, and the next task is due', async () => {
    const two = await startedTwice()
    expect(await verified(two)).toMatchObject({ findings: [], done: 1 })
    expect(await nextTask(at(two), {})).toMatchObject({ task: { id: 'T002' } })
  })

  it('does not let that clone work on the task with other tests', async () => {
    const two = await startedTwice()
    two.write('src/stack.js', 'export class Stack {\n  size = 1\n}\n')
    two.write('tests/other.test.js', nodeTest('other', 'assert.equal(new Stack().size, 1)'))
    const red = recordRed(at(two), { task: 'T001', tests: ['tests/other.test.js'] })
    await expect(red).rejects.toMatchObject({ code: 'wrong_stage' })
    await expect(recordGreen(at(two), { task: 'T001' })).rejects.toMatchObject({
      code: 'wrong_stage',
    })
  })
})
