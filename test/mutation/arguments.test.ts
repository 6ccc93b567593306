import { expect, it } from 'vitest'
import { ARGUMENT } from '../../src/evidence/noticed-mutants.ts'
import { mutantsIn } from './changes.ts'

it.each([
  ['a.ts', 'function f(text: string): string { return g(text) }\n', 'text'],
  ['a.py', 'def f(text: str) -> str:\n    return g(text)\n', 'return text'],
  ['a.go', 'package a\n\nfunc f(text string) string { return g(text) }\n', 'return text'],
  ['a.rs', 'fn f(n: i32) -> i32 { g(n) }\n', 'return n'],
  ['a.php', '<?php function f(string $text): string { return g($text); }\n', 'return $text'],
  ['A.java', 'class A { String f(String text) { return g(text); } }\n', 'return text'],
  ['a.cpp', 'int f(int n) { return g(n); }\n', 'return n'],
])('the argument in the place of a value is marked in %s', async (file, text, value) => {
  const mutants = await mutantsIn(file, text, { mentions: ['f'] })
  const guessed = mutants.filter(({ guess }) => guess !== undefined)
  expect(guessed.map(({ guess }) => guess)).toEqual([ARGUMENT])
  expect(guessed[0]?.change).toContain(value)
})

it('the argument is not marked if there is only one other value', async () => {
  const mutants = await mutantsIn('a.rs', 'fn f(a: A) -> A { g(a) }\n', { mentions: ['f'] })
  expect(mutants.map(({ change }) => change)).toContainEqual(expect.stringContaining('return a'))
  expect(mutants.filter(({ guess }) => guess === ARGUMENT)).toHaveLength(0)
})
