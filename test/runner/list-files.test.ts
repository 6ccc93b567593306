import { expect, it } from 'vitest'
import { globPattern } from '../../src/runner/glob.ts'
import { listFiles } from '../../src/runner/list-files.ts'
import { folderWith } from './project.ts'

it.for<[glob: string, matching: string[], other: string[]]>([
  ['test/*.js', ['test/a.js'], ['test/b/a.js', 'a/test/a.js', 'test/axjs']],
  ['./test/**/*.test.{js,ts}', ['test/a.test.js', 'test/b/c/a.test.ts'], ['test/a.test.mjs']],
  ['**/*.spec.?(c|m)js', ['a.spec.js', 'b/a.spec.cjs'], ['a.spec.xjs']],
  ['src/**', ['src/a', 'src/a/b'], ['srca']],
  ['packages/*', ['packages/a'], ['packages/a/b']],
  ['test/[ab]?.js', ['test/ax.js'], ['test/cx.js', 'test/a.js']],
  ['**/**/**/*.js', ['a.js', 'x/a.js'], ['a.ts']],
  ['test/[z-a].js', [], ['test/a.js']],
  ['**/@(test|tests)/*.js', ['test/a.js', 'x/tests/a.js'], ['x/testing/a.js']],
])('%s', ([glob, matching, other]) => {
  const pattern = globPattern(glob)
  expect(matching.filter(file => pattern.test(file))).toEqual(matching)
  expect(other.filter(file => pattern.test(file))).toEqual([])
})

it('lists the own files of a project', () => {
  const root = folderWith({
    'b.js': '',
    'a/c.js': '',
    '.git/x.js': '',
    '.redgreen/local/x.js': '',
    'a/node_modules/x.js': '',
  })
  expect(listFiles(root)).toEqual(['a/c.js', 'b.js'])
})
