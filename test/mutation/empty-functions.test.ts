import { describe, expect, it } from 'vitest'
import { mutantsIn } from './changes.ts'

/** An empty function, an empty constructor, and what the function is with a value. */
const EMPTY: Readonly<Record<string, [text: string, changed: string]>> = {
  'a.js': ['function f() {}\nclass A { constructor() {} }\n', 'function f() { return 1;}'],
  'a.ts': ['export function f() {}\nclass A { constructor() {} }\n', '{ return 1 as never;}'],
  'a.py': ['def f():\n    pass\nclass A:\n    def __init__(self):\n        pass\n', 'return 1\n'],
  'a.rb': ['def f\nend\nclass A\n  def initialize; end\nend\n', 'def f\nreturn 1; end'],
  'a.php': ['<?php function f() {}\nclass A { function __construct() {} }\n', '{ return 1;}'],
}

describe.each(Object.entries(EMPTY))('an empty function in %s', (file, [text, changed]) => {
  it('returns values, so that a test that expects nothing notices them', async () => {
    const mutants = await mutantsIn(file, text, { mentions: ['f', 'A'] })
    expect(mutants.map(({ text: one }) => one)).toContainEqual(expect.stringContaining(changed))
    expect([...new Set(mutants.map(mutant => mutant.function))]).toEqual(['f'])
    expect(mutants.every(({ onlyAbsence }) => !onlyAbsence)).toBe(true)
  })
})

it.each([
  ['a.ts', 'export function f(): void {}\n'],
  ['a.py', 'def f() -> None:\n    pass\n'],
  ['a.php', '<?php function f(): void {}\n'],
])(
  'an empty function in %s stays as it is if it is declared to have no value',
  async (file, text) => {
    expect(await mutantsIn(file, text, { mentions: ['f'] })).toEqual([])
  },
)

it('an empty function that no test names is not changed', async () => {
  expect(await mutantsIn('a.js', 'const f = () => {}\n')).toEqual([])
})
