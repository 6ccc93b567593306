import { describe, expect, it } from 'vitest'
import { mutantsIn } from './changes.ts'

/** The changes that restore earlier code, and the text that they lead to. */
async function restored(file: string, before: string, after: string): Promise<string[][]> {
  const mutants = await mutantsIn(file, after, { before, mentions: ['f'] })
  return mutants
    .filter(({ change }) => change.startsWith('Restoring'))
    .map(({ change, text }) => [change, text])
}

const FIXES: Readonly<Record<string, [before: string, after: string]>> = {
  'a.js': [
    'let open = true\nexport function f() {\n  if (!open) throw new Error("closed")\n  open = false\n}\n',
    'let open = true\nexport function f() {\n  if (!open) return\n  open = false\n}\n',
  ],
  'b.js': [
    'export const f = text => JSON.parse(text)\n',
    'export const f = text => (text === "" ? undefined : JSON.parse(text))\n',
  ],
  'a.py': [
    'def f(text):\n    return int(text)\n',
    'def f(text):\n    if not text:\n        return None\n    return int(text)\n',
  ],
  'a.rb': [
    'def f(text)\n  Integer(text)\nend\n',
    'def f(text)\n  return if text.empty?\n  Integer(text)\nend\n',
  ],
  'a.go': [
    'package a\n\nfunc f(list []int) int {\n\treturn list[0]\n}\n',
    'package a\n\nfunc f(list []int) int {\n\tif len(list) == 0 {\n\t\treturn 0\n\t}\n\treturn list[0]\n}\n',
  ],
  'a.rs': [
    'fn f(list: &[i32]) -> i32 {\n    list[0]\n}\n',
    'fn f(list: &[i32]) -> i32 {\n    if list.is_empty() { return 0; }\n    list[0]\n}\n',
  ],
  'a.php': [
    '<?php\nfunction f($list) {\n  return $list[0];\n}\n',
    '<?php\nfunction f($list) {\n  if (!$list) return null;\n  return $list[0];\n}\n',
  ],
}

describe.each(Object.entries(FIXES))('a fix in %s', (file, [before, after]) => {
  it('has the earlier code of its function as a change', async () => {
    const [[change, text] = []] = await restored(file, before, after)
    expect(change).toBe('Restoring the earlier code of `f`')
    expect(text).toContain(before)
  })
})

describe('no earlier code is restored', () => {
  it.each([
    [
      'of a new function',
      'export const g = 1\n',
      'export const g = 1\nexport function f() { return 1 }\n',
    ],
    [
      'of a function that only failed',
      'export function f(text) {\n  if (!text) throw new Error("text")\n  throw new Error("later")\n}\n',
      'export function f(text) {\n  if (!text) throw new Error("text")\n  return 1\n}\n',
    ],
    ['of an empty function', 'export function f() {}\n', 'export function f() { return 1 }\n'],
    [
      'of a function that was replaced as a whole',
      'export function f(text) {\n  return text.trim()\n}\n',
      'export function f(text) {\n  return 1\n}\n',
    ],
  ])('%s', async (_, before, after) => {
    expect(await restored('a.js', before, after)).toEqual([])
  })
})

it('the earlier code of a function that fails last, after its results, is restored', async () => {
  const before =
    'export function f(kind) {\n  if (kind === 1) return 2\n  throw new Error("kind")\n}\n'
  const after = before.replace('  throw', '  if (kind === 2) return 3\n  throw')
  expect(await restored('a.js', before, after)).toHaveLength(1)
})
