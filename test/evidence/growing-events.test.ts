import { array, assert, constantFrom, nat, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { lastEvent, parseEvent, type Event } from '../../src/evidence/event.ts'
import { derivedFromEvents } from '../../src/evidence/growing-events.ts'

let number = 0

/** A new event, which equals no other. */
function event(kind: 'resumed' | 'waived', task: string): Event {
  number += 1
  const place = { seq: number, prev: 'p', hash: `h${number}`, feature: 'f', at: '', by: 'x' }
  const parsed = parseEvent({ kind, task, reason: 'r', person: 'p', ...place })
  if (!parsed) throw new Error('the event does not fit its schema')
  return parsed
}

const events = array(
  record({
    kind: constantFrom('resumed' as const, 'waived' as const),
    task: constantFrom('A', 'B'),
  }),
  { maxLength: 6 },
).map(all => all.map(({ kind, task }) => event(kind, task)))
const steps = array(record({ added: events, keep: nat(6), again: nat(5) }), { maxLength: 8 })

it('what is derived from events follows each of their changes', () => {
  const hashes = derivedFromEvents((events: readonly Event[], before: readonly string[] = []) => [
    ...before,
    ...events.map(({ hash }) => hash),
  ])
  assert(
    property(steps, all => {
      const lists: Event[][] = [[]]
      for (const { added, keep, again } of all) {
        const list = [...(lists[again % lists.length]?.slice(0, keep) ?? []), ...added]
        lists.push(list)
        for (const one of [list, ...lists]) expect(hashes(one)).toEqual(one.map(({ hash }) => hash))
      }
    }),
  )
})

it('only new events are looked at', () => {
  let looked = 0
  const count = derivedFromEvents((events: readonly Event[], before: number = 0): number => {
    looked += events.length
    return before + events.length
  })
  const first = Array.from({ length: 100 }, () => event('resumed', 'A'))
  const longer = [...first, event('waived', 'B')]
  expect([count(first), count(longer), count(longer), count(first)]).toEqual([100, 101, 101, 100])
  expect(looked).toBe(101)
})

it('the latest event of a kind is found in a long ledger as in a short one', () => {
  const long = Array.from({ length: 6000 }, (_, at) =>
    event(at % 7 === 0 ? 'waived' : 'resumed', `T${at % 5}`),
  )
  const grown = [...long, event('waived', 'T9')]
  for (const list of [long, grown, long]) {
    const isWanted = (task: string) => (one: { task: string }) => one.task === task
    for (const task of ['T0', 'T3', 'T9', 'T10'])
      expect(lastEvent(list, 'waived', isWanted(task))).toBe(
        list.findLast(one => one.kind === 'waived' && one.task === task),
      )
    expect(lastEvent(list, 'waived')).toBe(list.findLast(({ kind }) => kind === 'waived'))
    expect(lastEvent(list, 'validation')).toBeUndefined()
  }
})
