import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { assert, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLeases } from '../../src/store/leases/lease-table.ts'
import { releaseLease, activeLeases, takeLease } from '../../src/store/leases/leases.ts'
import { readClocks } from '../../src/store/leases/expiry.ts'
import { decodeText, encodeText } from '../../src/store/files.ts'
import { createHolder, type Holder } from '../../src/store/leases/holder.ts'
import { ledgerFolder } from '../../src/store/ledger-folder.ts'
import { appendEvents, finishLedger } from '../../src/store/ledger.ts'
import { withLock } from '../../src/store/lock.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { Conflict, replaceFile } from '../../src/store/replace-file.ts'
import { BadSettings, readSettings } from '../../src/store/settings.ts'
import { workspaceReader } from '../../src/store/workspace-reader.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import { changedPaths, saveTree, loadTree, takeTree } from '../../src/store/tree.ts'
import { contain, openWorkspace, Outside } from '../../src/store/workspace.ts'
import { makeProject, type Project } from '../kit/project.ts'

function open(project: Project) {
  const workspace = openWorkspace(project.root)
  if (!workspace) throw new Error('no workspace')
  return { workspace, state: stateOf(workspace) }
}

const resumed = (task: string) => ({ kind: 'resumed' as const, task })

describe('the border of the workspace', () => {
  it.each(['../x', '/etc/passwd', 'a/../../x', '', ' ', '.', 'a\0b'])('keeps %j out', named => {
    const { workspace } = open(makeProject({}))
    expect(() => contain(workspace, named)).toThrow(Outside)
  })

  it('keeps links out that lead away, nowhere or in circles, and lets inner ones pass', () => {
    const project = makeProject({ 'src/a.js': '1' })
    const { workspace } = open(project)
    const link = (target: string, name: string) =>
      symlinkSync(target, path.join(project.root, name))
    link('/etc', 'away')
    link('nowhere', 'dangling')
    link('circle', 'circle')
    link('src', 'inner')
    for (const named of ['away/passwd', 'dangling', 'circle', 'away']) {
      expect(() => contain(workspace, named)).toThrow(Outside)
    }
    expect(contain(workspace, 'inner/a.js')).toBe('inner/a.js')
    expect(contain(workspace, path.join(project.root, 'src/new.js'))).toBe('src/new.js')
  })

  it('is the border for what a plan names too', () => {
    const reader = workspaceReader(open(makeProject({ 'a.md': 'x' })).workspace, new Map())
    expect([reader.read('a.md'), reader.read('../a.md'), reader.exists('/etc')]).toEqual([
      'x',
      undefined,
      false,
    ])
  })
})

