import { describe, expect, it } from 'vitest'
import type { RecordedTest } from '../../../src/evidence/event-parts.ts'
import { boundedTests } from '../../../src/workflow/response/bounded-tests.ts'
import { haltReport } from '../../../src/workflow/response/halt-report.ts'
import { resuming } from '../../../src/workflow/response/messages.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { nextTaskTool } from '../../../src/tools/next-task.ts'
import { shownCommand, testRunRecord } from '../../../src/workflow/testing/run-record.ts'
import { callAt } from '../../kit/call.ts'
import { stackProject } from '../../kit/project.ts'

const PLAN = { feature: { id: '001-stack', dir: 'specs/001-stack', title: '', dialect: '' } }

function tests(count: number, outcome: RecordedTest['outcome']): RecordedTest[] {
  const file = 'tests/a.test.js'
  return Array.from({ length: count }, (_, at) => ({
    id: `${file} > ${outcome} ${at}`,
    file,
    outcome,
  }))
}

describe('the tests of an answer', () => {
  it.each([200, 600])(
    'are bounded at %i rows: those that fail first, and where the rest is',
    rows => {
      const all = [...tests(20, 'passed'), ...tests(rows, 'failed')]
      const bounded = boundedTests({ plan: { ...EMPTY, ...PLAN } }, { task: 'T001', tests: all })
      expect(bounded.tests).toHaveLength(25)
      expect(bounded.tests.every(({ outcome }) => outcome === 'failed')).toBe(true)
      expect(bounded.testsLeftOut).toEqual({
        count: rows - 5,
        document: 'redgreen://001-stack/evidence/T001',
      })
      expect(JSON.stringify(bounded).length).toBeLessThan(4000)
    },
  )

  it('are complete if there are few', () => {
    const few = tests(25, 'passed')
    expect(boundedTests({ plan: { ...EMPTY, ...PLAN } }, { task: 'T001', tests: few })).toEqual({
      tests: few,
    })
  })
})

const EMPTY = { phases: [], tasks: [], documents: [], problems: [] }

describe('lists that are cut', () => {
  it('say how many are left', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `- [ ] T${101 + at} [P] Create f${at}.txt`)
    const { root } = stackProject(`## Setup\n${lines.join('\n')}\n`)
    const response = await nextTask(callAt(root), {})
    expect(response).toMatchObject({ moreReady: 24 })
    expect(response.alsoReady).toHaveLength(5)
    const context = await loadContext(callAt(root))
    const [task] = context.plan.tasks
    if (!task) throw new Error('There is no task.')
    const blocked = context.plan.tasks.map(({ id }) => id)
    const report = haltReport(context, task, { task: task.id, error: 'x' }, 'halted', blocked)
    expect(report).toMatch(/- Blocking: T101, .*T120 and 10 more\n/)
    const { text } = await nextTaskTool.prepare({}).run(callAt(root))
    expect(text).toMatch(/Can run in parallel: T102.* and 24 more\./)
  })
})

describe('the output of a run', () => {
  const recorded = (output: string) =>
    testRunRecord('0123456789ab', { ...ENDED, output }, '').output

  it('has the beginning of a long line', () => {
    const output = recorded(`short\n${'<p>x</p>'.repeat(1000)}`)
    expect(output).toMatch(/^short\n(<p>x<\/p>){30}… \(7760 more characters\)$/)
  })

  it('has what an AssertionError of Node expected, without the fields that say nothing', () => {
    const fields = [
      '  1 !== 2',
      '    generatedMessage: true,',
      "    code: 'ERR_ASSERTION',",
      '    actual: 1,',
      '    expected: 2,',
      "    operator: 'strictEqual',",
      "    diff: 'simple'",
      '  }',
    ]
    expect(recorded(fields.join('\n'))).toBe('  1 !== 2\n    actual: 1,\n    expected: 2,')
    // A brace of something else.
    expect(recorded('> 3 |   }\n  }')).toBe('> 3 |   }\n  }')
  })
})

describe('the command of a run', () => {
  it.each([
    [
      'node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter={redgreen}/dist/reporters/node-test.js --test-reporter-destination=stderr a.test.js',
      'node --test a.test.js',
    ],
    [
      'node node_modules/vitest/vitest.mjs run --reporter=default --reporter={redgreen}/dist/reporters/vitest.js a.test.ts',
      'node node_modules/vitest/vitest.mjs run --reporter=default a.test.ts',
    ],
    // Without them, it would be another command.
    [
      'rspec --require {redgreen}/dist/reporters/redgreen_rspec.rb --format RedgreenRspec',
      'rspec --require {redgreen}/dist/reporters/redgreen_rspec.rb --format RedgreenRspec',
    ],
  ])('is shown as a reader can repeat it', (exact, shown) => {
    expect(shownCommand(exact.split(' ')).join(' ')).toBe(shown)
  })
})

const ENDED = {
  tests: [],
  loadErrors: [],
  end: 'complete' as const,
  exitCode: 1,
  signal: null,
  durationMs: 1,
  command: ['node', '--test'],
  framework: 'node:test',
  unhandled: [],
  outputBytes: 0,
  outputSha256: '',
}

describe('messages with counts', () => {
  it('have no empty brackets and the right number', async () => {
    const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
    const { plan } = await loadContext(callAt(root))
    const [task] = plan.tasks
    if (!task) throw new Error('There is no task.')
    expect(resuming(plan, { settled: [], unproven: [] }, task).slice(1, 3)).toEqual([
      '✓ Found 0 completed tasks',
      '✗ Found 1 incomplete task (T001)',
    ])
  })
})
