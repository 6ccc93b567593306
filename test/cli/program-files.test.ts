import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ProgramFiles } from '../../src/cli/program-files.ts'
import { temporaryFolder } from '../kit/folder.ts'

/** A program of two files, of which one is loaded later, and a folder for its compiled code. */
function makeProgram(): {
  main: string
  cache: string
  write: (name: string, text: string) => void
} {
  const folder = temporaryFolder()
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
  write('main.cjs', "exports.word = 'one'; exports.later = () => require('./later.cjs').word")
  write('later.cjs', "exports.word = 'two'")
  const cache = path.join(folder, 'cache')
  mkdirSync(cache)
  return { main: path.join(folder, 'main.cjs'), cache, write }
}

const require = createRequire(import.meta.url)

function filesOf(cache: string): ProgramFiles {
  const files = new ProgramFiles('1', require)
  files.use(cache)
  return files
}

/** Keeps the code with the permissions of the program's files; returns how often it was written. */
function keep(files: ProgramFiles): number {
  let written = 0
  files.keep((file, bytes) => {
    written += 1
    writeFileSync(file, bytes, { mode: 0o600 })
  })
  return written
}

function exportsOf(files: ProgramFiles, file: string): { word: string; later: () => string } {
  const loaded = files.load(file)
  if (!isLoaded(loaded)) throw new Error('The file has other exports.')
  return loaded
}

function isLoaded(loaded: unknown): loaded is { word: string; later: () => string } {
  return typeof loaded === 'object' && loaded !== null && 'word' in loaded
}

describe('the files of the program', () => {
  it('are loaded once, and what they require as well', () => {
    const { main } = makeProgram()
    const files = new ProgramFiles('1', require)
    const { word, later } = exportsOf(files, main)
    expect([word, later()]).toEqual(['one', 'two'])
    expect(files.load(main)).toBe(files.load(main))
  })

  it('may have any character', () => {
    const { main, write } = makeProgram()
    write('main.cjs', "exports.word = String(/^ℹ …$/.test('\\u2139 \\u2026'))")
    expect(exportsOf(new ProgramFiles('1', require), main).word).toBe('true')
  })

  it('may require each other, and packages of Node', () => {
    const { main, write } = makeProgram()
    write('main.cjs', "exports.word = 'one'; exports.other = require('./later.cjs').word")
    write('later.cjs', "exports.word = require('node:path').posix.sep + require('./main.cjs').word")
    expect(new ProgramFiles('1', require).load(main)).toEqual({ word: 'one', other: '/one' })
  })
})

// V8 compares only the length of a source, which shows here whether kept code is used: that of 'one' also runs for 'six'.
describe('compiled code that was kept', () => {
  const changed = "exports.word = 'six'; exports.later = () => require('./later.cjs').word"

  it('is used', () => {
    const { main, cache, write } = makeProgram()
    const first = filesOf(cache)
    first.load(main)
    expect(keep(first)).toBe(1)
    write('main.cjs', changed)
    expect(exportsOf(filesOf(cache), main).word).toBe('one')
  })

  it('is not used without the folder', () => {
    const { main, cache, write } = makeProgram()
    const first = filesOf(cache)
    first.load(main)
    keep(first)
    write('main.cjs', changed)
    expect(exportsOf(new ProgramFiles('1', require), main).word).toBe('six')
  })

  it.skipIf(process.platform === 'win32')('is not used if others may have written it', () => {
    const { main, cache, write } = makeProgram()
    const first = filesOf(cache)
    first.load(main)
    keep(first)
    for (const name of readdirSync(cache)) chmodSync(path.join(cache, name), 0o620)
    write('main.cjs', changed)
    expect(exportsOf(filesOf(cache), main).word).toBe('six')
  })

  it.skipIf(process.platform === 'win32')('is not used if a pipe is in its place', () => {
    const { main, cache } = makeProgram()
    const first = filesOf(cache)
    first.load(main)
    keep(first)
    for (const name of readdirSync(cache)) {
      rmSync(path.join(cache, name))
      execFileSync('mkfifo', [path.join(cache, name)])
    }
    expect(exportsOf(filesOf(cache), main).word).toBe('one')
  })

  it.each([0, 3, 20, 200])('is not used if only its first %i bytes are there', length => {
    const { main, cache, write } = makeProgram()
    const first = filesOf(cache)
    first.load(main)
    keep(first)
    for (const name of readdirSync(cache)) truncateSync(path.join(cache, name), length)
    write('main.cjs', changed)
    expect(exportsOf(filesOf(cache), main).word).toBe('six')
  })

  it('is written again only for files that it did not have', () => {
    const { main, cache } = makeProgram()
    const first = filesOf(cache)
    first.load(main)
    expect([keep(first), keep(first)]).toEqual([1, 0])
    const second = filesOf(cache)
    const { later } = exportsOf(second, main)
    expect(keep(second)).toBe(0)
    later()
    expect(keep(second)).toBe(1)
    const [name = ''] = readdirSync(cache)
    const third = filesOf(cache)
    exportsOf(third, main).later()
    expect(keep(third)).toBe(0)
    expect(readFileSync(path.join(cache, name)).length).toBeGreaterThan(1000)
  })

  it('is not written if no folder was given', () => {
    const files = new ProgramFiles('1', require)
    files.load(makeProgram().main)
    expect(keep(files)).toBe(0)
  })
})
