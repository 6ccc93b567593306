import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../src/mutation/mutants.ts'
import type { Together } from '../../src/mutation/together.ts'

async function togetherIn(
  file: string,
  after: string,
  before?: string,
): Promise<Together | undefined> {
  const found = await mutantsOf({ file, before, after }, () => false)
  return 'none' in found ? undefined : found.together
}

const NAMES = ['a', 'b', 'c', 'd', 'e']
const CODE = NAMES.map(name => `function ${name}(x) {\n  return x.${name}\n}\n`).join('')

/** What each function returns in a mutant. */
const valuesIn = (text: string) => [...text.matchAll(/\{ return (\d);/g)].map(([, value]) => value)

describe('replacing all functions of a file at once', () => {
  it('gives each function two values, and any two functions different ones', async () => {
    const { mutants = [] } = (await togetherIn('a.js', CODE)) ?? {}
    const values = mutants.map(({ text }) => valuesIn(text))
    expect(values.map(({ length }) => length)).toEqual(mutants.map(() => NAMES.length))
    for (const [index] of NAMES.entries()) {
      expect(new Set(values.map(row => row[index])).size).toBe(2)
      for (const [other] of NAMES.slice(0, index).entries())
        expect(values.some(row => row[index] !== row[other])).toBe(true)
    }
  })

  it('is not done for few functions', async () => {
    expect(await togetherIn('a.js', CODE.slice(0, CODE.indexOf('function c')))).toBeUndefined()
  })

  it('leaves out functions inside of an expression that is replaced', async () => {
    const code =
      'const f = a => b => c => d => a + b + c + d\nconst g = a => a\nconst h = a => a.b\n'
    const { mutants = [] } = (await togetherIn('a.js', code)) ?? {}
    expect(mutants[0]?.text).toMatch(
      /^const f = a => \([^b]+\)\nconst g = a => \(\d\)\nconst h = a => \(\d\)\n$/,
    )
  })

  it.each([
    [
      'a.ts',
      '#!/usr/bin/env node\nconst f = (a: number) => a\nconst g = (a: string): string => a\nfunction h(): void { f(1) }\n',
    ],
    [
      'a.py',
      'def f(a):\n    return a\n\n\ndef g(a) -> str:\n    return a\n\n\nclass H:\n    def h(self):\n        self.a = 1\n',
    ],
    [
      'a.go',
      'package a\n\nfunc F(a int) int {\n\treturn a\n}\n\nfunc G(a string) string {\n\treturn a\n}\n\nfunc H(a []int) {\n\ta[0] = 1\n}\n',
    ],
    ['a.rb', 'def f(a)\n  a\nend\n\ndef g(a)\n  a.b\nend\n\ndef h(a)\n  @a = a\nend\n'],
    [
      'a.rs',
      'fn f(a: i32) -> i32 {\n    a\n}\n\nfn g(a: i32) -> i32 {\n    a + 1\n}\n\nfn h(a: bool) -> bool {\n    a\n}\n',
    ],
  ])('results in code that can be parsed: %s', async (file, code) => {
    const { mutants = [] } = (await togetherIn(file, code)) ?? {}
    expect(mutants.length).toBeGreaterThan(1)
    for (const { text } of mutants) {
      const again = await mutantsOf({ file, before: undefined, after: text }, () => false)
      expect(again).not.toHaveProperty('none')
      expect(text.startsWith('#!')).toBe(code.startsWith('#!'))
    }
  })

  it('answers for bodies and for lines of new functions, and not for lines of earlier ones', async () => {
    const after = `${CODE}function old(x) {\n  return x > 2\n}\nlet top = 1 < 2\n`
    const before = 'function old(x) {\n  return x > 1\n}\n'
    const found = await mutantsOf({ file: 'a.js', before, after }, () => false)
    if ('none' in found) throw new Error(found.none)
    const open = found.mutants.filter(one => one.counts && !found.together?.answers(one))
    expect(new Set(open.map(({ line }) => line))).toEqual(new Set([16, 17, 19]))
    expect(open.every(({ scope }) => scope === 'line')).toBe(true)
  })
})
