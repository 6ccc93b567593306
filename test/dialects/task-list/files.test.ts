import { describe, expect, test } from 'vitest'
import { filesNamedIn } from '../../../src/dialects/task-list/files.ts'

describe('a text names', () => {
  test.each([
    ['files in backticks', 'Create `src/a.ts` and `b.py`', ['src/a.ts', 'b.py']],
    ['bare files', 'Add the route in src/api/members.py, then stop.', ['src/api/members.py']],
    ['files in parentheses', 'Create it (file: src/models/message.py)', ['src/models/message.py']],
    ['files without an extension', 'Write Dockerfile and Makefile', ['Dockerfile', 'Makefile']],
    [
      'files that begin with a dot',
      'Update .gitignore and .env.example',
      ['.gitignore', '.env.example'],
    ],
    ['folders with a slash at the end', 'Create `src/chat/`', ['src/chat/']],
    ['files of a simple choice', 'Create `src/card.{ts,css}`', ['src/card.ts', 'src/card.css']],
    ['files behind a dot and a slash', 'Edit ./src/a.ts', ['src/a.ts']],
    ['files with a line number', 'Fix src/a.ts:42', ['src/a.ts']],
    ['files in a route folder', 'Create app/members/[id]/page.tsx', ['app/members/[id]/page.tsx']],
    ['the target of a link', 'Follow [the guide](docs/guide.md)', ['docs/guide.md']],
    ['a file once', 'Edit src/a.ts, test `src/a.ts`', ['src/a.ts']],
    ['a bare name by its full path', 'Create a.ts in src/lib/a.ts', ['src/lib/a.ts']],
    ['a bare name in the one folder beside it', 'Create a.py in src/models/', ['src/models/a.py']],
    ['a file and a folder', 'Create package.json and src/', ['package.json', 'src/']],
    ['a list with a folder', 'Add a.json, `b.json`, and `src/`', ['a.json', 'b.json', 'src/']],
    ['a folder before its files', 'Fill src/: a.js and b.js', ['src/a.js', 'src/b.js']],
    [
      'files with backslashes',
      'Fill src\\one.js and `.\\src\\two.js`.',
      ['src/one.js', 'src/two.js'],
    ],
    ['a file with an escaped character', 'Fill tests/test\\_login.py', ['tests/test_login.py']],
    ['files in other scripts', '创建 src/models/仓库.ts，然后', ['src/models/仓库.ts']],
  ])('%s', (_, text, files) => {
    expect(filesNamedIn(text)).toEqual(files)
  })
})

describe('a text names no file with', () => {
  test.each([
    ['a URL', 'See https://example.com/a.html or www.example.com/b.js'],
    ['a route', 'GET /api/members and /api/v1/members.json'],
    ['an alternative', 'Add create and/or update, read/write'],
    ['a version', 'Use Python 3.11 and v1.2.3'],
    ['a pattern', 'All of src/**/*.ts and `tests/*.py`'],
    ['a way out', 'Read ../secret.txt and `/etc/passwd`'],
    ['a way out with backslashes', 'Read ..\\secret.txt and `C:\\Temp\\a.txt`'],
    ['a share of another machine', 'Read \\\\server\\share\\a.txt'],
    ['a namespace', 'Add `App\\Models\\User` and App\\Http\\Kernel.handle'],
    ['a regular expression', String.raw`Match \d+\.\d+ and \w+\.js`],
    ['a product', 'Use Next.js with Node.js'],
    ['an abbreviation', 'some, e.g. this, i.e. that, etc.'],
    ['a call', 'Call `client.send(message)` and user.name'],
    ['a document that it follows', 'Fields per data-model.md, see docs/why.md, based on `plan.md`'],
    ['a document of the feature', 'Read quickstart.md and spec.md'],
  ])('%s', (_, text) => {
    expect(filesNamedIn(text)).toEqual([])
  })
})
