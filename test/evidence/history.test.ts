import { describe, expect, it } from 'vitest'
import type { Event, EventBody } from '../../src/evidence/event.ts'
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

const SEEN = { settings: 'none', tree: 't' }

function start(again?: string): EventBody {
  return {
    kind: 'start',
    task: 'T1',
    title: '',
    provenAs: 'build',
    ...(again && { again }),
    ...SEEN,
  }
}

const DONE: EventBody = {
  kind: 'done',
  task: 'T1',
  provenAs: 'build',
  suite: 'full',
  marks: [],
  proof: [],
  ...SEEN,
}

const FAILED: EventBody = { kind: 'failed', task: 'T1', error: 'e', files: [], effect: 'halted' }

/** A clone finishes the task; another one records these events a minute apart, from this minute on. */
function twoClones(bodies: readonly EventBody[], minute: number): Event[] {
  const ours = chain([start(), red('T1', [failed('x')]), green('T1', [passed('x')]), DONE])
  const times = bodies.map((_, at) =>
    new Date(Date.UTC(2026, 0, 1, 12, minute + at, 30)).toISOString(),
  )
  return [...ours, ...chain([...bodies], times)].sort((a, b) => (a.at < b.at ? -1 : 1))
}

function stateOf(events: readonly Event[]) {
  return historiesOf(events).get('T1')
}

describe('the history of a task that one clone finished', () => {
  it.each([0, 1, 2, 3, 60])(
    'is done although another clone started it, at minute %i, without knowing that',
    minute => {
      expect(stateOf(twoClones([start()], minute))).toMatchObject({ stage: 'done' })
    },
  )

  it('is done although that clone knew of an earlier proof', () => {
    expect(stateOf(twoClones([start('an earlier done')], 60))).toMatchObject({ stage: 'done' })
  })

  it('keeps its proof although that clone reported a failure', () => {
    const history = stateOf(twoClones([start(), FAILED], 60))
    expect(history).toMatchObject({ stage: 'done', green: { kind: 'green' } })
    expect(history).not.toHaveProperty('failed')
  })

  it('begins again with a start that knew of the proof', () => {
    const done = twoClones([], 0).at(-1)
    const again = stateOf(twoClones([start(done?.hash)], 60))
    expect(again).toMatchObject({ stage: 'todo', start: { again: done?.hash } })
    expect(again).not.toHaveProperty('green')
  })

  it('begins again with a later start in its own chain, also of an earlier version', () => {
    const history = stateOf(chain([start(), red('T1', [failed('x')]), DONE, start()]))
    expect(history).toMatchObject({ stage: 'todo' })
    expect(history).not.toHaveProperty('red')
  })

  it('begins again when the other clone worked on it', () => {
    const history = stateOf(twoClones([start(), red('T1', [failed('y')])], 60))
    expect(history).toMatchObject({ stage: 'red', red: { tests: [{ id: 'a.test.js > y' }] } })
    expect(history).not.toHaveProperty('green')
    expect(history).not.toHaveProperty('done')
  })

  it('is the same if the later events are added to known ones', () => {
    const events = twoClones([start(), red('T1', [failed('y')])], 60)
    for (const [count] of events.entries()) {
      const first = events.slice(0, count)
      const known = { events: first, histories: historiesOf(first) }
      expect(historiesOf(events, known)).toEqual(historiesOf(events))
    }
  })
})
