import { describe, expect, it } from 'vitest'
import { startTask } from '../../kit/assistant.ts'
import { nodeTest } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/stack.test.js'
const RED = { task: 'T001', tests: [TEST] }
const NOTE = /^Nothing was run now: this result was recorded at \d{4}-\d\d-\d\d [\d:]{8} UTC, and /m

describe('a repeated call', () => {
  it('says that its answer is the recorded one, and which argument was ignored', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
    project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    const red = await call('record_red', RED)
    expect(red.text).not.toMatch(NOTE)
    const again = await call('record_red', RED)
    expect(again.text).toMatch(NOTE)
    expect(again.text).not.toContain('was ignored')
    expect(again.data).toMatchObject({ repeated: true, evidence: red.data['evidence'] })
    expect((await call('record_red', { ...RED, late: true })).text).toContain(
      '`late` was ignored: T001 is red already',
    )

    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect((await call('record_green', { task: 'T001' })).text).not.toMatch(NOTE)
    expect((await call('record_green', { task: 'T001' })).text).toMatch(NOTE)

    const mark = { task: 'T001', refactor: 'none' }
    expect((await call('mark_complete', mark)).text).not.toMatch(NOTE)
    const marked = await call('mark_complete', mark)
    expect(marked.text).toMatch(NOTE)
    expect(marked.data).toMatchObject({ repeated: true, stage: 'done' })
    expect(marked.text).not.toContain('was ignored')
    const other = await call('mark_complete', { ...mark, refactor: 'extracted size()' })
    expect(other.text).toContain('`refactor` was ignored')

    expect((await call('run_validation')).text).not.toMatch(NOTE)
    const validated = await call('run_validation')
    expect(validated.text).toMatch(NOTE)
    expect(validated.data).toMatchObject({ repeated: true, passed: true, attempt: 1 })
  })

  it('says nothing of the kind if the first RED was a retroactive one too', async () => {
    const { project, call } = await startTask(PLAN)
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    const late = { ...RED, late: true }
    expect((await call('record_red', late)).data).toMatchObject({ checkout: 'late' })
    const again = await call('record_red', late)
    expect(again.text).toMatch(NOTE)
    expect(again.text).not.toContain('was ignored')
  })
})
