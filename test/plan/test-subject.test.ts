import { expect, it } from 'vitest'
import { subjectFinder } from '../../src/plan/test-subject.ts'
import { buildTask } from './build-plan.ts'

const titled = (titles: readonly string[]) =>
  titles.map((title, at) => buildTask('Core', { id: `T${at + 1}`, title }))

const EXPENSES = [
  'Expense model in src/models/expense.ts',
  'ExpenseService with a monthly sum in src/services/expenses.ts',
  'GET /expenses in src/api/expenses.ts',
  'POST /expenses in src/api/expenses.ts',
  'Error page in src/pages/error.ts',
]

it.each([
  ['Contract test GET /expenses', 'tests/contract/expenses.test.ts', 'T3'],
  ['Contract test POST /expenses', 'tests/contract/new-expense.test.ts', 'T4'],
  ['Unit tests of the Expense model', 'tests/unit/models/expense.test.ts', 'T1'],
  ['Test that the monthly sum is right', 'tests/unit/test_sum.py', 'T2'],
  ['Contract test for expenses', 'tests/expenses.test.ts', 'T4'],
  ['Test for something else', 'tests/other.test.ts', 'T5'],
])('%s in %s is about %s', (title, file, id) => {
  expect(subjectFinder(titled(EXPENSES))({ title, file })?.id).toBe(id)
})

it('reads the parts of a name, and the files that a task names', () => {
  const tasks = [
    buildTask('Core', { id: 'T1', title: 'The parser', files: ['lib/token_stream.rb'] }),
    buildTask('Core', { id: 'T2', title: 'The printer', files: ['lib/printer.rb'] }),
  ]
  const test = { title: 'TokenStream keeps its place', file: 'spec/stream_spec.rb' }
  expect(subjectFinder(tasks)(test)?.id).toBe('T1')
})

it('counts no words that any test or task may have', () => {
  const tasks = titled(['Report in src/report.ts', 'Create the app in src/app.ts'])
  const test = { title: 'Integration test: create the report', file: 'tests/app/report.test.ts' }
  expect(subjectFinder(tasks)(test)?.id).toBe('T1')
})

it('is about nothing if no task is left', () => {
  expect(subjectFinder([])({ title: 'Contract test', file: 'tests/a.test.ts' })).toBeUndefined()
})
