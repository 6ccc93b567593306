import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger } from '../../src/store/ledger.ts'
import { endOrphanedRuns } from '../../src/store/live-runs.ts'
import { newRunLog } from '../../src/store/run-logs.ts'
import { sealOf } from '../../src/store/secret.ts'
import { ensureState, stateOf, type State } from '../../src/store/state.ts'
import { treeOf } from '../../src/store/tree.ts'
import { pruneTrees, loadTree, saveTree } from '../../src/store/saved-trees.ts'
import { makeProject } from '../kit/project.ts'

const FEATURE = '001-login'

/** A folder outside the workspace. `files` lists its current content. */
function outside(): { folder: string; files: () => string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-outside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, files: () => readdirSync(folder, { recursive: true }).map(String).toSorted() }
}

function workspace(): State {
  return stateOf({ root: makeProject({ 'a.txt': '1' }, { git: false }).root })
}

function plant(state: State, file: string, text: string): void {
  const place = path.join(state.local, file)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, text)
}

/** A record as `commitAt` writes it, for any content. */
function commitText(content: object): string {
  return JSON.stringify({
    format: 1,
    offset: 0,
    prev: GENESIS,
    seq: 0,
    lines: [],
    tip: GENESIS,
    branch: '',
    ...content,
  })
}

function record(state: State): void {
  appendEvents(state, FEATURE, [{ kind: 'resumed', task: 'T1' }], { by: 'test' })
}

describe('a commit record that a repository ships', () => {
  const escapes = [
    ['a path that leads out', () => '../../../../escaped.txt'],
    ['an absolute path', (folder: string) => path.join(folder, 'escaped.txt')],
    ['a path with a folder', () => 'x/../escaped'],
  ] as const
  it.each(escapes)('writes nothing to %s', (_name, pathIn) => {
    const state = workspace()
    const { folder, files } = outside()
    const text = commitText({ file: pathIn(folder), lines: ['pwned'] })
    plant(state, `commits/${FEATURE}/1`, text)
    plant(state, `commits/${FEATURE}/2`, `${text}\n${'0'.repeat(64)}\n`)
    expect(finishLedger(state, FEATURE).events).toEqual([])
    expect(files()).toEqual([])
    expect(existsSync(path.join(state.folder, 'ledger'))).toBe(false)
    expect(existsSync(path.join(state.root, '..', 'escaped.txt'))).toBe(false)
  })

  it('writes nothing to a file with a proper name without the seal of this user', () => {
    const state = workspace()
    const body = { kind: 'resumed', task: 'T1', feature: FEATURE, at: '2026-01-01', by: 'x' }
    const line = sealLine(body, { seq: 1, prev: GENESIS })
    const tip: unknown = JSON.parse(line)
    const hash = typeof tip === 'object' && tip && 'hash' in tip ? tip.hash : ''
    const text = commitText({ file: '0123456789.jsonl', lines: [line], tip: hash })
    plant(state, `commits/${FEATURE}/1`, `${text}\n${'0'.repeat(64)}\n`)
    expect(finishLedger(state, FEATURE).events).toEqual([])
    // The negative control: with the seal it is a commit whose lines a crash left out.
    plant(
      state,
      `commits/${FEATURE}/1`,
      `${text}\n${sealOf(state, `commit\0${FEATURE}\u00001`, text)}\n`,
    )
    expect(finishLedger(state, FEATURE).events).toHaveLength(1)
  })

  it.each([
    ['a line that does not continue the chain', '0123456789.jsonl'],
    ['a file whose name is not that of a chain', 'notes.jsonl'],
    ['a file in another folder', '../../../escaped.txt'],
  ])('writes %s not even with a seal', (_what, file) => {
    const state = workspace()
    const lines = file.startsWith('0') ? ['pwned'] : []
    const text = commitText({ file, lines })
    plant(
      state,
      `commits/${FEATURE}/1`,
      `${text}\n${sealOf(state, `commit\0${FEATURE}\u00001`, text)}\n`,
    )
    expect(finishLedger(state, FEATURE).events).toEqual([])
    expect(existsSync(path.join(state.folder, 'ledger'))).toBe(false)
    expect(existsSync(path.join(state.root, 'escaped.txt'))).toBe(false)
  })

  it('does not prevent the server from recording', () => {
    const state = workspace()
    plant(state, `commits/${FEATURE}/1`, commitText({ file: '../escaped', lines: ['pwned'] }))
    plant(state, `commits/${FEATURE}/9007199254740993`, 'x')
    record(state)
    expect(finishLedger(state, FEATURE).events).toHaveLength(1)
  })
})

