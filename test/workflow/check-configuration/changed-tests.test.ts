import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { startTask, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { nodeTest, type Project } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')

/** T001 is red by an assertion, and has this code. */
async function withCode(code: string): Promise<{ project: Project; call: Assistant['call'] }> {
  const { project, call } = await startTask(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
  project.write(TEST, SIZE)
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write('src/stack.js', `export class Stack {\n  ${code}\n}\n`)
  return { project, call }
}

const counted = async ({ root }: Project) => (await verify(callAt(root)))[0]

describe('a test that is changed after its code was written', () => {
  it('is named and counted, with the first version that fails with the code', async () => {
    const { project, call } = await withCode("size = 'many'")
    project.write(TEST, nodeTest('size', "assert.ok('size' in new Stack())"))
    const named =
      /Tests of T001 were changed after its code .* The first version of .*size.* fails with this code/
    expect((await call('record_green', { task: 'T001' })).text).toMatch(named)
    expect((await call('mark_complete', { task: 'T001' })).text).toMatch(named)
    expect((await call('run_validation')).text).toMatch(named)
    expect(project.read('.redgreen/reports/001-stack.md')).toMatch(named)
    const verified = await counted(project)
    expect(verified).toMatchObject({ passed: true, changedTests: 1 })
    expect(verified?.notes.join('\n')).toMatch(named)
  })

  it('is named without that if the first version passes too', async () => {
    const { project, call } = await withCode('size = 0')
    const tidied = 'const { size } = new Stack()\n  assert.equal(size, 0)'
    project.write(TEST, nodeTest('size', tidied))
    const { code, text } = await call('record_green', { task: 'T001' })
    expect(code).toBeUndefined()
    expect(text).toContain('were changed after its code was written')
    expect(text).not.toContain('The first version')
    expect(await counted(project)).toMatchObject({ changedTests: 1 })
  })

  it.each([
    ['the call of a method that is missing there', 'new Stack().size()'],
    ['an error that the test throws', "if (new Stack().size === undefined) throw new Error('no')"],
  ])('has to fail without it by an assertion, and not by %s', async (_how, body) => {
    const { project, call } = await withCode('size() { return 5 }')
    project.write(TEST, nodeTest('size', body))
    expect(await call('record_green', { task: 'T001' })).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining('no longer fail by an assertion there'),
    })
  })

  it('may fail by an error without it if it did so at RED', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
    project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size(), 0)'))
    await call('record_red', { task: 'T001', tests: [TEST] })
    project.write('src/stack.js', 'export class Stack {\n  size() { return 0 }\n}\n')
    project.write(TEST, nodeTest('size', 'assert.strictEqual(new Stack().size(), 0)'))
    expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  })

  it('is not meant by tests that change before the code, or a change that is reverted', async () => {
    const { project, call } = await withCode('size = 0')
    project.write(TEST, SIZE.replace('0', '1'))
    expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: 'green_fails' })
    project.write(TEST, SIZE)
    await call('record_green', { task: 'T001' })
    expect(await counted(project)).toMatchObject({ passed: true, changedTests: 0 })
  })
})

describe('a test that a formatter changed after its code was written', () => {
  const FORMATTED = SIZE.replaceAll("'", '"').replace(', 0)', ',\n    0,\n  );')

  it.each([
    ['alone', FORMATTED],
    [
      'and to which another was added',
      `${FORMATTED}test("two", () => {\n  assert.ok(new Stack());\n});\n`,
    ],
    ['and whose comment is another', `// A new stack is empty.\n${FORMATTED}`],
  ])('%s, is not called changed', async (_how, text) => {
    const { project, call } = await withCode('size = 0')
    project.write(TEST, text)
    const green = await call('record_green', { task: 'T001' })
    expect(green.code).toBeUndefined()
    expect(green.text).not.toContain('were changed')
    expect((await call('mark_complete', { task: 'T001' })).text).not.toContain('were changed')
    expect(await counted(project)).toMatchObject({ passed: true, changedTests: 0, notes: [] })
  })

  it.each([
    ['another value', 'size = 5', FORMATTED.replace('0,', '5,')],
    [
      'another assertion',
      "size = 'many'",
      FORMATTED.replace('equal', 'notEqual').replace('0,', 'undefined,'),
    ],
  ])('and %s, is called changed', async (_how, code, text) => {
    const { project, call } = await withCode(code)
    project.write(TEST, text)
    expect((await call('record_green', { task: 'T001' })).text).toContain('were changed')
    expect(await counted(project)).toMatchObject({ changedTests: 1 })
  })
})

describe('a test that is added after RED', () => {
  const ANOTHER = `test('two', () => {\n  assert.notEqual(new Stack(), new Stack())\n})\n`

  it.each([
    ['GREEN', true],
    ['the code was written', false],
  ])('and after %s is called added, and not changed', async (_when, isGreen) => {
    const { project, call } = await withCode('size = 0')
    if (isGreen) await call('record_green', { task: 'T001' })
    project.write(TEST, `${SIZE}${ANOTHER}`)
    const { code, text } = await call('record_green', { task: 'T001' })
    expect(code).toBeUndefined()
    expect(text).toContain(
      `Tests were added or formatted after the RED (${TEST}). Those of the RED did not`,
    )
    expect(text).not.toContain('were changed')
    const marked = await call('mark_complete', { task: 'T001' })
    expect(marked).toMatchObject({ data: { stage: 'done' } })
    expect(marked.text).not.toContain('were changed')
    const verified = await counted(project)
    expect(verified).toMatchObject({ passed: true, changedTests: 0, notes: [] })
    expect(verified?.evidence.map(group => group.class)).not.toContain('tests-changed')
  })

  it('has to pass like every other test', async () => {
    const { project, call } = await withCode('size = 0')
    await call('record_green', { task: 'T001' })
    project.write(TEST, `${SIZE}${ANOTHER.replace('notEqual', 'equal')}`)
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: 'green_fails' })
  })

  it('is called changed if another test changed with it or before it', async () => {
    const { project, call } = await withCode('size = 0')
    const tidied = SIZE.replace('size, 0)', "size, 0, 'empty')")
    project.write(TEST, tidied)
    await call('record_green', { task: 'T001' })
    project.write(TEST, `${tidied}${ANOTHER}`)
    const { text } = await call('record_green', { task: 'T001' })
    expect(text).toContain('Tests of T001 were changed after its code was written')
    expect(await counted(project)).toMatchObject({ changedTests: 1 })
  })

  it('is called changed if its lines change what an earlier test asserts', async () => {
    const { project, call } = await withCode("size = 'many'")
    const weaker = SIZE.replace(
      '  assert.equal',
      `  if ('size' in new Stack()) return\n  assert.equal`,
    )
    project.write(TEST, weaker)
    const { code, text } = await call('record_green', { task: 'T001' })
    expect(code).toBeUndefined()
    expect(text).toMatch(/were changed after its code .* The first version of .*size.* fails/)
    expect(await counted(project)).toMatchObject({ changedTests: 1 })
  })
})
