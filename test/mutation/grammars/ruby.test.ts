import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../../src/mutation/mutants.ts'
import { bodiesIn, mutantsIn, placesIn, valuesIn } from '../changes.ts'

/** Source, and the values that its body is replaced with. */
const BODIES: readonly (readonly [string, readonly string[]])[] = [
  ['def f(a) a.size end', ['return 0', 'return 1', 'return nil']],
  ['def f(a) "x#{a}" end', ["return ''", "return 'redgreen'", 'return nil']],
  ['def f?(a) g(a) end', ['return false', 'return true', 'return nil']],
  [
    'def f(a) = g(a)',
    [
      '0',
      "''",
      '[]',
      'false',
      '{}',
      'a',
      '1',
      "'redgreen'",
      '[nil]',
      'true',
      '{ redgreen: 0 }',
      'nil',
    ],
  ],
  ['def self.f(a) return 1 if a; 2 end', ['return 0', 'return 1', 'return nil']],
  [
    'def f() nil end',
    [
      'return 0',
      "return ''",
      'return []',
      'return false',
      'return {}',
      'return 1',
      "return 'redgreen'",
      'return [nil]',
      'return true',
      'return { redgreen: 0 }',
    ],
  ],
]

describe('mutants of Ruby methods', () => {
  it.each(BODIES)('replace the value of %s', async (source, values) => {
    expect(await valuesIn('a.rb', source)).toEqual(values)
  })

  it('are named with their class, also in its singleton', async () => {
    const source =
      'module M\n class A\n  class << self\n   def f() 1 + a end\n  end\n  def g() 1 + a end\n end\nend'
    const names = (await mutantsIn('a.rb', source)).map(mutant => mutant.function)
    expect([...new Set(names)]).toEqual(['A.f', 'A.g'])
  })

  it('empty setters and initializers, after the call of the parent', async () => {
    const [first, second] = await mutantsIn(
      'a.rb',
      'class A < B\n def initialize(a)\n  super()\n  @a = a\n end\n def a=(a) @a = a end\nend',
    )
    expect(first?.change).toBe('Emptying the body of `A.initialize`')
    expect(first?.text).toContain('  super()\n  return; @a = a\n')
    expect(second?.change).toBe('Emptying the body of `A.a=`')
  })

  it('are none of declarations; methods that do nothing are named', async () => {
    const source = "require 'a'\nclass A\n attr_reader :a\n include B\n private\n def f\n end\nend"
    const found = await mutantsOf({ file: 'a.rb', before: undefined, after: source }, () => false)
    expect(found).toMatchObject({ empty: ['A.f'] })
    expect(await bodiesIn('a.rb', source)).toEqual([])
  })
})

/** Source, and how its places are changed. */
const PLACES: readonly (readonly [string, readonly string[]])[] = [
  ['x = 1 if a', ['Inverting the condition `a`']],
  ['a(1) unless !b', ['Changing `!b` to `b`']],
  ['x = a && b ? c : d', ['Inverting the condition `a && b`', 'Changing `&&` to `||`']],
  [
    '@a ||= b == c',
    ['Changing `||=` to `&&=`', 'Changing `==` to `!=`', 'Removing `@a ||= b == c`'],
  ],
  ["x = 'a' + b", []],
  ['logger.info(a < b)', []],
]

describe('mutants of Ruby lines', () => {
  it.each(PLACES)('%s', async (source, changes) => {
    const places = await placesIn('a.rb', `${source}\nz = 3`)
    expect(places.map(change => change.replace(/ in line \d$/, ''))).toEqual(changes)
  })
})
