import { describe, expect, it } from 'vitest'
import { withoutComments } from '../../src/plan/without-comments.ts'

const isSame = (file: string, one: string, other: string) => {
  const code = withoutComments(file, one)
  return code !== undefined && code === withoutComments(file, other)
}

describe('a change of comments only', () => {
  it.each([
    ['a.js', 'a()\n', '// Done.\na()\n'],
    ['a.js', 'a()\n', 'a() // Done.\n\n'],
    ['a.ts', 'a()\n', '/**\n * Done: `a`.\n */\na()\n'],
    ['a.js', 'const a = /[\'"]/\nb()\n', 'const a = /[\'"]/\n// Done.\nb()\n'],
    ['a.py', 'a = 1\n', '# Done.\na = 1  # one\n'],
    ['a.go', 'a := 1\n', '// Done.\na := 1\n'],
  ])('%s: %j and %j', (file, one, other) => {
    expect(isSame(file, one, other)).toBe(true)
  })
})

describe('a real change', () => {
  it.each([
    ['a.js', "a('// one')\n", "a('// two')\n"],
    ['a.js', 'a(`\n// one\n`)\n', 'a(`\n// two\n`)\n'],
    ['a.jsx', '<p>http://one.org</p>\n', '<p>http://two.org</p>\n'],
    ['a.js', 'a = /\\/*one/\n', 'a = /\\/*two/\n'],
    ['a.js', '"a" /* b */ + 1\n', '"a" /* b */ + 2\n'],
    ['a.js', '/* a() */\n', 'a()\n'],
    ['a.py', 'a = "# one"\n', 'a = "# two"\n'],
    ['a.py', 'a = """\n# one\n"""\n', 'a = """\n# two\n"""\n'],
    ['a.py', 'if a:\n  b()\nc()\n', 'if a:\n  b()\n  c()\n'],
    ['a.go', '//go:build linux\n', '//go:build darwin\n'],
    ['a.js', 'a()\n', `/* ${'x'.repeat(20_000)} */ a()\n`],
    ['a.rb', 'a\n', '# Done.\na\n'],
    ['a.vue', 'a\n', '// Done.\na\n'],
  ])('%s', (file, one, other) => {
    expect(isSame(file, one, other)).toBe(false)
  })
})
