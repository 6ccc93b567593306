import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ledgerFolder } from '../../src/store/ledger-folder.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger } from '../../src/store/ledger.ts'
import { withLock } from '../../src/store/lock.ts'
import { makeProject, stackProject } from '../kit/project.ts'
import { sealLine } from '../../src/evidence/chain.ts'
import { Overtaken, addRecord, readSequence } from '../../src/store/transaction/sequence.ts'
import { connect } from '../kit/assistant.ts'
import { openProject, recordedLedger, resumed } from '../kit/store.ts'

describe('the ledger', () => {
  it('stores events in a chain, one file per clone, and keeps local files out of git', async () => {
    const project = makeProject({})
    const { state } = openProject(project)
    await withLock(state, () =>
      appendEvents(state, 'f', [resumed('T1'), resumed('T2')], { by: 'me' }),
    )
    await withLock(state, () => appendEvents(state, 'f', [resumed('T3')], { by: 'me' }))
    const { events, damage } = finishLedger(state, 'f')
    expect(damage).toEqual([])
    expect(events.map(event => [event.seq, 'task' in event && event.task])).toEqual([
      [1, 'T1'],
      [2, 'T2'],
      [3, 'T3'],
    ])
    const status = execFileSync('git', ['status', '--short', '-uall'], { cwd: project.root })
    expect(status.toString()).not.toContain('local')
    expect(status.toString()).toContain('.redgreen/ledger/f/')
  })

  it('continues after an unfinished line', async () => {
    const { state } = openProject(makeProject({}))
    await withLock(state, () => appendEvents(state, 'f', [resumed('T1')], { by: 'me' }))
    const [name = ''] = readdirSync(ledgerFolder(state, 'f'))
    appendFileSync(path.join(ledgerFolder(state, 'f'), name), '{"kind":"resu')
    expect(finishLedger(state, 'f')).toMatchObject({ damage: [], events: [{ task: 'T1' }] })
    await withLock(state, () => appendEvents(state, 'f', [resumed('T2')], { by: 'me' }))
    expect(finishLedger(state, 'f')).toMatchObject({ damage: [], events: [{}, { task: 'T2' }] })
  })

  it.each([
    ['changed', (lines: string[]) => [lines[0]?.replace('T1', 'T9') ?? '', ...lines.slice(1)], 1],
    ['removed', (lines: string[]) => lines.slice(1), 1],
    ['repeated', (lines: string[]) => [lines[0] ?? '', ...lines], 2],
    ['swapped', (lines: string[]) => [lines[1] ?? '', lines[0] ?? ''], 1],
  ])(
    'reports the line that was %s, and appends nothing to its chain',
    async (_what, change, line) => {
      const { state } = openProject(makeProject({}))
      await withLock(state, () =>
        appendEvents(state, 'f', [resumed('T1'), resumed('T2')], { by: 'me' }),
      )
      const [name = ''] = readdirSync(ledgerFolder(state, 'f'))
      const file = path.join(ledgerFolder(state, 'f'), name)
      const lines = readFileSync(file, 'utf8').trim().split('\n')
      writeFileSync(file, `${change(lines).join('\n')}\n`)
      expect(finishLedger(state, 'f').damage).toMatchObject([{ line }])
      appendEvents(state, 'f', [resumed('T3')], { by: 'me' })
      expect(readFileSync(file, 'utf8')).toBe(`${change(lines).join('\n')}\n`)
    },
  )

  it('starts a new chain on another branch, so that branches merge without conflicts', async () => {
    const project = makeProject({ 'a.txt': '1' })
    const { state } = openProject(project)
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: project.root,
      })
    const work = async (task: string) => {
      await withLock(state, () => appendEvents(state, 'f', [resumed(task)], { by: 'me' }))
      git('add', '-A')
      git('commit', '-qm', task)
    }
    await work('T1')
    git('checkout', '-qb', 'one')
    await work('T2')
    git('checkout', '-q', '-')
    git('checkout', '-qb', 'two')
    await work('T3')
    git('merge', '-q', '--no-edit', 'one')
    const { events, damage } = finishLedger(state, 'f')
    expect(damage).toEqual([])
    expect(new Set(events.map(event => 'task' in event && event.task))).toEqual(
      new Set(['T1', 'T2', 'T3']),
    )
  })
})

describe('a decision', () => {
  it('is refused and not written if another process has recorded something since the ledger was read', () => {
    const { state, taskIds } = recordedLedger('T1')
    const { commit } = finishLedger(state, 'f')
    appendEvents(state, 'f', [resumed('T2')], { by: 'you', after: commit })
    const late = () => appendEvents(state, 'f', [resumed('T3')], { by: 'me', after: commit })
    expect(late).toThrow(Overtaken)
    expect(taskIds()).toEqual(['T1', 'T2'])
  })

  it('of a process that was suspended for long is refused, even if its number was pruned', () => {
    const { state, commits, taskIds } = recordedLedger('T0')
    for (let index = 1; index < 70; index += 1) {
      appendEvents(state, 'f', [resumed(`T${index}`)], { by: 'me' })
    }
    expect(readdirSync(commits).length).toBeLessThan(150)
    expect(readdirSync(commits)).not.toContain('3')
    expect(() => addRecord(commits, 3, 'late')).toThrow(Overtaken)
    expect(readSequence(commits).last).toBe(70)
    expect(taskIds()).toHaveLength(70)
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
