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
    ['a.rs', "fn a<'b>(c: &'b str) {}\n", "// Done.\nfn a<'b>(c: &'b str) {} /* one */\n"],
    ['a.rs', 'fn a() {}\n', '/// Done.\nfn a() {}\n'],
    ['a.cs', 'var a = 1;\n', '/* Done. */\nvar a = 1; // one\n'],
    ['a.php', "<?php\n$a = '#';\n", "<?php\n# Done.\n$a = '#'; // one\n"],
    ['a.rb', 'a\n', '  # Done.\na\n'],
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
    ['a.ts', '/// <reference types="one" />\n', '/// <reference types="two" />\n'],
    ['a.js', 'a()\n', `/* ${'x'.repeat(20_000)} */ a()\n`],
    ['a.rs', '/// ```\n/// a()\n/// ```\nfn a() {}\n', 'fn a() {}\n'],
    ['a.rs', 'a(r"// one")\n', 'a(r"// two")\n'],
    ['a.cs', 'var a = @"// one";\n', 'var a = @"// two";\n'],
    ['a.php', '<?php\n#[One]\nfunction a() {}\n', '<?php\n#[Two]\nfunction a() {}\n'],
    ['a.php', '<?php\n$a = <<<A\n// one\nA;\n', '<?php\n$a = <<<A\n// two\nA;\n'],
    ['a.php', '<p># one</p>\n<?php a() ?>\n', '<p># two</p>\n<?php a() ?>\n'],
    ['a.rb', 'a = "#{one}"\n', 'a = "#{two}"\n'],
    ['a.rb', 'a = <<~A\n  # one\nA\n', 'a = <<~A\n  # two\nA\n'],
    ['a.rb', '# frozen_string_literal: true\na\n', 'a\n'],
    ['a.ex', 'a\n', '# Done.\na\n'],
    ['a.vue', 'a\n', '// Done.\na\n'],
  ])('%s', (file, one, other) => {
    expect(isSame(file, one, other)).toBe(false)
  })
})
