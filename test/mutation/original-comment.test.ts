import { describe, expect, it } from 'vitest'
import { withOriginal } from '../../src/mutation/original-comment.ts'
import { readSyntax } from '../../src/mutation/syntax.ts'
import { grammarOf } from '../../src/mutation/grammars/index.ts'

const CODE: [string, string][] = [
  ['a.js', "/* A */ // b */\nconst f = () => `\u2028*/` + '/*'\n"],
  ['a.ts', '/** A. */\nexport const f = (a: number): number => a\n'],
  ['a.tsx', 'export const A = () => <b>{/* a */}</b>\n'],
  ['a.py', "def f():\n    \"\"\"A '''b''' \\\\\"\"\"\n    return '''a'''\n"],
  ['a.py', "def f():\n    return '''''' + '' + 'a' ''\n"],
  ['a.py', "a = '''' it '' '''\nb = ''''''''''''\n"],
  ['a.js', 'const f = a => a /**//*/*/ * 2 // */*/\n'],
  ['a.rs', '/*/**/*/ fn f() -> i32 { 1 /**/ }\n'],
  ['a.go', 'package a\n\nvar A = `*/ /* */*/`\n'],
  ['a.php', "<?php\n$a = <<<'E'\n*/ /* */\nE;\n"],
  ['a.cpp', 'const char* a = R"(*/ /*)"; /**/\n'],
  ['a.rb', 'def f\n  "a" # b\nend\n'],
  ['a.php', '<?php\nfunction f() {\n  return 1; /* a */\n}\n'],
  ['a.go', 'package a\n\n//go:noinline\nfunc F() int {\n\treturn 1 /* a */\n}\n'],
  ['A.java', 'class A {\n  /** A. */\n  int f() {\n    return 1;\n  }\n}\n'],
  ['a.rs', '/* a /* b */ */\nfn f() -> i32 {\n    1\n}\n'],
  ['a.cpp', '#define A \\\n  1\nint f() {\n  return A; // a\n}\n'],
]

async function isValid(file: string, text: string): Promise<boolean | undefined> {
  return readSyntax(grammarOf(file)?.name ?? '', text, root => !root.hasError)
}

describe('the original text at the end of a changed one', () => {
  it.each(CODE)('is a comment in %s', async (file, code) => {
    const text = withOriginal(file, code, code)
    expect(text.startsWith(code)).toBe(true)
    expect(text.length).toBeGreaterThan(2 * code.length)
    expect(await isValid(file, text)).toBe(true)
  })

  it('holds lines as they are', () => {
    const code = 'function f(a) {\n  return a.b\n}\n'
    expect(withOriginal('a.js', 'x', code)).toContain(`\n${code}`)
  })

  it.each([
    ['a.php', '<?php f(); ?>\n<b>text</b>\n'],
    ['a.rb', 'puts DATA.read\n__END__\ntext\n'],
    ['a.rb', '=begin\ntext\n=end\nf\n'],
    ['A.java', 'class A { String a = "\\u002a/"; }\n'],
    ['a.cpp', 'int a = 2 *\\\n/ 1;\n'],
    ['a.sh', 'echo a\n'],
  ])('is left out of %s where it would not be a comment: %j', (file, code) => {
    expect(withOriginal(file, 'changed', code)).toBe('changed')
  })
})
