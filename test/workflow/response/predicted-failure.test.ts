import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { makeProject, nodeTest } from '../../kit/project.ts'

const TASK = '1-size-of-a-stack'
const TEST = 'tests/stack.test.js'

function planWith(expected: string): string {
  return `# Stack

### Task 1: Size of a stack

- Create: \`src/stack.js\`
- Test: \`${TEST}\`

- [ ] **Step 1: Write the failing test**

Run: \`node --test ${TEST}\`
${expected}
`
}

describe('a RED of a task with a predicted failure', () => {
  it.each([
    ['Expected: FAIL with "undefined !== 0"', 'yes', 'The failure is the predicted one'],
    ['Expected: FAIL with "stack is not defined"', 'no', '! The plan predicts "stack is not de'],
    ['Expected: FAIL because it is new', 'unclear', 'Compare it with the failure that was seen'],
  ])('says whether it is the predicted one: %s', async (expected, seen, note) => {
    const project = makeProject({
      'package.json': '{"type":"module","scripts":{"test":"node --test"}}',
      'PLAN.md': planWith(expected),
      'redgreen.config.json': '{"plan":"PLAN.md"}',
      'src/stack.js': 'export class Stack {}\n',
    })
    const { call } = await connect(project.root)
    const next = await call('next_task')
    expect(next.text).toContain(
      `The plan (PLAN.md) wants tests in ${TEST}, run with node --test ${TEST}, failing first with`,
    )
    project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    const red = await call('record_red', { task: TASK, tests: [TEST] })
    expect(red).toMatchObject({
      code: undefined,
      data: { stage: 'red', predicted: { path: 'PLAN.md', line: 11, seen } },
    })
    expect(red.text).toContain(note)
  })
})
