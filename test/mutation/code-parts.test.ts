import { describe, expect, it } from 'vitest'
import { codeParts } from '../../src/mutation/code-parts.ts'

const JS = "test('size', x => assert.equal(new Stack().size, 0))\n"
const PY = "def test_size():\n    with raises('x'):\n        run(1)\n    assert size([1, 2]) == 2\n"

describe('the format of code is not part of it', () => {
  it.each([
    ['quotes', 'a.test.js', JS, JS.replaceAll("'", '"')],
    ['semicolons', 'a.test.ts', JS, JS.replace('))\n', '));\n')],
    ['line ends', 'a.test.ts', JS, JS.replace('x =>', 'x =>\n   ')],
    ['parentheses of an arrow function', 'a.test.js', JS, JS.replace('x =>', '(x) =>')],
    ['parentheses', 'a.test.js', JS, JS.replace('new Stack().size', '(new Stack().size)')],
    ['trailing commas', 'a.test.js', JS, JS.replace(', 0)', ',\n 0,\n)')],
    ['comments', 'a.test.js', JS, `// Sizes.\n${JS}`],
    ['quotes of Python', 'test_a.py', PY, PY.replaceAll("'", '"')],
    [
      'a list over several lines',
      'test_a.py',
      PY,
      PY.replace('[1, 2]', '[\n        1,\n        2,\n    ]'),
    ],
    [
      'spaces of Go',
      'a_test.go',
      'package x\n\nfunc TestA(t *T) { if a() != 1 { t.Fail() } }\n',
      'package x\n\nfunc TestA(t *T) {\n\tif a() != 1 {\n\t\tt.Fail()\n\t}\n}\n',
    ],
    [
      'lines of Rust',
      'a.rs',
      '#[test]\nfn a() { assert_eq!(b(), 1); }\n',
      '#[test]\nfn a() {\n    assert_eq!(b(), 1);\n}\n',
    ],
  ])('%s', async (_, file, before, after) => {
    const parts = await codeParts(file, before)
    expect(parts).toBeDefined()
    expect(await codeParts(file, after)).toEqual(parts)
  })
})

describe('what code does is part of it', () => {
  it.each([
    ['a value', 'a.test.js', JS, JS.replace(', 0)', ', 1)')],
    ['a text', 'a.test.js', JS, JS.replace("size'", "sizes'")],
    ['an assertion', 'a.test.js', JS, JS.replace('equal', 'notEqual')],
    ['a comment that a tool reads', 'a.test.js', JS, `/* c8 ignore next */\n${JS}`],
    ['a constraint of the build', 'a_test.go', 'package x\n', '//go:build never\n\npackage x\n'],
    ['what a block contains', 'test_a.py', PY, PY.replace('    assert', '        assert')],
    ['a list and its only element', 'test_a.py', 'assert a == (1)\n', 'assert a == (1,)\n'],
    ['a hole in a list', 'a.test.js', 'f([1])\n', 'f([1,,])\n'],
    [
      'a letter and a text',
      'a_test.go',
      "package x\n\nvar a = f('a')\n",
      'package x\n\nvar a = f("a")\n',
    ],
    ['a loop', 'a.test.js', 'for (; a; ) b()\n', 'for (a; ; ) b()\n'],
    ['which operation comes first', 'a.test.js', 'f((a + b) * c)\n', 'f(a + b * c)\n'],
    ['a test in a template', 'a.test.js', 'f(`a`)\n', 'f(`a `)\n'],
  ])('%s', async (_, file, before, after) => {
    const parts = await codeParts(file, before)
    expect(parts).toBeDefined()
    expect(await codeParts(file, after)).not.toEqual(parts)
  })

  it('and a text that cannot be parsed has no parts', async () => {
    expect(await codeParts('a.test.js', 'test(')).toBeUndefined()
    expect(await codeParts('a.test.txt', 'test')).toBeUndefined()
  })
})
