import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { git } from '../../src/store/git.ts'
import { anywhere, literalPath, plainPath } from '../../src/store/literal-path.ts'
import { temporaryFolder } from '../kit/folder.ts'

const STATUS = ['status', '--porcelain', '--untracked-files=all', '-z', '--']
const NAMES = ['a.js', '[abc].js', ':x.js', String.raw`a\b.js`, '*.js']

it('a file whose name looks like a pattern is this file and no other one', async () => {
  const root = temporaryFolder()
  execFileSync('git', ['init', '-q'], { cwd: root })
  mkdirSync(path.join(root, 'below'))
  for (const name of NAMES) writeFileSync(path.join(root, 'below', name), 'x')
  for (const name of NAMES) writeFileSync(path.join(root, name), 'x')
  const found = async (argument: string) =>
    ((await git({ root }, [...STATUS, argument])) ?? 'failed')
      .split('\0')
      .map(entry => entry.slice(3))
      .filter(file => file !== '')
      .toSorted()
  for (const name of NAMES) {
    expect(await found(literalPath(name))).toEqual([name])
    expect(await found(anywhere(name))).toEqual([name, `below/${name}`].toSorted())
  }
  writeFileSync(path.join(root, '.gitignore'), ':*\n')
  const ignored = (name: string) => git({ root }, ['check-ignore', '--', plainPath(name)])
  expect(await ignored(':x.js')).toBe('./:x.js\n')
  expect(await ignored('[abc].js')).toBe(undefined)
})
