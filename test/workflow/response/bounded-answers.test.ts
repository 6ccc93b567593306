import { describe, expect, it } from 'vitest'
import type { RecordedTest } from '../../../src/evidence/event-parts.ts'
import { boundedTests } from '../../../src/workflow/response/bounded-tests.ts'
import { haltReport } from '../../../src/workflow/response/halt-report.ts'
import { resuming } from '../../../src/workflow/response/messages.ts'
import { loadContext } from '../../../src/workflow/context/context.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { nextTaskTool } from '../../../src/tools/next-task.ts'
import { testRunRecord } from '../../../src/workflow/testing/run-record.ts'
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
  it('has the beginning of a long line', () => {
    const outcome = {
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
      output: `short\n${'<p>x</p>'.repeat(1000)}`,
      outputSha256: '',
    }
    const { output } = testRunRecord('0123456789ab', outcome, '')
    expect(output).toMatch(/^short\n(<p>x<\/p>){30}… \(7760 more characters\)$/)
  })
})

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
