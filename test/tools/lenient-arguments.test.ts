import { describe, expect, it } from 'vitest'
import { tools } from '../../src/tools/index.ts'

const prepare = (name: string, input: unknown) =>
  tools.find(tool => tool.name === name)?.prepare(input).arguments

describe('an optional argument', () => {
  it.each([
    [null, {}],
    ['', {}],
    [undefined, {}],
    [{ task: null, feature: null }, {}],
    [{ task: '', feature: '  ' }, {}],
    [{ task: 'T001', feature: null }, { task: 'T001' }],
  ])('is left out of the arguments of next_task if they are %j', (input, expected) => {
    expect(prepare('next_task', input)).toEqual(expected)
  })

  it('is left out in every tool', () => {
    for (const tool of tools) {
      const names = Object.keys(tool.input.shape)
      const required = { task: 'T001', tests: ['a'], error: 'x', document: 'spec' }
      const some = Object.entries(required).filter(([name]) => names.includes(name))
      const empty = names.filter(name => !(name in required)).map(name => [name, null])
      expect(tool.prepare(Object.fromEntries([...empty, ...some])).arguments).toEqual(
        Object.fromEntries(some),
      )
    }
  })
})

describe('a list', () => {
  it.each([
    ['["a.test.js", "b.test.js"]', ['a.test.js', 'b.test.js']],
    [' ["a.test.js"] ', ['a.test.js']],
    ['a.test.js', ['a.test.js']],
    ['app/[id].test.js', ['app/[id].test.js']],
    ['[id].test.js', ['[id].test.js']],
    [['a.test.js', null, ''], ['a.test.js']],
  ])('may be given as %j', (tests, expected) => {
    expect(prepare('record_red', { task: 'T001', tests })).toEqual({
      task: 'T001',
      tests: expected,
    })
  })
})

describe('other values', () => {
  it.each([
    ['record_red', { task: 'T1', tests: ['a'], late: 'true' }, { late: true }],
    ['record_red', { task: 'T1', tests: ['a'], late: 'False' }, { late: false }],
    ['read_document', { document: 'spec', offset: '20000' }, { offset: 20_000 }],
    ['next_task', { task: 12 }, { task: '12' }],
  ])('of %s may be written as in %j', (name, input, expected) => {
    expect(prepare(name, input)).toMatchObject(expected)
  })

  it.each([
    ['record_red', { task: null, tests: ['a'] }, '`task` is missing'],
    ['record_red', { task: '', tests: ['a'] }, '`task` must not be empty'],
    ['record_red', { task: 'T1', tests: [] }, '`tests` must not be empty'],
    ['record_red', { task: 'T1', tests: { a: 1 } }, '`tests` must be a list'],
    ['record_red', { task: 'T1', tests: ['a'], late: 'yes' }, '`late` must be true or false'],
    ['read_document', { document: 'spec', offset: '-1' }, '`offset`'],
    ['read_document', { document: 'spec', offset: '1e3' }, '`offset`'],
    ['next_task', { tsak: null }, 'There is no argument tsak'],
    ['next_task', ['T001'], 'invalid'],
    ['next_task', 'T001', 'invalid'],
  ])('of %s are refused in %j', (name, input, message) => {
    expect(() => prepare(name, input)).toThrow(message)
  })
})