describe('a folder below .redgreen that is a link', () => {
  it.each([
    ['trees', (state: State) => saveTree(state, treeOf({ 'a.txt': 'hash' }))],
    ['runs', (state: State) => newRunLog(state, 'run-1').file],
    ['live', (state: State) => endOrphanedRuns(state)],
    ['commits', record],
  ])('is refused: local/%s', (name, use) => {
    const state = workspace()
    const { folder, files } = outside()
    for (let count = 0; count < 3; count += 1) writeFileSync(path.join(folder, `${count}`), 'mine')
    mkdirSync(state.local, { recursive: true })
    symlinkSync(folder, path.join(state.local, name))
    expect(() => use(state)).toThrow(/symbolic link in a folder of redgreen/)
    expect(files()).toEqual(['0', '1', '2'])
  })

  it('is refused as the folder of a ledger, and as its file', () => {
    const state = workspace()
    const { folder, files } = outside()
    mkdirSync(path.join(state.folder, 'ledger'), { recursive: true })
    symlinkSync(folder, path.join(state.folder, 'ledger', FEATURE))
    expect(() => finishLedger(state, FEATURE)).toThrow(/symbolic link/)
    expect(files()).toEqual([])
  })

  it('is not emptied of files with other names', () => {
    const state = workspace()
    const folder = path.join(state.local, 'trees')
    mkdirSync(folder, { recursive: true })
    for (let count = 0; count < 210; count += 1)
      writeFileSync(path.join(folder, `${count}.txt`), '')
    // Files of today stay in any case.
    vi.setSystemTime(Date.now() + 2 * 86_400_000)
    onTestFinished(() => void vi.useRealTimers())
    pruneTrees(state, () => new Set())
    expect(readdirSync(folder)).toHaveLength(210)
  })
})

describe('damaged files below .redgreen', () => {
  it('replaces a damaged tree', () => {
    const state = workspace()
    const tree = treeOf({ 'a.txt': 'hash' })
    saveTree(state, tree)
    plant(state, `trees/${tree.hash}.json`, '{"a.txt":')
    expect(loadTree(state, tree.hash)).toBeUndefined()
    saveTree(state, tree)
    expect(loadTree(state, tree.hash)).toEqual(tree)
  })

  it('restores an emptied ignore file, and keeps lines that somebody added', () => {
    const state = workspace()
    ensureState(state)
    const ignore = path.join(state.folder, '.gitignore')
    writeFileSync(ignore, '')
    ensureState(state)
    expect(readFileSync(ignore, 'utf8')).toBe('local/\n')
    writeFileSync(ignore, 'notes.md\n')
    ensureState(state)
    expect(readFileSync(ignore, 'utf8')).toBe('notes.md\nlocal/\n')
    writeFileSync(ignore, '/local/\n')
    ensureState(state)
    expect(readFileSync(ignore, 'utf8')).toBe('/local/\n')
  })

  it('refuses an ignore file that is a folder or a pipe', () => {
    for (const make of [
      (place: string) => mkdirSync(place),
      (place: string) => execFileSync('mkfifo', [place]),
    ]) {
      const state = workspace()
      mkdirSync(state.folder)
      make(path.join(state.folder, '.gitignore'))
      expect(() => ensureState(state)).toThrow(/\.gitignore.*must be a file/)
    }
  })
})
