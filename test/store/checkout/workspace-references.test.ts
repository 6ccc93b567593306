import { mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { referencesToWorkspace } from '../../../src/store/checkout/workspace-references.ts'
import { treeOf } from '../../../src/store/tree.ts'
import { makeProject } from '../../kit/project.ts'

/** A workspace, and a folder with these files that stands for its checkout. `%` in a text is the workspace. */
function found(files: Record<string, string>, links: Record<string, string> = {}): string[] {
  const workspace = makeProject({ 'packages/b/package.json': '{"name":"b"}' }, { git: false }).root
  const texts = Object.entries(files).map(([file, text]) => [file, text.replaceAll('%', workspace)])
  const checkout = makeProject(Object.fromEntries(texts), { git: false })
  for (const [file, target] of Object.entries(links)) {
    mkdirSync(path.join(checkout.root, path.dirname(file)), { recursive: true })
    symlinkSync(target.replace('%', workspace), path.join(checkout.root, file))
  }
  const hashes = Object.fromEntries(Object.keys(files).map(file => [file, 'x']))
  return referencesToWorkspace({ root: realpathSync(workspace) }, checkout.root, treeOf(hashes))
}

describe('a checkout points back to the workspace', () => {
  it.each([
    ['go.mod', 'module a\nreplace b => %/packages/b\n'],
    ['go.work', 'use %/packages/b\n'],
    ['crates/a/Cargo.toml', '[dependencies]\nb = { path = "%/packages/b" }\n'],
    ['Gemfile', "gem 'b', path: '%/packages/b'\n"],
    ['composer.json', '{"repositories":[{"type":"path","url":"%/packages/b"}]}'],
    ['vitest.config.ts', "export default { resolve: { alias: { b: '%/packages/b' } } }"],
  ])('if %s names it', (file, text) => {
    expect(found({ [file]: text })).toEqual([expect.stringContaining(`${file} names`)])
  })

  it('if a package of the workspace is linked to it', () => {
    const files = { 'package.json': '{"name":"a"}', 'packages/b/package.json': '{"name":"b"}' }
    expect(found(files, { 'node_modules/b': '%/packages/b' })).toEqual([
      expect.stringContaining('node_modules/b leads to'),
    ])
    expect(found(files, { 'node_modules/b': '../packages/b' })).toEqual([])
  })

  it.each([
    ['a relative path', 'go.mod', 'replace b => ./packages/b\n'],
    ['an installed dependency', 'tsconfig.json', '{"paths":{"x":["%/node_modules/x"]}}'],
    ['a document', 'README.md', 'Clone it to %/packages/b.\n'],
    [
      'a longer path that ends like it',
      'vitest.config.ts',
      "export default { a: '<rootDir>/src%/b' }",
    ],
    ['another folder', 'go.mod', 'replace b => %-other/packages/b\n'],
  ])('but not if there is %s', (_what, file, text) => {
    expect(found({ [file]: text })).toEqual([])
  })
})
