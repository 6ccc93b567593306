import { describe, expect, test } from 'vitest'
import { filesNamedIn } from '../../../src/dialects/task-list/files.ts'
import { statedFiles } from '../../../src/dialects/task-list/stated-files.ts'

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
    [
      'files that pin versions',
      'Pin them in `.python-version`, .tool-versions and .node-version.',
      ['.python-version', '.tool-versions', '.node-version'],
    ],
    [
      'other files that begin with a dot',
      'Add .npmignore, `.clang-format`, docs/.gitkeep and .envrc',
      ['.npmignore', '.clang-format', 'docs/.gitkeep', '.envrc'],
    ],
    [
      'other files without an extension',
      'Write Pipfile, `Containerfile`, Dockerfile.dev and a justfile',
      ['Pipfile', 'Containerfile', 'Dockerfile.dev', 'justfile'],
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
    ['a route that takes any path', 'Add app/[...slug]/page.tsx', ['app/[...slug]/page.tsx']],
    ['an optional route', 'Add `pages/[[...all]].tsx`', ['pages/[[...all]].tsx']],
    ['a route at the start', '`[id]/page.tsx` and [slug].vue', ['[id]/page.tsx', '[slug].vue']],
    ['a group of routes', 'Add app/(shop)/cart/page.tsx', ['app/(shop)/cart/page.tsx']],
    ['a parameter with a dollar', 'Add `routes/users.$id.tsx`', ['routes/users.$id.tsx']],
    ['a slot', 'Add app/@modal/page.tsx', ['app/@modal/page.tsx']],
    ['a file behind a bracket', 'Add it ([id]/page.tsx)', ['[id]/page.tsx']],
    ['a folder and a file', 'Create `lib/lamp/` and `relay.ts`', ['lib/lamp/', 'relay.ts']],
    ['a folder, then files in it', 'In `lib/lamp/`: `a.ts`', ['lib/lamp/a.ts']],
    ['the file beside a pattern', 'Update `src/**/*.ts` and `a.json`', ['a.json']],
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
    ['a method', 'Call `.filter`, `.node` and .python in one chain'],
    ['a word with the same end', 'Read the profile and `myDockerfile`'],
    ['a pattern', 'All of src/**/*.ts and `tests/*.py`'],
    ['a pattern of names', 'Update *-lamp.md and `*.ts`'],
    ['a regular expression in code', 'Match `/already there/` and `/a b/i`'],
    ['a variable', 'Read `$HOME/a.ts`, src/$NAME.ts and `src/${name}.ts`'],
    ['an address', 'Ask me@example.com'],
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

describe("a file is not the task's own if it is", () => {
  test.each([
    ['cited', 'Add `a.ts` as in `src/b.ts`'],
    ['cited by another word', 'Add a.ts, similar to src/b.ts'],
    ['cited with another', 'Add a.ts (see `src/b.ts` and `src/c.ts`)'],
    ['a pattern to follow', 'Add a.ts, following the pattern of src/b.ts.'],
    ['imported', 'Add a.ts and import parse from `src/b.ts`'],
    ['reused', 'Add a.ts; reuse the helper from src/b.ts'],
    ['cited in a line of its own', 'Add a.ts\n**Reference**: src/b.ts, src/c.ts'],
    ['forbidden', 'Add `a.ts`, do not touch `src/b.ts`'],
    ['forbidden with others', "Add a.ts. Don't change `src/b.ts`, `src/c.ts` or `src/d.ts`"],
    ['left out', 'Add a.ts without changing src/b.ts'],
    ['to be left alone', 'Add a.ts; leave `src/b.ts` untouched'],
    ['to be kept', 'Add a.ts. Keep src/b.ts as it is.'],
    ['not to be changed', 'Add a.ts; src/b.ts and src/c.ts must not be changed'],
    ['out of scope', 'Add a.ts\nOut of scope: src/b.ts'],
    ['cited in Chinese', '创建 a.ts，参考 `src/b.ts`'],
    ['forbidden in Chinese', '创建 a.ts，不要修改 `src/b.ts`'],
    ['cited in German', 'a.ts anlegen, wie in `src/b.ts`'],
    ['cited in Spanish', 'Crear a.ts como en `src/b.ts`'],
  ])('%s', (_, text) => {
    expect(filesNamedIn(text)).toEqual(['a.ts'])
  })

  test.each([
    ['its behaviour stays', 'Refactor src/a.ts without changing behaviour', ['src/a.ts']],
    ['its name stays', 'Keep the export of src/a.ts', ['src/a.ts']],
    ['another one is cited', 'Like src/a.ts, change src/b.ts', ['src/a.ts', 'src/b.ts']],
    ['code moves from it', 'Move parse from src/a.ts to src/b.ts', ['src/a.ts', 'src/b.ts']],
  ])('but it is if %s', (_, text, files) => {
    expect(filesNamedIn(text)).toEqual(files)
  })
})

describe('a task with a line for its files', () => {
  test.each([
    [
      ['Files: src/a.ts, src/b.ts', 'Explain `src/c.ts`'],
      ['src/a.ts', 'src/b.ts'],
    ],
    [
      ['**File:** `src/a.ts`', '**Test:** `tests/a.test.ts`'],
      ['src/a.ts', 'tests/a.test.ts'],
    ],
    [
      ['**Files**:', '`src/a.ts`', '`src/b.ts`', 'Notes: `src/c.ts`'],
      ['src/a.ts', 'src/b.ts'],
    ],
    [['文件：src/a.ts', '使用 core/'], ['src/a.ts']],
    [['File: app/[id]/page.tsx'], ['app/[id]/page.tsx']],
  ])('%j has only those and the files of its title', (lines, files) => {
    expect(statedFiles('Add it', lines)).toEqual(files)
    expect(statedFiles('Add it in main.ts', lines)).toEqual(['main.ts', ...files])
  })

  test('that names none has those of its text', () => {
    expect(statedFiles('Add it', ['File: the new one', 'Change src/a.ts'])).toBeUndefined()
    expect(statedFiles('Add it', ['Test: tests/a.test.ts'])).toBeUndefined()
  })
})
