import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { sealLine, sha256 } from '../../src/evidence/chain.ts'
import { disk } from '../../src/store/disk.ts'
import { ledgerFolder } from '../../src/store/ledger-folder.ts'
import { appendEvents, finishLedger } from '../../src/store/ledger.ts'
import { Conflict, replaceFile } from '../../src/store/replace-file.ts'
import { stateOf } from '../../src/store/state.ts'
import { Overtaken, putRecord, readSequence } from '../../src/store/transaction/sequence.ts'
import { pruneTrees, saveTree } from '../../src/store/tree.ts'
import { connect } from '../kit/assistant.ts'
import { makeProject, stackProject } from '../kit/project.ts'

const resumed = (task: string) => ({ kind: 'resumed' as const, task })

function ledgerOf(...tasks: string[]) {
  const project = makeProject({})
  const state = stateOf(project)
  for (const task of tasks) appendEvents(state, 'f', [resumed(task)], { by: 'me' })
  const folder = ledgerFolder(state, 'f')
  const file = path.join(folder, readdirSync(folder)[0] ?? '')
  const commits = path.join(state.local, 'commits/f')
  const taskIds = () => finishLedger(state, 'f').events.map(event => 'task' in event && event.task)
  return { project, state, file, commits, taskIds }
}

describe('a commit that was not written to the end', () => {
  it.each([0, 1, 40, 200])('is finished by the next call, after %i bytes of it', bytes => {
    const { file, commits, taskIds } = ledgerOf('T1', 'T2')
    const [first = ''] = readFileSync(file, 'utf8').split('\n')
    truncateSync(file, first.length + 1 + bytes)
    rmSync(path.join(commits, '2.settled'))
    expect(taskIds()).toEqual(['T1', 'T2'])
    expect(readdirSync(commits)).toContain('2.settled')
  })

  it('waits for its branch when another one is checked out', () => {
    const { project, file, commits, taskIds } = ledgerOf('T1')
    const main = project.read('.git/HEAD')
    rmSync(file)
    rmSync(path.join(commits, '1.settled'))
    project.write('.git/HEAD', 'ref: refs/heads/other\n')
    expect(taskIds()).toEqual([])
    project.write('.git/HEAD', main)
    expect(taskIds()).toEqual(['T1'])
  })

  it('is not written over another history of the same file', () => {
    const { state, file, commits, taskIds } = ledgerOf('T1', 'T2')
    const [first = ''] = readFileSync(file, 'utf8').split('\n')
    const event = JSON.parse(first)
    const at = { seq: 2, prev: event.hash }
    const other = sealLine({ ...resumed('T9'), feature: 'f', at: event.at, by: 'you' }, at)
    writeFileSync(file, `${first}\n${other}\n`)
    rmSync(path.join(commits, '2.settled'))
    expect(taskIds()).toEqual(['T1', 'T9'])
    appendEvents(state, 'f', [resumed('T3')], { by: 'me' })
    expect(taskIds()).toEqual(['T1', 'T9', 'T3'])
  })
})

describe('what is decided', () => {
  it('by what was read before somebody else recorded something is refused, and nothing is written', () => {
    const { state, taskIds } = ledgerOf('T1')
    const { commit } = finishLedger(state, 'f')
    appendEvents(state, 'f', [resumed('T2')], { by: 'you', after: commit })
    const late = () => appendEvents(state, 'f', [resumed('T3')], { by: 'me', after: commit })
    expect(late).toThrow(Overtaken)
    expect(taskIds()).toEqual(['T1', 'T2'])
  })

  it('by a sleeper comes too late, even when its number has been forgotten', () => {
    const { state, commits, taskIds } = ledgerOf('T0')
    for (let index = 1; index < 70; index += 1) {
      appendEvents(state, 'f', [resumed(`T${index}`)], { by: 'me' })
    }
    expect(readdirSync(commits).length).toBeLessThan(150)
    expect(readdirSync(commits)).not.toContain('3')
    expect(() => putRecord(commits, 3, 'late')).toThrow(Overtaken)
    expect(readSequence(commits).last).toBe(70)
    expect(taskIds()).toHaveLength(70)
  })
})

