import { describe, expect, it } from 'vitest'
import {
  captureValues,
  fillIn,
  unmetBy,
} from '../../../../src/workflow/validation/application/expectation.ts'
import { valueAt } from '../../../../src/workflow/validation/application/json-path.ts'

const NOTHING = { contains: [], json: [] }

describe('an answer', () => {
  it.each([
    [{ status: 201 }, { status: 200, text: '' }, ['answered 200, and 201 was expected']],
    [{}, { status: 204, text: '' }, []],
    [{}, { status: 302, text: '' }, ['answered 302, and any 2xx was expected']],
    [{ contains: ['well'] }, { status: 200, text: 'ill' }, ['lacks "well"']],
    [{ json: [{ path: '$.a' }] }, { status: 200, text: '<p>' }, ['is not JSON']],
    [{ json: [{ path: 'a[0].b', equals: 1 }] }, { status: 200, text: '{"a":[{"b":1}]}' }, []],
    [
      { json: [{ path: 'a', equals: { x: 1, y: 2 } }] },
      { status: 200, text: '{"a":{"y":2,"x":1}}' },
      [],
    ],
    [
      { json: [{ path: '$.a', equals: '1' }] },
      { status: 200, text: '{"a":1}' },
      ['has 1 at $.a, and "1" was expected'],
    ],
    [{ json: [{ path: '$.b' }] }, { status: 200, text: '{}' }, ['has nothing at $.b']],
    [
      { json: [{ path: '$..b' }] },
      { status: 200, text: '{}' },
      [expect.stringContaining('not a JSON path')],
    ],
  ])('to %j that is %j has the findings %j', (expected, answer, missed) => {
    expect(unmetBy({ ...NOTHING, ...expected }, answer)).toEqual(missed)
  })

  it('returns the captured values and the names of missing ones', () => {
    const text = '{"token":"abc","list":[{"id":7}],"none":null}'
    const asked = { token: 'token', id: '$.list[0].id', none: '$.none', odd: '$.toString' }
    expect(captureValues(asked, { text })).toEqual({
      values: { token: 'abc', id: '7' },
      missing: ['none', 'odd'],
    })
  })

  it('gets captured values inserted at their names, and other placeholders stay', () => {
    expect(fillIn('/a/{{id}}/{{ x }}/{{other}}', { id: '7', x: 'y' })).toBe('/a/7/y/{{other}}')
    expect(fillIn('{{toString}}', {})).toBe('{{toString}}')
  })
})

it('a JSON path reads only own properties', () => {
  expect(valueAt({ a: { 'b c': [1] } }, "$.a['b c'][0]")).toBe(1)
  expect(valueAt({}, '$.__proto__')).toBeUndefined()
  expect(valueAt([1], 'length')).toBe(1)
})
