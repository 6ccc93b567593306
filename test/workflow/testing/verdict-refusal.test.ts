import { describe, expect, it } from 'vitest'
import { startTask } from '../../kit/assistant.ts'
import { nodeTest } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 A stack has a size\n'
const TEST = 'tests/stack.test.js'
const RED = { task: 'T001', tests: [TEST] }
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const AT_ROOT = SIZE.replace('../src/stack.js', '../stack.js')
const STUB = 'export class Stack {}\n'
const CODE = 'export class Stack {\n  size = 0\n}\n'

describe('a test that cannot be loaded', () => {
  it('because of a syntax error is refused with file and line, and needs no stub', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': STUB })
    project.write(TEST, SIZE.replace('assert.equal(', 'assert.equal('.repeat(2)))
    const test = await call('record_red', RED)
    expect(test.code).toBe('red_not_loaded')
    expect(test.text).toMatch(/SyntaxError: .* \(tests\/stack\.test\.js:5\)\./)
    expect(test.text).toMatch(/Fix the syntax error there\. Then call record_red .* again\./)
    expect(test.text).not.toContain('stub')

    project.write(TEST, SIZE)
    project.write('src/stack.js', 'export class Stack {\n  size = = 0\n}\n')
    const code = await call('record_red', RED)
    expect(code.text).toMatch(/SyntaxError: .* \(src\/stack\.js:2\)\./)

    project.write('src/stack.js', STUB)
    expect(await call('record_red', RED)).toMatchObject({ code: undefined })
    project.write('src/stack.js', `${CODE}export class {`)
    const green = await call('record_green', { task: 'T001' })
    expect(green.code).toBe('green_fails')
    expect(green.text).toMatch(/\(src\/stack\.js:4\)\..*Then call record_green/)
  })

  it('because of an import that no task names says where the module would be', async () => {
    const plan = '## Core\n- [ ] T001 A stack has a size, in src/stack.js\n'
    const { project, call } = await startTask(plan)
    project.write(TEST, SIZE.replace('../src/stack.js', '../src/stacks.js'))
    const wrong = await call('record_red', RED)
    expect(wrong.code).toBe('red_not_loaded')
    expect(wrong.text).toContain(
      'T001 names src/stack.js: correct the import, or add an empty stub src/stacks.js, so that the test fails on an assertion. Then',
    )
    project.write(TEST, SIZE)
    const right = await call('record_red', RED)
    expect(right.text).toContain(
      'Add an empty stub src/stack.js, so that the test fails on an assertion. Then',
    )
    project.write('src/stack.js', STUB)
    expect(await call('record_red', RED)).toMatchObject({ code: undefined })
  })

  it('because the module is elsewhere names both files', async () => {
    const { project, call } = await startTask(PLAN)
    project.write(TEST, AT_ROOT)
    const missing = await call('record_red', RED)
    expect(missing.code).toBe('red_not_loaded')
    expect(missing.text).toContain('stub')
    expect(missing.text).not.toContain('put the code')
    project.write('src/stack.js', STUB)
    const elsewhere = await call('record_red', RED)
    expect(elsewhere.text).toContain(
      'tests/stack.test.js does not find stack.js, and src/stack.js is new: put the code where the test loads it.',
    )
  })
})

describe('a GREEN that fails because the code is in another file', () => {
  it('names the stub that the test loads, and the file that was written', async () => {
    const { project, call } = await startTask(PLAN)
    project.write(TEST, AT_ROOT)
    project.write('stack.js', STUB)
    expect(await call('record_red', RED)).toMatchObject({ code: undefined })
    project.write('src/stack.js', CODE)
    const green = await call('record_green', { task: 'T001' })
    expect(green.code).toBe('green_fails')
    expect(green.text).toContain(
      'tests/stack.test.js loads stack.js, which has not changed, but src/stack.js was written: put the code where the test loads it.',
    )
    project.write('stack.js', "export * from './src/broken.js'\n")
    project.write('src/broken.js', 'export class Stack {}\n')
    expect((await call('record_green', { task: 'T001' })).text).not.toContain('put the code')
  })

  it('names the module that is imported within the test', async () => {
    const body = "assert.equal(new (await import('../stack.js')).Stack().size, 0)"
    const { project, call } = await startTask(PLAN)
    project.write(TEST, nodeTest('size', body).replace("'size', ()", "'size', async ()"))
    project.write(TEST, project.read(TEST).replace(/import \{ Stack.*\n/, ''))
    expect(await call('record_red', RED)).toMatchObject({ code: undefined })
    project.write('src/stack.js', CODE)
    expect((await call('record_green', { task: 'T001' })).text).toContain(
      'tests/stack.test.js does not find stack.js, and src/stack.js is new',
    )
  })
})

it('a step before RED is refused with what comes first', async () => {
  const { call } = await startTask(PLAN)
  for (const step of ['record_green', 'mark_complete']) {
    const early = await call(step, { task: 'T001' })
    expect(early.code).toBe('wrong_stage')
    expect(early.text).toMatch(/First write a test that fails and call record_red with task T001/)
  }
})

it('a run without tests names the files and the names that were looked for', async () => {
  const { project, call } = await startTask(PLAN, { 'src/stack.js': STUB })
  project.write(TEST, SIZE)
  const named = await call('record_red', { ...RED, names: ['push', 'pop'] })
  expect(named.code).toBe('no_tests_ran')
  expect(named.text).toContain('tests/stack.test.js has no test named "push" and "pop".')
  // As the answers name a test.
  const withFile = await call('record_red', { ...RED, names: ['tests/stack.test.js > push'] })
  expect(withFile.text).toContain('tests/stack.test.js has no test named "push".')
  project.write(TEST, SIZE.replace('test(', 'test.skip('))
  expect((await call('record_red', RED)).text).toContain(
    'No test ran in tests/stack.test.js: 1 test is skipped or marked as todo.',
  )
  project.write(TEST, '// later\n')
  expect((await call('record_red', RED)).text).toContain(
    'tests/stack.test.js has no test that the test runner finds.',
  )
})