describe('a ledger that was read before', () => {
  it('is read again when an old line was edited without a change of size and times', () => {
    const { state, file, taskIds } = ledgerOf('T1', 'T2', 'T3')
    const past = new Date('2026-01-01')
    utimesSync(file, past, past)
    expect(taskIds()).toHaveLength(3)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"T2"', '"T9"'))
    utimesSync(file, past, past)
    expect(statSync(file).mtimeMs).toBe(past.getTime())
    expect(finishLedger(state, 'f').damage).toMatchObject([{ line: 2 }])
  })

  it('is looked at again when an old line was edited and a new one appended', () => {
    const { state, file } = ledgerOf('T1', 'T2')
    expect(finishLedger(state, 'f').damage).toEqual([])
    const text = readFileSync(file, 'utf8').replace('"T1"', '"T9"')
    writeFileSync(file, text)
    appendFileSync(file, '{}\n')
    expect(finishLedger(state, 'f').damage).toMatchObject([{ line: 1 }])
  })
})

describe('a ledger of a newer version', () => {
  it('is read but not written, and the answer says so', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', { 'notes.txt': 'x' })
    const { call } = await connect(project.root)
    await call('next_task')
    const folder = '.redgreen/ledger/001-stack'
    const file = `${folder}/${readdirSync(path.join(project.root, folder))[0]}`
    const last = JSON.parse(project.read(file).trim().split('\n').at(-1) ?? '')
    const event = { kind: 'attested', task: 'T001', feature: '001-stack', at: last.at, by: 'x' }
    const line = sealLine(event, { seq: last.seq + 1, prev: last.hash })
    project.write(file, `${project.read(file)}${line}\n`)
    const refused = await call('record_green', { task: 'T001' })
    expect(refused.code).toBe('unsupported_file')
    expect(refused.text).toMatch(/line 2 holds an event of a newer version/)
    expect(project.read(file).endsWith(`${line}\n`)).toBe(true)
    expect((await call('read_document', { document: 'progress' })).code).toBeUndefined()
  })
})

describe('a file that is being saved', () => {
  it('keeps what another process wrote while this one slept between its last look and the rename', () => {
    const project = makeProject({ 'tasks.md': '[ ] T1 [ ] T2' }, { git: false })
    const file = path.join(project.root, 'tasks.md')
    const before = Buffer.from('[ ] T1 [ ] T2')
    const { rename } = disk
    disk.rename = (from, to) => {
      disk.rename = rename
      replaceFile(file, before, Buffer.from('[ ] T1 [X] T2'))
      rename(from, to)
    }
    expect(() => replaceFile(file, before, Buffer.from('[X] T1 [ ] T2'))).toThrow(Conflict)
    expect(project.read('tasks.md')).toBe('[ ] T1 [X] T2')
    expect(readdirSync(project.root)).toEqual(['tasks.md'])
  })

  it('is given back to an editor that had begun to write into it', () => {
    const project = makeProject({ 'tasks.md': '[ ] T1' }, { git: false })
    const file = path.join(project.root, 'tasks.md')
    const before = Buffer.from('[ ] T1')
    // At the last moment: all has been compared, and the new file is about to take the place.
    const { rename } = disk
    disk.rename = (from, to) => {
      disk.rename = rename
      truncateSync(file, 0)
      rename(from, to)
    }
    const replace = () => replaceFile(file, before, Buffer.from('[X] T1'))
    expect(replace).toThrow(Conflict)
    // The file is the editor's own again, to which it is still writing.
    expect(project.read('tasks.md')).toBe('')
    expect(readdirSync(project.root)).toEqual(['tasks.md'])
  })
})

describe('trees that were kept', () => {
  it('are forgotten when there are many old ones that no open task needs', () => {
    const { state } = ledgerOf('T1')
    const folder = path.join(state.local, 'trees')
    for (let index = 0; index < 210; index += 1) {
      saveTree(state, { hash: sha256(`h${index}`), files: {} })
    }
    pruneTrees(state, () => new Set([sha256('h7')]))
    expect(readdirSync(folder)).toHaveLength(210)
    vi.setSystemTime(Date.now() + 2 * 86_400_000)
    pruneTrees(state, () => new Set([sha256('h7')]))
    vi.useRealTimers()
    expect(readdirSync(folder)).toEqual([`${sha256('h7')}.json`])
  })
})
