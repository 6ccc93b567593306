import { expect, it } from 'vitest'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { waive } from '../../../src/workflow/human/waive.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { makeProject } from '../../kit/project.ts'

/** The workspace of a plan of Kiro. */
function planned(tasks: string): string {
  const dir = '.kiro/specs/a'
  return makeProject({
    'package.json': '{"type": "module", "scripts": {"test": "node --test"}}',
    [`${dir}/requirements.md`]: '# Requirements\n',
    [`${dir}/design.md`]: '# Design\n',
    [`${dir}/tasks.md`]: tasks,
  }).root
}

const refusal = (root: string, task?: string) =>
  nextTask(callAt(root), task === undefined ? {} : { task }).then(
    () => ({ code: undefined, message: '' }),
    (error: unknown) => error,
  )

const TICKED =
  '- [x] 1. Dimmer\n  - [x] 1.1 Add a dimmer in src/dimmer.js\n- [ ] 2. Add a timer\n  - _Depends: 1_\n'

it.each([undefined, '2', '1'])(
  'a task that waits for a group of ticked tasks leads to one of them: %s',
  async task => {
    const root = planned(TICKED)
    expect(await refusal(root, task)).toMatchObject({
      code: 'not_ready',
      message: expect.stringMatching(/waits for 1\.1 \(.*To prove 1\.1, .*redgreen waive 1\.1 /s),
    })
    expect((await nextTask(callAt(root), { task: '1.1' })).task?.id).toBe('1.1')
  },
)

it('a human may also accept the ticked tasks of the group, and then the other task starts', async () => {
  const root = planned(TICKED)
  await waive(humanAt(root).call, { tasks: [], ticked: true, reason: 'done before' })
  expect((await nextTask(callAt(root), {})).task?.id).toBe('2')
})

it('a task that waits for a dropped one is refused with the way out, which works', async () => {
  const root = planned('- [ ] ~~1. Add a dimmer~~\n- [ ] 2. Add a timer\n  - _Depends: 1_\n')
  expect(await refusal(root)).toMatchObject({
    code: 'not_ready',
    message: expect.stringMatching(/2 waits for 1 \(.*the plan drops it\).*redgreen waive 1 /s),
  })
  await waive(humanAt(root).call, { tasks: ['1'], reason: 'not needed' })
  expect((await nextTask(callAt(root), {})).task?.id).toBe('2')
})
