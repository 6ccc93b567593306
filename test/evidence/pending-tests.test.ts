import { describe, expect, it } from 'vitest'
import { tasksWithPending, isPendingFile, pendingAfter } from '../../src/evidence/pending-tests.ts'
import { chain, failed, green, passed, red, suite } from './outcomes.ts'

describe('pending tests', () => {
  const wrote = red('T1', [failed('x'), failed('y')])

  it('are the red tests of a task of kind test, until each has passed', () => {
    const pending = pendingAfter(chain([wrote, green('T2', [passed('x')])]))
    expect([...pending.ids.keys()]).toEqual(['a.test.js > y'])
    expect(tasksWithPending(pending)).toEqual(new Set(['T1']))
    expect(pendingAfter(chain([wrote, green('T2', [passed('x'), passed('y')])])).ids.size).toBe(0)
  })

  it('are not settled by a file whose content changed', () => {
    const pending = pendingAfter(chain([wrote, green('T2', [passed('x'), passed('y')], 'other')]))
    expect(pending.ids.size).toBe(2)
  })

  it('are settled by a suite in which they pass', () => {
    const settled = suite('T2', { turnedGreen: ['a.test.js > x', 'a.test.js > y'] })
    expect(pendingAfter(chain([wrote, settled])).ids.size).toBe(0)
  })

  it('do not come from a task of kind build', () => {
    const built = red('T1', [failed('x')], { provenAs: 'build' })
    expect(pendingAfter(chain([built])).ids.size).toBe(0)
  })

  it('are a whole file after a load failure, and its tests as soon as it can be loaded', () => {
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

  it('are replaced when the task records another RED', () => {
    const pending = pendingAfter(chain([wrote, red('T1', [failed('z')])]))
    expect([...pending.ids.keys()]).toEqual(['a.test.js > z'])
  })
})
