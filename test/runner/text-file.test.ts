import { execFileSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { cargoFeatures } from '../../src/runner/frameworks/cargo-features.ts'
import { hasMembers } from '../../src/runner/frameworks/cargo.ts'
import { readCmakeTargets } from '../../src/runner/frameworks/cmake-targets.ts'
import { goModules } from '../../src/runner/frameworks/go-modules.ts'
import { textOfFile } from '../../src/runner/text-file.ts'
import { folderWith } from './project.ts'

test('a regular file is read, also through a link', () => {
  const root = folderWith({ 'a.txt': 'text' })
  symlinkSync('a.txt', path.join(root, 'link.txt'))
  expect(textOfFile(path.join(root, 'a.txt'))).toBe('text')
  expect(textOfFile(path.join(root, 'link.txt'))).toBe('text')
})

test.each(['missing.txt', 'a.txt/below.txt'])('%s is empty', name => {
  const root = folderWith({ 'a.txt': 'text' })
  expect(textOfFile(path.join(root, name))).toBe('')
})

test('a file that is larger than the limit is empty', () => {
  const root = folderWith({ 'a.txt': 'text' })
  expect(textOfFile(path.join(root, 'a.txt'), 4)).toBe('text')
  expect(textOfFile(path.join(root, 'a.txt'), 3)).toBe('')
})

/** What a repository can put where a file is expected. */
const HOSTILE = {
  'a link to a device': (place: string) => symlinkSync('/dev/zero', place),
  'a link to itself': (place: string) => symlinkSync(place, place),
  'a pipe': (place: string) => execFileSync('mkfifo', [place]),
}

/** What reads a file of a folder by its name. */
const READERS: Readonly<Record<string, (root: string) => unknown>> = {
  'Cargo.toml': root => [hasMembers(root), cargoFeatures({ cwd: root, files: [] })],
  'CMakeLists.txt': root => readCmakeTargets(root),
  'go.work': root => goModules(root).map(({ name }) => name),
}

describe.each(Object.entries(HOSTILE))('%s', (_, put) => {
  test.each(Object.entries(READERS))('in place of %s counts as no file', (name, read) => {
    const root = folderWith({ [name]: '' })
    const expected = read(root)
    rmSync(path.join(root, name))
    put(path.join(root, name))
    expect(read(root)).toEqual(expected)
  })
})

test('a CMake project that adds its own folder is read once', () => {
  const root = folderWith({
    'CMakeLists.txt': 'add_subdirectory(.)\nadd_subdirectory(sub)\nadd_executable(a a.cpp)\n',
    'sub/CMakeLists.txt': 'add_subdirectory(..)\nadd_executable(b b.cpp)\n',
  })
  expect(readCmakeTargets(root).map(({ name }) => name)).toEqual(['a', 'b'])
})
