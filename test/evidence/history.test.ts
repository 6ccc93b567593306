import { describe, expect, it } from 'vitest'
import { attemptsLeft, runsForTasks, runsLeft, runUsage } from '../../src/evidence/run-limits.ts'
import { checkLine, GENESIS, sealLine } from '../../src/evidence/chain.ts'
import { historiesOf } from '../../src/evidence/history.ts'
import { tasksWithPending, isPendingFile, pendingAfter } from '../../src/evidence/pending-tests.ts'
import { allows, nextMove } from '../../src/evidence/stage.ts'
import type { ProvenTest } from '../../src/evidence/proven-tests.ts'
import { judgeSuite } from '../../src/evidence/suite.ts'
import { chain, failed, green, outcome, passed, red, suite } from './outcomes.ts'

describe('pending tests', () => {
  const wrote = red('T1', [failed('x'), failed('y')])

  it('are the red ones of a task that writes tests, until each has been seen green', () => {
    const pending = pendingAfter(chain([wrote, green('T2', [passed('x')])]))
    expect([...pending.ids.keys()]).toEqual(['a.test.js > y'])
    expect(tasksWithPending(pending)).toEqual(new Set(['T1']))
    expect(pendingAfter(chain([wrote, green('T2', [passed('x'), passed('y')])])).ids.size).toBe(0)
  })

  it('are not paid by a file that says something else by now', () => {
    const pending = pendingAfter(chain([wrote, green('T2', [passed('x'), passed('y')], 'other')]))
    expect(pending.ids.size).toBe(2)
  })

  it('are paid by a suite that saw them pass', () => {
    const paid = suite('T2', { turnedGreen: ['a.test.js > x', 'a.test.js > y'] })
    expect(pendingAfter(chain([wrote, paid])).ids.size).toBe(0)
  })

  it('are not made by a task that builds', () => {
    const built = red('T1', [failed('x')], { provenAs: 'build' })
    expect(pendingAfter(chain([built])).ids.size).toBe(0)
  })

  it('are a whole file after a shallow red, and its tests once they can be loaded', () => {
    const loadFailure = red('T1', [], { loadFailure: true })
    const pending = pendingAfter(chain([loadFailure]))
    expect(isPendingFile(pending, 'a.test.js', 'sha')).toBe(true)
    expect(isPendingFile(pending, 'a.test.js', 'other')).toBe(false)
    const later = pendingAfter(
      chain([loadFailure, red('T2', [failed('x')], { provenAs: 'build' })]),
    )
    expect(later.files.size).toBe(0)
    expect(later.ids.get('a.test.js > x')).toMatchObject({ task: 'T1' })
  })

  it('are the new ones when the task writes its tests again', () => {
    const pending = pendingAfter(chain([wrote, red('T1', [failed('z')])]))
    expect([...pending.ids.keys()]).toEqual(['a.test.js > z'])
  })
})

describe('a suite', () => {
  const pending = pendingAfter(chain([red('T1', [failed('x'), failed('y')])]))
  const known = {
    pending,
    inProgress: new Set(['a.test.js > w']),
    baseline: new Set(['a.test.js > old']),
    proven: new Map<string, ProvenTest>(),
    hash: () => 'sha',
  }

  it('known pending tests and those of tasks in progress, and nothing else', () => {
    const tests = [passed('x'), failed('y'), failed('w'), failed('old'), failed('z')]
    expect(judgeSuite(outcome({ exitCode: 1, tests }), known)).toEqual({
      failing: ['a.test.js > z'],
      excused: ['a.test.js > y', 'a.test.js > w'],
      before: ['a.test.js > old'],
      turnedGreen: ['a.test.js > x'],
      passedFiles: [],
    })
  })

  it('settles no pending test with a changed file', () => {
    const verdict = judgeSuite(outcome({ tests: [passed('x')] }), {
      ...known,
      hash: () => 'other',
    })
    expect(verdict).toMatchObject({ turnedGreen: [] })
  })

  it('is not believed when nothing failed and the exit code is bad', () => {
    const verdict = judgeSuite(outcome({ exitCode: 1, tests: [passed('x')] }), known)
    expect(verdict).toMatchObject({ code: 'inconsistent' })
  })

  it('counts a file that cannot be loaded, unless it is pending as a whole', () => {
    const loadErrors = [{ file: 'a.test.js', message: 'x' }]
    const run = outcome({ exitCode: 1, loadErrors })
    expect(judgeSuite(run, known)).toMatchObject({ failing: ['a.test.js'] })
    const loadFailure = pendingAfter(chain([red('T1', [], { loadFailure: true })]))
    expect(judgeSuite(run, { ...known, pending: loadFailure })).toMatchObject({ failing: [] })
  })
})

