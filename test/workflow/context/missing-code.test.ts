import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sha256 } from '../../../src/evidence/chain.ts'
import type { Event, EventBody } from '../../../src/evidence/event.ts'
import * as gitProcess from '../../../src/store/git-process.ts'
import { tasksWithoutCode } from '../../../src/workflow/context/missing-code.ts'
import { chain, green, passed } from '../../evidence/outcomes.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { readText } from '../../kit/memory-workspace.ts'

const PLAN = readText('## Core\n- [x] T001 one\n- [x] T002 two\n- [ ] T003 three\n')
const CODE = { settings: 'none', tree: 't', provenAs: 'build' } as const

/** Nothing came to the branch after that. */
const LATER = '2999-01-01T00:00:00.000Z'
const EARLIER = '2000-01-01T00:00:00.000Z'

/** A task that another clone finished, with one test file. */
function finished(task: string, file: string, text = task, branch = 'work'): Event[] {
  const done: EventBody = { kind: 'done', task, ...CODE, suite: 'full', marks: [], proof: [] }
  const proof = green(task, [passed('x')])
  if (proof.kind === 'green') proof.files = { [file]: sha256(text) }
  return chain([proof, done]).map(event => ({ ...event, clone: 'there', branch, at: LATER }))
}

function repository() {
  const root = temporaryFolder()
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    })
  git('init', '-q', '-b', 'main')
  const write = (name: string, text = name) => writeFileSync(path.join(root, name), text)
  const commit = () => void [git('add', '--all'), git('commit', '-qm', 'x', '--allow-empty')]
  commit()
  const missing = async (events: Event[], at = root) => [
    ...(await tasksWithoutCode({ root: at }, PLAN, events, 'here')),
  ]
  return { root, git, write, commit, missing }
}

/** A branch `work` has a test file, which it then renamed and changed; `main` is checked out. */
function withRenamedOnBranch() {
  const all = repository()
  const { git, write, commit } = all
  git('checkout', '-qb', 'work')
  write('a.test.js')
  commit()
  git('mv', 'a.test.js', 'b.test.js')
  write('b.test.js', 'reviewed')
  commit()
  git('checkout', '-q', 'main')
  return all
}

afterEach(() => void vi.restoreAllMocks())

