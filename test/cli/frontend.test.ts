import { expect, it } from 'vitest'
import { commandFrontend } from '../../src/cli/frontend.ts'
import { toolFrontend } from '../../src/server/frontend.ts'

const TESTS = ['test/a.test.js', 'test/b.test.js']

it('a step that needs test files names them, or says that they are needed', () => {
  const commands = commandFrontend()
  expect(commands.describeStep('record_red', { task: 'T001', late: true })).toBe(
    'run `redgreen record-red T001 TEST-FILE --late`',
  )
  expect(commands.describeStep('record_red', { task: 'T001', tests: TESTS })).toBe(
    'run `redgreen record-red T001 test/a.test.js test/b.test.js`',
  )
  expect(commands.describeStep('record_green', { task: 'T001' })).toBe(
    'run `redgreen record-green T001`',
  )
  expect(toolFrontend.describeStep('record_red', { task: 'T001', late: true })).toBe(
    'call record_red with task T001 and its test files and late: true',
  )
  expect(toolFrontend.describeStep('record_red', { task: 'T001', tests: TESTS })).toBe(
    'call record_red with task T001 and tests test/a.test.js, test/b.test.js',
  )
  expect(toolFrontend.describeStep('next_task')).toBe('call next_task')
})