describe('full runs', () => {
  const limits = { fullRuns: 3, validationAttempts: 3, pauseHours: 4 }
  const noon = '2026-01-01T12:00:00.000Z'

  it('are counted within a working period, one being kept for the validation', () => {
    const events = chain([suite('T1'), suite('T2', { ran: 'feature' }), suite('T3')])
    const used = runUsage(events, limits, '2026-01-01T13:00:00.000Z')
    expect(used).toMatchObject({ fullRuns: 2, attempts: 0 })
    expect(runsForTasks(used, limits)).toBe(0)
  })

  it('are one more for each time that a person allows it, in that working period', () => {
    const allowed = {
      kind: 'runs-allowed',
      fullRuns: 1,
      attempts: 1,
      person: 'ada',
      channel: 'terminal',
    } as const
    const events = chain([suite('T1'), suite('T2'), allowed, suite('T3')])
    const now = runUsage(events, limits, '2026-01-01T13:00:00.000Z')
    expect([runsForTasks(now, limits), attemptsLeft(now, limits)]).toEqual([0, 4])
    const before = runUsage(events.slice(0, 3), limits, '2026-01-01T13:00:00.000Z')
    expect([runsForTasks(before, limits), runsLeft(before, limits)]).toEqual([1, 2])
    const later = runUsage(events, limits, '2026-01-02T00:00:00.000Z')
    expect([runsForTasks(later, limits), attemptsLeft(later, limits)]).toEqual([2, 3])
  })

  it('start anew after a pause without an event', () => {
    const times = [noon, '2026-01-01T17:00:00.000Z']
    const events = chain([suite('T1'), suite('T2')], times)
    expect(runUsage(events, limits, '2026-01-01T17:30:00.000Z').fullRuns).toBe(1)
    expect(runUsage(events, limits, '2026-01-02T00:00:00.000Z').fullRuns).toBe(0)
  })
})

describe('a history', () => {
  it('stands where the last event since the start left it, and forgets a failure that was resumed', () => {
    const events = chain([
      { kind: 'start', task: 'T1', settings: 'none', tree: 't', title: '', provenAs: 'build' },
      red('T1', [failed('x')]),
      { kind: 'failed', task: 'T1', error: 'e', files: [], effect: 'halted' },
      { kind: 'resumed', task: 'T1' },
      green('T1', [passed('x')]),
    ])
    expect(historiesOf(events.slice(0, 3)).get('T1')).toMatchObject({
      stage: 'red',
      failed: { error: 'e' },
    })
    const history = historiesOf(events).get('T1')
    expect(history).toMatchObject({ stage: 'green' })
    expect(history).not.toHaveProperty('failed')
  })

  it('moves along the way of its kind', () => {
    expect(nextMove('test', 'red')).toBe('mark_complete')
    expect(nextMove('build', 'red')).toBe('record_green')
    expect(nextMove('check', 'todo')).toBe('record_green')
    expect(nextMove('build', 'done')).toBeUndefined()
    expect(allows('build', 'todo', 'record_green')).toBe(false)
    expect(allows('build', 'red', 'mark_complete')).toBe(false)
    expect(allows('build', 'green', 'record_red')).toBe(true)
    expect(allows('check', 'todo', 'record_red')).toBe(false)
  })
})

describe('a chain', () => {
  const first = sealLine({ kind: 'x', b: 1, a: 'ü' }, { seq: 1, prev: GENESIS })

  it('seals a line as canonical JSON with the hash of its content', () => {
    expect(first).toMatch(
      /^\{"a":"ü","b":1,"hash":"[0-9a-f]{64}","kind":"x","prev":"0{64}","seq":1\}$/,
    )
    expect(checkLine(first, { seq: 1, prev: GENESIS })).toHaveProperty('entry')
  })

  it.each([
    ['a changed word', first.replace('"b":1', '"b":2'), 1, GENESIS, /hash/],
    ['another place', first, 2, GENESIS, /number/],
    ['another line before it', first, 1, 'f'.repeat(64), /follow/],
    ['no JSON', '{"a":', 1, GENESIS, /JSON/],
    ['a list', '[]', 1, GENESIS, /JSON/],
  ])('notices %s', (_what, line, seq, prev, text) => {
    expect(checkLine(line, { seq, prev })).toEqual({ broken: expect.stringMatching(text) })
  })
})
