import { expect, test } from 'vitest'
import { findingsIn } from '../../src/runner/findings.ts'

const ROOT = '/project'

/** The findings as `file: text`, with `?` for a warning. */
function found(output: string): string[] {
  return findingsIn(output, ROOT).map(
    ({ file, text, isWarning }) => `${file}: ${text}${isWarning ? ' ?' : ''}`,
  )
}

test.each([
  [
    'tsc',
    "src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.\n",
    ["src/a.ts: error TS2322: Type 'string' is not assignable to type 'number'."],
  ],
  [
    'tsc --pretty',
    'src/a.ts:3:7 - error TS2322: No.\n\n3 const a\n\nFound 1 error in src/a.ts:3\n',
    ['src/a.ts: error TS2322: No.'],
  ],
  [
    'mypy',
    'src/a.py:3: error: Incompatible types  [assignment]\nsrc/a.py:9: note: See\nFound 1 error in 1 file (checked 2 source files)\n',
    ['src/a.py: error: Incompatible types [assignment]', 'src/a.py: note: See'],
  ],
  [
    'eslint',
    "\n/project/src/a.js\n  3:7  error    'x' is unused  no-unused-vars\n  9:1  warning  Unexpected console  no-console\n\n✖ 2 problems (1 error, 1 warning)\n",
    ["src/a.js: 'x' is unused no-unused-vars", 'src/a.js: Unexpected console no-console ?'],
  ],
  [
    'xo',
    '\n  src/a.js:3:7\n  ✖  3:7  Unexpected semicolon  semi\n\n  1 error\n',
    ['src/a.js: Unexpected semicolon semi'],
  ],
  [
    'oxlint',
    "\n  ! eslint(no-unused-vars): Variable 'x' is unused.\n   ,-[src/a.js:3:7]\n 3 | const x\n   `----\n  x eslint(no-debugger): `debugger` is not allowed\n   ╭─[src/b.js:1:1]\n\nFound 1 warning and 1 error.\n",
    [
      "src/a.js: ! eslint(no-unused-vars): Variable 'x' is unused. ?",
      'src/b.js: x eslint(no-debugger): `debugger` is not allowed',
    ],
  ],
  [
    'ruff',
    'F401 [*] `os` imported but unused\n --> src/a.py:1:8\n  |\n1 | import os\n\nFound 1 error.\n',
    ['src/a.py: F401 [*] `os` imported but unused'],
  ],
  [
    'ruff concise, flake8',
    'src/a.py:1:8: F401 [*] `os` imported but unused\nFound 1 error.\n',
    ['src/a.py: F401 [*] `os` imported but unused'],
  ],
  [
    'clippy',
    'warning: unused variable: `x`\n --> src/main.rs:2:9\n  |\n',
    ['src/main.rs: warning: unused variable: `x` ?'],
  ],
  ['go vet', '# example\n./main.go:3:2: unreachable code\n', ['main.go: unreachable code']],
  [
    'biome',
    'src/a.js:3:7 lint/style/useConst ━━━━━━━━━━\n\n  × This let is never reassigned.\n',
    ['src/a.js: lint/style/useConst ━━━━━━━━━━'],
  ],
  [
    'biome with a warning',
    'src/a.js:3:7 lint/style/useConst ━━━━━━━━━━\n\n  ! This let is never reassigned.\n\nsrc/b.js:1:1 lint/suspicious/noDebugger ━━━━\n\n  × No.\n',
    ['src/a.js: lint/style/useConst ━━━━━━━━━━ ?', 'src/b.js: lint/suspicious/noDebugger ━━━━'],
  ],
  [
    'prettier',
    'Checking formatting...\n[warn] .redgreen/local/a.json\n[warn] Code style issues found in the above file.\n',
    ['.redgreen/local/a.json: '],
  ],
  [
    'eslint in JSON',
    '[{"filePath":"/project/src/a.js","messages":[{"ruleId":"semi","message":"Missing semicolon.","severity":2,"line":1}]}]\n',
    ['src/a.js: Missing semicolon. semi'],
  ],
  [
    'ruff in JSON',
    '[{"filename":"/project/a.py","message":"unused","code":"F401"}]',
    ['a.py: unused F401'],
  ],
])('reads what %s prints', (_tool, output, findings) => {
  expect(found(output)).toEqual(findings)
})

test.each([
  ['src/a.py:9: note: See the documentation\n', true],
  ['src/a.py:3:5 - information: Type of "x" is "int"\n', true],
  ['src/a.py:3:5 - warning: Import "x" could not be resolved\n', undefined],
  ['src/a.py:3: error: note is not defined\n', undefined],
  ['src/a.js:3:7: noteworthy is unused\n', undefined],
  ['src/a.js:3:7: info is unused\n', undefined],
])('knows whether a finding only explains: %s', (output, isNote) => {
  expect(findingsIn(output, ROOT).map(finding => finding.isNote)).toEqual([isNote])
})

test('the same finding at another line is the same', () => {
  expect(found('a.js:3:7: x is unused (declared at line 3)')).toEqual(
    found('a.js:40:1: x is unused (declared at line 40)'),
  )
})

test('prose, stack frames of other folders and summaries are not findings', () => {
  const output =
    'Error: Cannot find module x\n    at load (/usr/lib/node.js:3:7)\n> lint\n> eslint .\nnpm error code 1\n'
  expect(found(output)).toEqual([])
})
