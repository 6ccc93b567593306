import { describe, expect, it } from 'vitest'
import { historiesOf } from '../../src/evidence/history.ts'
import { chain, failed, green, passed, red } from './outcomes.ts'

describe('a history', () => {
  it('has the stage of the last event since the start, and drops a failure that was resumed', () => {
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
})
