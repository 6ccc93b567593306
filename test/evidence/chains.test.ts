import { describe, expect, it } from 'vitest'
import { finishedTwice, proofOf } from '../../src/evidence/chains.ts'
import { parseEvent, type Event, type EventBody } from '../../src/evidence/event.ts'
import { countReads } from '../plan/count-reads.ts'

const SEEN = { settings: 'none', tree: 't' }

/** A chain of events, one a minute from `minute` on. `prefix` makes its hashes. */
function chain(prefix: string, minute: number, bodies: readonly EventBody[]): Event[] {
  return bodies.flatMap((body, at) => {
    const event = parseEvent({
      ...body,
      seq: at + 1,
      prev: at === 0 ? '0' : `${prefix}${at - 1}`,
      hash: `${prefix}${at}`,
      feature: 'f',
      at: new Date(Date.UTC(2026, 0, 1, 0, minute + at * 2)).toISOString(),
      by: prefix,
    })
    return event ? [event] : []
  })
}

function work(prefix: string, task = 'T1', again?: string): EventBody[] {
  return [
    { kind: 'start', task, title: task, provenAs: 'person', ...(again && { again }), ...SEEN },
    { kind: 'waived', task, reason: 'stands for the evidence', person: 'x' },
    {
      kind: 'done',
      task,
      provenAs: 'person',
      suite: 'none',
      marks: [],
      proof: [`${prefix}1`],
      ...SEEN,
    },
  ]
}

function merged(...chains: Event[][]): Event[] {
  return chains.flat().sort((a, b) => (a.at < b.at ? -1 : 1))
}

function lastDone(events: readonly Event[], by: string) {
  const done = events.findLast(event => event.kind === 'done' && event.by === by)
  if (done?.kind !== 'done') throw new Error('There is no done event.')
  return done
}

describe('the proof of a task', () => {
  it('is not lost when another clone starts the same task in between', () => {
    const events = merged(chain('a', 0, work('a')), chain('b', 1, work('b')))
    expect(proofOf(events, lastDone(events, 'a')).map(({ hash }) => hash)).toEqual(['a1'])
    expect(proofOf(events, lastDone(events, 'b')).map(({ hash }) => hash)).toEqual(['b1'])
  })

  it('is not lost when a copy of the clone starts the task again in the same chain', () => {
    const [start, evidence, done] = work('a')
    if (!start || !evidence || !done) throw new Error('The work has three events.')
    const events = chain('a', 0, [start, evidence, done])
    const copy = chain('b', 3, [start]).map(event => ({ ...event, seq: 3, prev: 'a1' }))
    const all = merged(events, copy)
    expect(all.map(({ hash }) => hash)).toEqual(['a0', 'a1', 'b0', 'a2'])
    expect(proofOf(all, lastDone(all, 'a')).map(({ hash }) => hash)).toEqual(['a1'])
  })

  it('is out of date after a later start in its own chain', () => {
    const [start, evidence, done] = work('a')
    if (!start || !evidence || !done) throw new Error('The work has three events.')
    const events = chain('a', 0, [start, evidence, start, done])
    expect(proofOf(events, lastDone(events, 'a'))).toEqual([])
  })
})

describe('a task that two branches finished', () => {
  it.each([
    ['at the same time', 1],
    ['one after the other', 30],
  ])('is named when they worked %s', (_, minute) => {
    const events = merged(chain('a', 0, work('a')), chain('b', minute, work('b')))
    expect(finishedTwice(events)).toEqual(['T1'])
  })

  it('is not named when it was done again, and again, by clones that had the work before', () => {
    const events = merged(
      chain('a', 0, work('a')),
      chain('b', 30, work('b', 'T1', 'a2')),
      chain('c', 60, work('c', 'T1', 'b2')),
    )
    expect(finishedTwice(events)).toEqual([])
  })

  it('is named when copies of a clone continued one chain', () => {
    const [first, ...rest] = chain('b', 0, work('b'))
    if (!first) throw new Error('The work has three events.')
    const copy = rest.map((event, at) => ({
      ...event,
      hash: `c${at + 1}`,
      prev: at === 0 ? first.hash : `c${at}`,
      ...(event.kind === 'done' && { proof: ['c1'] }),
    }))
    const events = merged([first], rest, copy)
    expect(finishedTwice(events)).toEqual(['T1'])
    const dones = events.flatMap(event => (event.kind === 'done' ? [event] : []))
    expect(dones.map(done => proofOf(events, done).map(({ hash }) => hash))).toEqual([
      ['b1'],
      ['c1'],
    ])
  })

  it('is not named when the branches worked on different tasks', () => {
    const events = merged(chain('a', 0, work('a')), chain('b', 1, work('b', 'T2')))
    expect(finishedTwice(events)).toEqual([])
  })
})

it('the proof of a task that was not started again is found without the chains of all events', () => {
  const others = chain(
    'o',
    0,
    Array.from({ length: 300 }, () => work('o')[1]).flatMap(one => one ?? []),
  )
  const own = chain('a', 1000, work('a', 'T2'))
  const { counted, reads } = countReads([...others, ...own])
  const done = own.at(-1)
  if (done?.kind !== 'done') throw new Error('the last event is not a done')
  expect(proofOf(counted, done).map(({ hash }) => hash)).toEqual(['a1'])
  const first = reads()
  expect(proofOf(counted, done)).toHaveLength(1)
  // Each event is looked at twice: to find the end, and to compare its hash.
  expect(first).toBeLessThan(counted.length * 8)
})
