import { rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { stampOfFiles, stampOfFolders, stampOfTree } from '../../../src/runner/standby/stamps.ts'
import { folderWith } from '../project.ts'
import { writeFiles } from '../write-files.ts'

test('a file that is written, created or deleted changes the stamp', () => {
  const root = folderWith({ one: '1' })
  const files = [path.join(root, 'one'), path.join(root, 'two')]
  const stamps = [stampOfFiles(files).text]
  writeFiles(root, { one: '12' })
  stamps.push(stampOfFiles(files).text)
  writeFiles(root, { two: '' })
  stamps.push(stampOfFiles(files).text)
  rmSync(path.join(root, 'one'))
  stamps.push(stampOfFiles(files).text)
  expect(new Set(stamps).size).toBe(4)
})

test('a file whose time was set back is still newer than before', () => {
  const root = folderWith({ one: '1' })
  const file = path.join(root, 'one')
  utimesSync(file, 1, 1)
  expect(stampOfFiles([file]).newest).toBeGreaterThan(1_000_000)
})

test('the stamp of a folder is that of its settings, and not of what a task writes', () => {
  const root = folderWith({ 'package.json': '{}', 'vitest.config.ts': '', 'src/a.ts': '' })
  const stamp = () => stampOfFolders([root]).text
  const first = stamp()
  writeFiles(root, { 'src/b.ts': '', 'index.js': '', 'README.md': '', 'a.test.ts': '' })
  expect(stamp()).toBe(first)
  for (const file of ['package-lock.json', '.env', 'tsconfig.json', 'vite.config.mjs']) {
    const before = stamp()
    writeFiles(root, { [file]: '' })
    expect([file, stamp()]).not.toEqual([file, before])
  }
})

test('a tree of more files than can be looked at has no stamp', () => {
  const root = folderWith({ 'a/b/c': '' })
  const first = stampOfTree(root)?.text
  writeFiles(root, { 'a/b/d': '' })
  expect([typeof first, stampOfTree(root)?.text === first]).toEqual(['string', false])
  writeFiles(root, Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`many/${at}`, ''])))
  expect(stampOfTree(root)).toBeUndefined()
})
