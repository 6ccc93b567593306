import { renameSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startTask } from '../../kit/assistant.ts'
import { nodeTest, type Project } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 A stack has a size\n'
const TEST = 'tests/stack.test.js'
const OTHER = 'tests/stacks.test.js'
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const STUB = { 'src/stack.js': 'export class Stack {}\n' }

function rename(project: Project, from: string, to: string): void {
  renameSync(path.join(project.root, from), path.join(project.root, to))
}

it('a test that does not exist: the answer names the file that has its name', async () => {
  const { project, call } = await startTask(PLAN, STUB)
  project.write(TEST, SIZE)
  const red = (file: string) => call('record_red', { task: 'T001', tests: [file] })
  const missing = await red('test/unit/test_stack.js')
  expect(missing.code).toBe('test_missing')
  expect(missing.text).toContain(`There is ${TEST}: name that file, or write the test.`)
  expect((await red('tests/queue.test.js')).text).toContain('Write the test there first')
  project.write(OTHER.replace('stacks', 'stack_test'), SIZE)
  expect((await red('test/stack.js')).text).toContain(
    'There are tests/stack.test.js and tests/stack_test.test.js: name one of them',
  )
})

it('a path from another folder: the answer names the path from the workspace', async () => {
  const { project, call } = await startTask(PLAN, STUB)
  project.write(TEST, SIZE)
  const red = (file: string) => call('record_red', { task: 'T001', tests: [file] })
  for (const file of [`../${TEST}`, `../../${TEST}`]) {
    const { code, text } = await red(file)
    expect(code).toBe('path_outside')
    expect(text).toContain(`Paths begin at the workspace: name ${TEST}.`)
  }
  expect((await red('../other/a.test.js')).text).not.toContain('Paths begin')
})

it('a test that was renamed after RED: the answer names its new name', async () => {
  const { project, call } = await startTask(PLAN, STUB)
  project.write(TEST, SIZE)
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  rename(project, TEST, OTHER)
  const gone = await call('record_green', { task: 'T001' })
  expect(gone.code).toBe('tests_missing')
  expect(gone.text).toContain(`Restore ${TEST}: ${OTHER} has its content, so rename that back`)
  rename(project, OTHER, TEST)
  expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
})

it('an old test under a new name: the answer says which test it was', async () => {
  const { project, call } = await startTask(PLAN, { ...STUB, [TEST]: SIZE })
  rename(project, TEST, OTHER)
  const renamed = await call('record_red', { task: 'T001', tests: [OTHER] })
  expect(renamed.code).toBe('red_not_new')
  expect(renamed.text).toContain(
    `${OTHER} has the content that ${TEST} had at the start of T001, so nothing was run. Rename it back`,
  )
  project.write(TEST, SIZE)
  const copied = await call('record_red', { task: 'T001', tests: [OTHER] })
  expect(copied.text).toContain(`${OTHER} has the content that ${TEST} had`)
  expect(copied.text).not.toContain('Rename it back')
})