describe('a mark of a task that another clone finished', () => {
  it('came without the code if the branch never had a file that proved it', async () => {
    const { missing, write } = repository()
    const events = [...finished('T001', 'a.test.js'), ...finished('T003', 'c.test.js')]
    expect(await missing(events)).toEqual(['T001'])
    write('a.test.js', 'changed since')
    expect(await missing(events)).toEqual([])
  })

  it('came with the code if a later task of the same branch is here, and not if one of another branch is', async () => {
    const { missing, write } = repository()
    write('b.test.js')
    const one = finished('T001', 'a.test.js')
    expect(await missing([...one, ...finished('T002', 'b.test.js')])).toEqual([])
    expect(await missing([...one, ...finished('T002', 'b.test.js', 'b', 'other')])).toEqual([
      'T001',
    ])
  })

  it('came with the code if the file has another name now, or was removed in a commit', async () => {
    const renamed = repository()
    renamed.write('moved.test.js', 'the tests')
    expect(await renamed.missing(finished('T001', 'a.test.js', 'the tests'))).toEqual([])
    const removed = repository()
    removed.write('a.test.js')
    removed.commit()
    rmSync(path.join(removed.root, 'a.test.js'))
    removed.commit()
    expect(await removed.missing(finished('T001', 'a.test.js'))).toEqual([])
  })

  it('came with the code if the file was renamed and changed on the branch that was merged', async () => {
    const { git, missing } = withRenamedOnBranch()
    git('merge', '-q', '--no-ff', '-m', 'merge', 'work')
    expect(await missing(finished('T001', 'a.test.js'))).toEqual([])
  })

  it('is judged by the file that proved it, and not by another one that its name matches as a pattern', async () => {
    const { git, write, commit, missing } = repository()
    write('a.test.js')
    write(':x.test.js')
    commit()
    git('rm', '-q', '--', ':(literal):x.test.js')
    commit()
    expect(await missing(finished('T001', '[abc].test.js'))).toEqual(['T001'])
    expect(await missing(finished('T001', ':x.test.js'))).toEqual([])
  })

  it('counts if nothing shows where its code is: no file proved it, or a shallow clone does not go so far back', async () => {
    const { root, missing } = repository()
    const [, done] = finished('T001', 'a.test.js')
    expect(await missing(done ? [done] : [])).toEqual([])
    const shallow = temporaryFolder()
    execFileSync('git', ['clone', '-q', '--depth', '1', pathToFileURL(root).href, shallow])
    const at = (time: string) =>
      finished('T001', 'a.test.js', time).map(event => ({ ...event, at: time }))
    expect(await missing(at(EARLIER), shallow)).toEqual([])
    expect(await missing(at(LATER), shallow)).toEqual(['T001'])
  })

  it('is not judged if this clone finished the task itself', async () => {
    const { missing } = repository()
    const own = finished('T001', 'a.test.js').map(event => ({ ...event, clone: 'here' }))
    expect(await missing(own)).toEqual([])
    expect(await missing([...finished('T001', 'a.test.js'), ...own])).toEqual([])
  })

  it('came without the code if the file of that name is empty or has only comments', async () => {
    const { git, write, commit, missing } = repository()
    const events = finished('T001', 'a.test.js', 'the tests')
    for (const text of ['', ' \n', '// the tests are\n/* elsewhere */\n']) {
      write('a.test.js', text)
      expect(await missing(events)).toEqual(['T001'])
      git('add', '--all')
      expect(await missing(events)).toEqual(['T001'])
    }
    write('a.test.js', 'the tests, formatted')
    expect(await missing(events)).toEqual([])
    commit()
    write('a.test.js', '// moved')
    expect(await missing(events)).toEqual([])
  })

  it('counts after a squash merge in which the file was renamed and changed, also if a task goes on with it', async () => {
    const { git, commit, missing } = withRenamedOnBranch()
    const events = finished('T001', 'a.test.js').map(event => ({ ...event, at: EARLIER }))
    expect(await missing(events)).toEqual(['T001'])
    git('merge', '-q', '--squash', 'work')
    expect(await missing(events)).toEqual([])
    commit()
    expect(await missing(events)).toEqual([])
    const own = finished('T003', 'b.test.js').map(event => ({ ...event, clone: 'here' }))
    expect(await missing([...events, ...own])).toEqual([])
  })

  it('came without the code if only tests of other tasks came to the branch since', async () => {
    const { write, commit, missing } = repository()
    const events = finished('T001', 'a.test.js').map(event => ({ ...event, at: EARLIER }))
    const own = finished('T003', 'c.test.js').map(event => ({
      ...event,
      clone: 'here',
      at: EARLIER,
    }))
    for (const name of ['c.test.js', 'c.js', 'PLAN.md']) write(name)
    write('empty.test.js', '')
    commit()
    expect(await missing([...events, ...own])).toEqual(['T001'])
  })

  it('costs no process of git before the merge, if the branch goes on after it, and if nothing changed since git was asked', async () => {
    const { root, write, commit } = repository()
    const started = vi.spyOn(gitProcess, 'runGitProcess')
    const count = async (plan: string) => {
      started.mockClear()
      const without = await tasksWithoutCode({ root }, readText(plan), events, 'here')
      return { without: [...without], processes: started.mock.calls.length }
    }
    const events = ['T001', 'T002', 'T003'].flatMap(task => finished(task, `${task}.test.js`))
    const open = '## Core\n- [ ] T001 one\n- [ ] T002 two\n- [ ] T003 three\n- [x] T004 four\n'
    expect(await count(open)).toEqual({ without: [], processes: 0 })
    const ticked = open.replace('[ ] T003', '[x] T003')
    write('T001.test.js')
    expect(await count(open.replace('[ ] T001', '[x] T001'))).toEqual({ without: [], processes: 0 })
    const { without, processes } = await count(ticked)
    expect(without).toEqual(['T003'])
    // The list of sources takes some. Of the three tasks, git is asked about one.
    expect(processes).toBeGreaterThan(0)
    expect(processes).toBeLessThan(8)
    expect((await count(ticked)).without).toEqual(['T003'])
    expect(started.mock.calls.map(([{ shown }]) => shown)).not.toContainEqual(
      expect.stringMatching(/log|rev-list|diff-index/),
    )
    write('T003.test.js')
    commit()
    write('T003.test.js', '')
    expect((await count(ticked)).without).toEqual([])
  })
})
