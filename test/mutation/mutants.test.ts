import { describe, expect, it } from 'vitest'
import { mutantsOf } from '../../src/mutation/mutants.ts'
import { bodiesIn, mutantsIn, placesIn } from './changes.ts'

const never = () => false

/** A function in each language whose grammar is known. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'a.js': 'function f(a) {\n  return a < 1\n}\n',
  'a.ts': 'function f(a: number): boolean {\n  return a < 1\n}\n',
  'a.tsx': 'function f(a: number): boolean {\n  return a < 1\n}\n',
  'a.py': 'def f(a):\n  return a < 1\n',
  'a.rb': 'def f(a)\n  a < 1\nend\n',
  'a.php': '<?php\nfunction f($a) {\n  return $a < 1;\n}\n',
  'a.go': 'package a\nfunc f(a int) bool {\n  return a < 1\n}\n',
  'A.java': 'class A {\n  boolean f(int a) {\n    return a < 1;\n  }\n}\n',
  'a.rs': 'fn f(a: i32) -> bool {\n  a < 1\n}\n',
  'a.cpp': 'bool f(int a) {\n  return a < 1;\n}\n',
}

describe.each(Object.entries(FUNCTIONS))('mutants of %s', (file, source) => {
  it('parse again, and differ from the original and from each other', async () => {
    const mutants = await mutantsIn(file, source)
    expect(mutants.length).toBeGreaterThan(3)
    expect(new Set([source, ...mutants.map(({ text }) => text)]).size).toBe(mutants.length + 1)
    for (const { text } of mutants) {
      const again = await mutantsOf({ file, before: undefined, after: text }, never)
      expect(again).not.toHaveProperty('none')
    }
  })

  it('are the same with Windows line ends and tabs', async () => {
    const changes = (await mutantsIn(file, source)).map(({ change }) => change)
    const other = source.replaceAll('\n', '\r\n').replaceAll('  ', '\t')
    expect((await mutantsIn(file, other)).map(({ change }) => change)).toEqual(changes)
  })

  it('hit the same places behind a byte order mark and an emoji', async () => {
    const comment = { py: '# 😀é', rb: '# 😀é' }[file.split('.')[1] ?? ''] ?? '// 😀é'
    const [first = '', ...rest] = source.split('\n')
    const marked = first.startsWith('<?php')
      ? `${first} ${comment}\n${rest.join('\n')}`
      : `\uFEFF${comment}\n${source}`
    const plain = (await mutantsIn(file, source)).map(({ text }) => text)
    const texts = (await mutantsIn(file, marked)).map(({ text }) => text)
    const unmarked = texts.map(text => text.replace(`${comment}\n`, '').replace('\uFEFF', ''))
    expect(unmarked).toEqual(plain.map(text => text.replace('<?php\n', '<?php ')))
  })

  it('are none of code that did not change', async () => {
    const found = await mutantsOf({ file, before: source, after: source }, never)
    expect(found).toEqual({ none: 'no code' })
    const indented = source.replaceAll('\n', '\n ')
    expect(await mutantsOf({ file, before: indented, after: source }, never)).toEqual({
      none: 'no code',
    })
  })
})

describe('mutants of changed lines', () => {
  const before =
    'function a(b) {\n  check(b)\n  return b > 1\n}\nfunction c(d) {\n  return d > 2\n}\n'

  it('are those of the function and of the line', async () => {
    const after = before.replace('d > 2', 'd > 3 && d < 9')
    expect(await bodiesIn('a.js', after, { before })).toEqual([
      'Replacing the body of `c` with `return false`',
      'Replacing the body of `c` with `return true`',
      'Replacing the body of `c` with `return undefined`',
    ])
    const places = await placesIn('a.js', after, { before })
    expect(places.every(change => change.endsWith(' in line 6'))).toBe(true)
  })

  it('are those of the function, if something in it was removed', async () => {
    const after = before.replace('  check(b)\n', '')
    const mutants = await mutantsIn('a.js', after, { before })
    expect([...new Set(mutants.map(mutant => mutant.function))]).toEqual(['a'])
    expect(await placesIn('a.js', after, { before })).toEqual([])
  })

  it('are none of a function that was removed before another one', async () => {
    const after = before.slice(before.indexOf('function c'))
    const found = await mutantsOf({ file: 'a.js', before, after }, never)
    expect(found).toEqual({ none: 'no code' })
  })

  it('are none of comments', async () => {
    const after = before.replace('  check(b)', '  // First.\n  check(b) // Second.')
    const found = await mutantsOf(
      { file: 'a.js', before: before.replace('  check(b)', '  check(b) // Second.'), after },
      never,
    )
    expect(found).toEqual({ none: 'no code' })
  })
})

describe('files', () => {
  it.each([
    ['a.sh', 'echo a', 'unsupported'],
    ['a.css', 'a { b: c }', 'unsupported'],
    ['a.js', '', 'no code'],
    ['a.js', '\uFEFF', 'no code'],
    ['a.py', '# Only a comment.\n', 'no code'],
    ['a.js', 'function (', 'unparsable'],
    ['a.py', 'def f(:\n', 'unparsable'],
    ['a.rs', 'fn f( {', 'unparsable'],
    ['a.js', '\u0000\uFFFD\u0001', 'unparsable'],
  ])('%s with %j: %s', async (file, after, none) => {
    expect(await mutantsOf({ file, before: undefined, after }, never)).toEqual({ none })
  })

  const GENERATED: [string, string][] = [
    ['a.js', '// Generated by a tool. DO NOT EDIT.\nconst f = a => a + 1\n'],
    ['a.ts', '/* @generated from api.yaml */\nconst f = (a: number) => a + 1\n'],
    ['a.py', '# @generated\ndef f(a):\n    return a + 1\n'],
    [
      'a.go',
      '// Code generated by a tool. DO NOT EDIT.\npackage a\nfunc f() int { return 1 + a }\n',
    ],
  ]

  it.each(GENERATED)(
    '%s that was generated before the task, too: generated',
    async (file, text) => {
      const before = text.replaceAll('1', '2')
      expect(await mutantsOf({ file, before, after: text }, never)).toEqual({ none: 'generated' })
    },
  )

  it.each(GENERATED)('%s that says so only now is changed as any other', async (file, text) => {
    expect(await mutantsIn(file, text)).not.toEqual([])
    const before = text.slice(text.indexOf('\n') + 1)
    expect(await mutantsIn(file, text.replaceAll('1', '3'), { before })).not.toEqual([])
  })

  it('that say so are believed to be generated if they are new and large', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `const f${at} = a => a + ${at}`)
    const after = ['// @generated', ...lines].join('\n')
    expect(await mutantsOf({ file: 'a.js', before: undefined, after }, never)).toEqual({
      none: 'generated',
    })
    // Comments do not make a file large.
    const padded = ['// @generated', 'const f = a => a + 1', ...lines.map(line => `// ${line}`)]
    expect(await mutantsIn('a.js', padded.join('\n'))).not.toEqual([])
  })

  it.each([
    '/** These functions do not modify their arguments. */\nconst f = a => a + 1\n',
    '// Generated by the assistant\nconst f = a => a + 1\n',
    '// Slugs, generated from titles. You do not edit them.\nconst f = a => a + 1\n',
  ])('with other comments are changed: %j', async after => {
    expect(await mutantsIn('a.js', after, { before: after.replace('1', '2') })).not.toEqual([])
  })

  it('with one function that the grammar does not know are changed in the others', async () => {
    const source = 'function a() { return b @@@ c }\nfunction d(e) { return e * 2 }\n'
    const names = (await mutantsIn('a.js', source)).map(mutant => mutant.function)
    expect([...new Set(names)]).toEqual(['d'])
  })

  it('with ten thousand lines have two hundred mutants', async () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => `const f${at} = a => a < ${at}`)
    expect(await mutantsIn('a.js', lines.join('\n'))).toHaveLength(200)
  })

  it('have the same mutants in the same order each time', async () => {
    const source = 'const f = a => a < 1\nconst g = b => { c(b); return b > 2 && d }'
    expect(await mutantsIn('a.js', source)).toEqual(await mutantsIn('a.js', source))
  })

  it('with a very long line and deep nesting are read', async () => {
    const long = `const a = [${'1,'.repeat(20_000)}]\nconst f = b => b ${'+ c '.repeat(5000)}`
    expect(await bodiesIn('a.js', long)).toContain('Replacing the body of `f` with `0`')
  })
})