describe('marks', () => {
  it('change their characters and no other byte, whatever the bytes are', () => {
    const project = makeProject({ 'tasks.md': '' })
    const { workspace } = open(project)
    const file = path.join(project.root, 'tasks.md')
    assert(
      property(uint8Array(), uint8Array(), (before, after) => {
        const mark = Buffer.from('[ ]')
        const bytes = Buffer.concat([before, mark, after])
        writeFileSync(file, bytes)
        const start = decodeText(bytes).length - decodeText(Buffer.concat([mark, after])).length
        const text = decodeText(bytes)
        const at = text.indexOf('[ ]', Math.max(0, start - 4))
        const edit = { path: 'tasks.md', line: 1, start: at, end: at + 3, from: '[ ]', to: '[X]' }
        writeMarks(workspace, [edit])
        expect(readFileSync(file).length).toBe(bytes.length)
        expect(readFileSync(file).filter((byte, index) => byte !== bytes[index])).toHaveLength(1)
      }),
      { numRuns: 200 },
    )
  })

  it('survive any text as characters and bytes', () => {
    assert(
      property(uint8Array(), bytes => {
        const buffer = Buffer.from(bytes)
        expect(encodeText(decodeText(buffer), buffer).equals(buffer)).toBe(true)
      }),
    )
  })

  it('keep the mode of the file and the link to it', () => {
    const project = makeProject({ 'real/tasks.md': '[ ]' })
    const { workspace } = open(project)
    chmodSync(path.join(project.root, 'real/tasks.md'), 0o640)
    symlinkSync('real/tasks.md', path.join(project.root, 'tasks.md'))
    writeMarks(workspace, [{ path: 'tasks.md', line: 1, start: 0, end: 3, from: '[ ]', to: '[X]' }])
    expect(project.read('real/tasks.md')).toBe('[X]')
    expect(statSync(path.join(project.root, 'real/tasks.md')).mode & 0o777).toBe(0o640)
    expect(readdirSync(path.join(project.root, 'real'))).toEqual(['tasks.md'])
  })

  it('are not written over what somebody saved in between', () => {
    const project = makeProject({ 'tasks.md': 'new' })
    const file = path.join(project.root, 'tasks.md')
    expect(() => replaceFile(file, Buffer.from('old'), Buffer.from('x'))).toThrow(Conflict)
    expect(project.read('tasks.md')).toBe('new')
    expect(readdirSync(project.root).filter(name => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('the ledger', () => {
  it('keeps events in a chain, one file a clone, and git ignores what is local', async () => {
    const project = makeProject({})
    const { state } = open(project)
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

  it('goes on after a line that a crash left unfinished', async () => {
    const { state } = open(makeProject({}))
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
  ])('names the place where a line was %s, and takes no more', async (_what, change, line) => {
    const { state } = open(makeProject({}))
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
  })

  it('begins a new chain when another branch is checked out, so that branches merge without conflicts', async () => {
    const project = makeProject({ 'a.txt': '1' })
    const { state } = open(project)
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

describe('claims', () => {
  const now = readClocks()
  const claim = (state: State, task: string, by: Holder) =>
    takeLease(state, readLeases(state), {
      feature: 'f',
      task,
      files: [],
      by,
      now,
      leaseMinutes: 30,
    })
  const live = (state: State, at = now) => [...activeLeases(readLeases(state), 'f', at).keys()]

  it('bind until the lease is over, or the holder is gone', () => {
    const { state } = open(makeProject({}))
    const me = createHolder('a', 'a', process.pid)
    claim(state, 'T1', me)
    claim(state, 'T2', { ...createHolder('b', 'b', process.pid), startTime: 'earlier' })
    expect(live(state)).toEqual(process.platform === 'linux' ? ['T1'] : ['T1', 'T2'])
    expect(live(state, { ...now, up: now.up + 31 * 60_000 })).toEqual([])
    releaseLease(state, 'f', 'T1', me)
    expect(live(state)).not.toContain('T1')
  })

  it.skipIf(process.platform !== 'linux')(
    'neither run out nor bind for ever when the clock of the machine is set',
    () => {
      const { state } = open(makeProject({}))
      claim(state, 'T1', createHolder('a', 'a', process.pid))
      const set = (hours: number, minutes: number) => ({
        ...now,
        wall: new Date(now.wall.getTime() + hours * 3_600_000),
        up: now.up + minutes * 60_000,
      })
      for (const hours of [-1, 0, 1]) {
        expect(live(state, set(hours, 29))).toEqual(['T1'])
        expect(live(state, set(hours, 31))).toEqual([])
      }
      // Another machine has nothing but its wall clock.
      expect(live(state, { ...set(1, 0), machine: 'another' })).toEqual([])
      expect(live(state, { ...set(-1, 31), machine: 'another' })).toEqual(['T1'])
    },
  )

  it('of a process that has ended bind nobody', () => {
    const { state } = open(makeProject({}))
    const pid = Number(execFileSync(process.execPath, ['-p', 'process.pid']).toString())
    claim(state, 'T1', createHolder('a', 'a', pid))
    expect(live(state)).toEqual([])
  })
})

describe('trees', () => {
  it('list what changed, without ignored files and the files of the server', async () => {
    const project = makeProject({ 'a.js': '1', 'b.js': '1', '.gitignore': 'out/\n' })
    const { workspace } = open(project)
    const before = await takeTree(workspace)
    project.write('a.js', '2')
    project.write('c.js', '1')
    project.write('out/x.js', '1')
    project.remove('b.js')
    const after = await takeTree(workspace)
    expect(changedPaths(before, after)).toEqual(['a.js', 'b.js', 'c.js'])
  })

  it('see a change that keeps size and time', async () => {
    const project = makeProject({ 'a.js': '1' })
    const { workspace } = open(project)
    const past = new Date('2026-01-01')
    utimesSync(path.join(project.root, 'a.js'), past, past)
    const before = await takeTree(workspace)
    project.write('a.js', '2')
    utimesSync(path.join(project.root, 'a.js'), past, past)
    expect(changedPaths(before, await takeTree(workspace))).toEqual(['a.js'])
  })

  it('work without git', async () => {
    const project = makeProject({ 'a.js': '1', 'node_modules/x/i.js': '1' }, { git: false })
    const { workspace } = open(project)
    expect(Object.keys((await takeTree(workspace)).files)).toEqual(['a.js'])
  })

  it('never run a program that the repository names', async () => {
    const project = makeProject({ 'a.js': '1' })
    const { workspace } = open(project)
    const mark = path.join(project.root, 'ran')
    const config = ['config', 'core.fsmonitor', `touch ${mark}; false`]
    execFileSync('git', config, { cwd: project.root })
    await takeTree(workspace)
    expect(existsSync(mark)).toBe(false)
  })

  it('are not believed when the copy of one was changed', async () => {
    const project = makeProject({ 'a.js': '1' })
    const { workspace, state } = open(project)
    const tree = await takeTree(workspace)
    saveTree(state, tree)
    expect(loadTree(state, tree.hash)).toEqual({ hash: tree.hash, files: tree.files })
    const file = path.join(state.local, 'trees', `${tree.hash}.json`)
    writeFileSync(file, '{"a.js":"forged"}')
    expect(loadTree(state, tree.hash)).toBeUndefined()
  })
})

describe('settings', () => {
  const read = (text: string) =>
    readSettings(open(makeProject({ 'redgreen.config.json': text })).workspace)

  it('have defaults, and a hash of what the file says', () => {
    const { workspace } = open(makeProject({}))
    expect(readSettings(workspace)).toMatchObject({ hash: 'none', limits: { fullRuns: 3 } })
    expect(read('{"limits":{"fullRuns":5}}').hash).toBe(
      read('{ "limits": { "fullRuns": 5 } }').hash,
    )
    expect(read('{"limits":{"fullRuns":5}}').hash).not.toBe(read('{}').hash)
  })

  it('name what they cannot be', () => {
    expect(() => read('{"limits":{"fullRuns":0}}')).toThrow(BadSettings)
    expect(() => read('{"limit":{}}')).toThrow(/limit/)
    expect(() => read('{\n  "limits": }')).toThrow(/line 2/)
  })

  it('survive any text', () => {
    assert(
      property(string(), text => {
        expect(outcomeOf(() => read(text))).toBe('settled')
      }),
      { numRuns: 30 },
    )
  })
})

describe('the lock', () => {
  it('lets one in at a time, and the next one in after a failure', async () => {
    const { state } = open(makeProject({}))
    let inside = 0
    const work = async () => {
      inside += 1
      expect(inside).toBe(1)
      await new Promise(done => setImmediate(done))
      inside -= 1
    }
    const failing = withLock(state, () => Promise.reject(new Error('no')))
    await Promise.all([
      expect(failing).rejects.toThrow('no'),
      ...Array.from({ length: 8 }, () => withLock(state, work)),
    ])
  })
})

/** Settings that can be read, and a refusal that names what cannot, are both answers; anything else is a fault. */
function outcomeOf(work: () => unknown): unknown {
  try {
    work()
    return 'settled'
  } catch (error) {
    return error instanceof BadSettings ? 'settled' : error
  }
}
