import { assert, boolean, constantFrom, dictionary, property, record } from 'fast-check'
import { array, integer, jsonValue, shuffledSubarray, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LINE_ENDINGS } from '../line-endings.ts'
import { changesOfFinishing, completed, finished, fixtures, jsonOf } from './fixture.ts'
import { parsed, plan, reopened, source } from './fixture.ts'
import { task } from '../plan-queries.ts'

const places = fixtures.flatMap(name =>
  Object.values(LINE_ENDINGS).flatMap(change => {
    const text = change(source(name))
    const open = plan(text).tasks.filter(({ markers }) => markers[0]?.state === 'open')
    return open.map(({ id }) => ({ text, id }))
  }),
)

test('finishing a task changes its `passes` and nothing else, and reopening restores the bytes', () => {
  assert(
    property(constantFrom(...places), ({ text, id }) => {
      const done = finished(text, id)
      const [mark] = task(plan(text), id).markers
      if (mark === undefined) throw new Error('an open task has a carrier')
      expect(done.slice(0, mark.start)).toBe(text.slice(0, mark.start))
      expect(done.slice(mark.start, mark.start + 4)).toBe('true')
      expect(done.slice(mark.start + 4)).toBe(text.slice(mark.end))
      expect(finished(done, id)).toBe(done)
      expect(reopened(done, id)).toBe(text)
    }),
  )
})

test('a task gets back the word that it had, where a file has several words for open', () => {
  const states = ['completed', 'pending', 'pending', 'planned']
  const text = jsonOf(states.map((status, id) => ({ id, name: `Task ${id}`, status })))
  const done = finished(text, '3')
  expect(reopened(done, '3', changesOfFinishing(text, '3'))).toBe(text)
  expect(reopened(done, '3')).toBe(text.replace('planned', 'pending'))
})

test('finishing changes one boolean of the parsed plan, whatever its other fields', () => {
  const more = dictionary(
    string().filter(key => !['passes', 'status', '__proto__'].includes(key)),
    jsonValue(),
  )
  const entry = record({ more, passes: boolean() })
  const indent = constantFrom(0, 1, 2, '\t')
  assert(
    property(array(entry, { minLength: 1 }), more, integer(), indent, (all, root, at, indent) => {
      const tasks = all.map(({ more, passes }, id) => ({ ...more, id, passes }))
      const index = Math.abs(at) % tasks.length
      const text = JSON.stringify({ ...root, status: 'APPROVED', tasks }, null, indent)
      const wanted = tasks.map(task => (task.id === index ? { ...task, passes: true } : task))
      const done = finished(text, String(index))
      expect(parsed(done)).toEqual(
        parsed(JSON.stringify({ ...root, status: 'APPROVED', tasks: wanted })),
      )
      const was = tasks[index]?.passes === true
      expect(was ? done : reopened(done, String(index))).toBe(text)
    }),
  )
})

test('finishing in any order produces the same file', () => {
  const text = source('inline.json')
  const all = ['1', '2', '3']
  const expected = all.reduce(finished, text)
  assert(
    property(shuffledSubarray(all, { minLength: 3 }), order => {
      expect(order.reduce(finished, text)).toBe(expected)
    }),
    { numRuns: 10 },
  )
})

test('a flag that is not a boolean is not changed', () => {
  for (const state of [{ passes: 'false' }, { passes: null }]) {
    const text = jsonOf([{ id: 1, ...state }])
    expect(finished(text, '1')).toBe(text)
  }
})

describe('when the feature is validated', () => {
  test('the status is COMPLETE and two new members follow it', () => {
    expect(completed(source('two-spaces.json'))).toBe(
      source('two-spaces.json').replace(
        '"status": "APPROVED",',
        '"status": "COMPLETE",\n  "production_validated": true,\n  "validation_timestamp": "2026-07-01T08:30:00.000Z",',
      ),
    )
  })

  test('the new members have the spacing of the file', () => {
    expect(completed(source('tabs.json'))).toContain(
      '\t"status": "COMPLETE",\n\t"production_validated": true,\n\t"validation_timestamp": "2026-07-01T08:30:00.000Z",\n\t"created"',
    )
    expect(completed(source('minified.json'))).toContain(
      '"status":"COMPLETE","production_validated":true,"validation_timestamp":"2026-07-01T08:30:00.000Z","created"',
    )
    expect(completed(source('enhanced.json'))).toContain(
      '\n  , "status" : "COMPLETE"\n  , "production_validated" : true\n  , "validation_timestamp" : "2026-07-01T08:30:00.000Z"\n}',
    )
    expect(completed('{ "tasks": [{"id": 1, "passes": true}] }')).toBe(
      '{ "tasks": [{"id": 1, "passes": true}], "status": "COMPLETE", "production_validated": true, "validation_timestamp": "2026-07-01T08:30:00.000Z" }',
    )
  })

  test('existing members are replaced', () => {
    const tasks = [{ id: 1, passes: true }]
    const old = jsonOf(tasks, { production_validated: false, validation_timestamp: '2026-01-01' })
    const now = { production_validated: true, validation_timestamp: '2026-07-01T08:30:00.000Z' }
    expect(completed(old)).toBe(jsonOf(tasks, { status: 'COMPLETE', ...now }))
  })

  const gated = fixtures.filter(name => name !== 'stories.json')
  describe.each(Object.entries(LINE_ENDINGS))('with %s', (_, change) => {
    test.each(gated)('nothing else changes in %s, and a second time nothing at all', name => {
      const text = change(source(name))
      const done = completed(text)
      expect(parsed(done)).toEqual(
        Object.assign(Object(parsed(text)), {
          status: 'COMPLETE',
          production_validated: true,
          validation_timestamp: '2026-07-01T08:30:00.000Z',
        }),
      )
      expect(completed(done)).toBe(done)
      expect(done.match(/\r\n/g)?.length).toBe(
        text.includes('\r\n') ? done.match(/\n/g)?.length : undefined,
      )
    })
  })

  test('a plan of stories is not changed', () => {
    const text = source('stories.json')
    expect(completed(text)).toBe(text)
  })
})
