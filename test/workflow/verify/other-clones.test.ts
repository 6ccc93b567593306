import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { recordRed } from '../../../src/workflow/record-red.ts'
import { verify, type Verified } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { makeForge, type Clone } from '../../kit/clones.ts'
import { nodeTest, TASKS } from '../../kit/project.ts'

const PLAN = `## Phase 1: Core
- [ ] T001 [P] size in src/stack.js
- [ ] T002 [P] two in two.txt
- [ ] T003 [P] three in three.txt
`

/** The call of a clone's server. */
const at = ({ root }: Clone) => callAt(root, path.basename(root))

/** Proves T001 by a test, up to its GREEN. */
async function proveFirst(clone: Clone): Promise<void> {
  await nextTask(at(clone), { task: 'T001' })
  clone.write('src/stack.js', 'export class Stack {}\n')
  clone.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await recordRed(at(clone), { task: 'T001', tests: ['tests/size.test.js'] })
  clone.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await recordGreen(at(clone), { task: 'T001' })
}

async function finish(clone: Clone, task: string, file: string): Promise<void> {
  await nextTask(at(clone), { task })
  clone.write(file, `${task}\n`)
  await recordGreen(at(clone), { task })
  await markComplete(at(clone), { task })
}

const SNAPSHOTS = 'refs/redgreen/*:refs/redgreen/*'

/** Pushes the work of a clone with its snapshots. */
function push(clone: Clone): void {
  clone.push()
  clone.git('push', '-q', 'origin', SNAPSHOTS)
}

/** The evidence of a branch in a new clone, with the snapshots that were pushed. */
async function verified(clone: Clone): Promise<Verified> {
  clone.git('fetch', '-q', 'origin', SNAPSHOTS)
  const [first] = await verify(callAt(clone.root), { replay: () => undefined })
  if (!first) throw new Error('Nothing was verified.')
  return first
}

describe('the evidence of a branch', () => {
  it('is complete without the work of other clones that is not merged and not pushed', async () => {
    const forge = makeForge(PLAN)
    const [one, two] = [forge.clone('one'), forge.clone('two')]
    await proveFirst(one)
    await finish(two, 'T002', 'two.txt')
    push(two)
    const inProgress = await verified(forge.clone('ci-1').at('two'))
    expect(inProgress).toMatchObject({ findings: [], notes: [], done: 1, replayed: 1 })

    await markComplete(at(one), { task: 'T001' })
    await finish(two, 'T003', 'three.txt')
    push(two)
    const finished = await verified(forge.clone('ci-2').at('two'))
    expect(finished).toMatchObject({
      findings: [],
      notes: ['T001 was finished in another clone. Its code and its mark are not on this branch.'],
      done: 2,
      replayed: 2,
    })
    expect(finished.events).toBeGreaterThan(inProgress.events)
  })

  it('needs the tests and the snapshots of a task whose mark is on the branch', async () => {
    const forge = makeForge(PLAN)
    const [one, two] = [forge.clone('one'), forge.clone('two')]
    await proveFirst(one)
    await markComplete(at(one), { task: 'T001' })
    await finish(two, 'T002', 'two.txt')
    two.write(TASKS, two.read(TASKS).replace('[ ] T001', '[X] T001'))
    push(two)
    const { findings } = await verified(forge.clone('ci').at('two'))
    const texts = findings.map(({ text }) => text).join('\n')
    expect(texts).toContain('T001 was proven by tests/size.test.js, which does not exist')
    expect(texts).toContain('the replay does not show it')
  })
})
