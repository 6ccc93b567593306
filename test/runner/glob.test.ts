import { assert, constantFrom, array, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globPattern } from '../../src/runner/glob.ts'

/** Patterns for which a search that goes back takes longer than anybody waits, and a path that makes it do so. */
const BOMBS: [glob: string, file: string][] = [
  [`**/${'*'.repeat(40)}x`, 'a'.repeat(250)],
  [`${'*a'.repeat(60)}b`, 'a'.repeat(250)],
  [`${'**/a/'.repeat(40)}b`, 'a/'.repeat(125)],
  ['{a,b}'.repeat(26), 'ab'.repeat(12)],
  [`${'{a,aa}'.repeat(100)}b`, 'a'.repeat(250)],
  [`${'+(a|aa)'.repeat(30)}b`, 'a'.repeat(250)],
  [`${'*(a*|*a)'.repeat(30)}b`, 'a'.repeat(250)],
  [`{${'a*,'.repeat(300)}}${'?(a)'.repeat(100)}b`, 'a'.repeat(250)],
  ['a'.repeat(1_000_000), 'a'.repeat(250)],
  ['{'.repeat(2_000), '{'.repeat(250)],
]

describe('a pattern of a repository', () => {
  it.each(BOMBS)('is matched in a time that grows with its length only: %s', (glob, file) => {
    expect(globPattern(glob).test(file)).toBe(false)
  })

  it('matches what its parts match', () => {
    const parts = constantFrom('a', 'b', '/', '*', '?', '{a,b}', '{,ab}', '[ab]', '[!a]', '@(a|b)')
    const letters = constantFrom('a', 'b', 'ab', '/')
    assert(
      property(array(parts, { maxLength: 5 }), array(letters, { maxLength: 6 }), (all, path) => {
        const glob = all.join('')
        const file = path.join('')
        // A slash is not doubled, as in a normal path.
        if (/\/\/|^$/.test(glob) || /\/\//.test(file)) return
        expect([glob, file, globPattern(glob).test(file)]).toEqual([
          glob,
          file,
          expressionOf(all).test(file),
        ])
      }),
      { numRuns: 2000 },
    )
  })
})

/** The same for parts of fixed length, as a regular expression. */
function expressionOf(parts: readonly string[]): RegExp {
  const source = parts.map(part => EXPRESSIONS[part] ?? part).join('')
  return new RegExp(`^${source.replaceAll('[^/]*[^/]*', '.*')}$`)
}

const EXPRESSIONS: Record<string, string> = {
  '*': '[^/]*',
  '?': '[^/]',
  '{a,b}': '(?:a|b)',
  '{,ab}': '(?:|ab)',
  '[!a]': '[^a]',
  '@(a|b)': '(?:a|b)',
}
