import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { withHome } from '../../kit/home.ts'
import { projectAt, TASKS } from '../../kit/project.ts'
import { recordedAt, recordedFeature, type RecordedFeature } from '../../kit/recorded-feature.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 one\n- [ ] T002 two\n- [ ] T003 three\n- [ ] T004 four\n'
const IGNORE = { '.redgreen/.gitignore': 'local/\n' }

/** Git on a project; `status` is its exit code. */
function git({ root }: { root: string }, ...args: string[]) {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@localhost']
  const { status, stdout, stderr } = spawnSync('git', ['-C', root, ...identity, ...args], {
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

function commit(project: { root: string }, subject = 'work'): void {
  git(project, 'add', '-A')
  git(project, 'commit', '-qm', subject)
}

/** A project with the merge driver, whose first task is done and committed on `main`. */
function started({ init = true } = {}): RecordedFeature {
  const project = recordedFeature(PLAN, IGNORE)
  git(project, 'branch', '-M', 'main')
  if (init) withHome().run(project, 'init')
  project.prove('T001')
  commit(project)
  return project
}

/** Proves tasks on a branch, each in a commit, and returns to `main`. */
function onBranch(project: RecordedFeature, branch: string, ...tasks: string[]): void {
  git(
    project,
    'switch',
    '-q',
    ...(git(project, 'rev-parse', branch).status === 0 ? [branch] : ['-c', branch]),
  )
  for (const task of tasks) {
    project.prove(task)
    commit(project, task)
  }
  git(project, 'switch', '-q', 'main')
}

/** The tasks that are ticked, what `verify` finds, and its notes about tasks. */
async function resultOf(project: RecordedFeature) {
  const [verified] = await verify(callAt(project.root))
  return {
    ticked: [...project.read(TASKS).matchAll(/\[X\] (\w+)/g)].map(([, id]) => id),
    proven: verified?.done,
    findings: verified?.findings.map(({ text }) => text),
    twice: verified?.notes.filter(note => note.includes('finished twice')),
    status: git(project, 'status', '--porcelain').text,
  }
}

const CLEAN = { findings: [], twice: [], status: '' }

describe('branches whose ledgers both grew', () => {
  let project: RecordedFeature
  beforeEach(() => {
    project = started()
  })

  it('merge without a conflict in one clone', async () => {
    onBranch(project, 'work', 'T002', 'T004')
    project.prove('T003')
    commit(project)
    expect(git(project, 'merge', '--no-edit', 'work').status).toBe(0)
    expect(await resultOf(project)).toEqual({
      ...CLEAN,
      ticked: ['T001', 'T002', 'T003', 'T004'],
      proven: 4,
    })
  })

  it('name a task that both finished, one after the other', async () => {
    onBranch(project, 'work', 'T002')
    project.prove('T002')
    commit(project)
    expect(git(project, 'merge', '--no-edit', 'work').status).toBe(0)
    expect(await resultOf(project)).toEqual({
      ...CLEAN,
      ticked: ['T001', 'T002'],
      proven: 2,
      twice: ['T002 was finished twice, on two branches or in two clones. Compare both changes.'],
    })
  })

  it('merge after a squash, if the branch goes on', async () => {
    onBranch(project, 'work', 'T002')
    git(project, 'merge', '-q', '--squash', 'work')
    commit(project)
    onBranch(project, 'work', 'T003')
    expect(git(project, 'merge', '--no-edit', 'work').status).toBe(0)
    expect(await resultOf(project)).toEqual({
      ...CLEAN,
      ticked: ['T001', 'T002', 'T003'],
      proven: 3,
    })
  })

  it('rebase, and are cherry-picked', async () => {
    onBranch(project, 'work', 'T002', 'T003')
    project.prove('T004')
    commit(project)
    git(project, 'cherry-pick', 'work~1')
    git(project, 'switch', '-q', 'work')
    expect(git(project, 'rebase', 'main').status).toBe(0)
    expect(await resultOf(project)).toEqual({
      ...CLEAN,
      ticked: ['T001', 'T002', 'T003', 'T004'],
      proven: 4,
    })
    git(project, 'switch', '-q', 'main')
    expect(git(project, 'cherry-pick', 'work').status).toBe(0)
    expect(await resultOf(project)).toEqual({
      ...CLEAN,
      ticked: ['T001', 'T002', 'T003', 'T004'],
      proven: 4,
    })
  })

  it('merge from a worktree', async () => {
    const root = path.join(temporaryFolder(), 'tree')
    git(project, 'worktree', 'add', '-q', '-b', 'work', root)
    const tree = recordedAt(projectAt(root))
    tree.prove('T003')
    commit(tree)
    project.prove('T002')
    commit(project)
    expect(git(tree, 'merge', '--no-edit', 'main').status).toBe(0)
    expect(await resultOf(tree)).toEqual({ ...CLEAN, ticked: ['T001', 'T002', 'T003'], proven: 3 })
  })

  it('merge from another clone', async () => {
    const root = temporaryFolder()
    git(project, 'clone', '-q', project.root, root)
    const clone = recordedAt(projectAt(root))
    clone.prove('T003')
    clone.prove('T004')
    commit(clone)
    project.prove('T002')
    project.prove('T004')
    commit(project)
    expect(git(project, 'pull', '-q', '--no-rebase', '--no-edit', root, 'main').status).toBe(0)
    expect(await resultOf(project)).toMatchObject({
      findings: [],
      status: '',
      proven: 4,
      twice: [expect.stringContaining('T004 was finished twice')],
    })
  })

  it('merge from a copy of the clone, whose chain goes on from the same event', async () => {
    const root = temporaryFolder()
    cpSync(project.root, root, { recursive: true })
    const copy = recordedAt(projectAt(root))
    for (const [one, task] of [
      [copy, 'T003'],
      [project, 'T002'],
    ] as const) {
      one.prove(task)
      one.prove('T004')
      commit(one)
    }
    expect(git(project, 'pull', '-q', '--no-rebase', '--no-edit', root, 'main').status).toBe(0)
    expect(readdirSync(path.join(project.root, '.redgreen/ledger/001-stack'))).toHaveLength(1)
    expect(await resultOf(project)).toMatchObject({
      ticked: ['T001', 'T002', 'T003', 'T004'],
      findings: [],
      status: '',
      proven: 4,
      twice: [expect.stringContaining('T004 was finished twice')],
    })
    project.record({ kind: 'resumed', task: 'T001' })
    expect((await resultOf(project)).findings).toEqual([])
  })
})

describe('a plan that two branches changed', () => {
  it('keeps the markers of git if more than marks changed', () => {
    const project = started()
    git(project, 'switch', '-qc', 'work')
    project.write(TASKS, project.read(TASKS).replace('[ ] T002 two', '[X] T002 zwei'))
    commit(project)
    git(project, 'switch', '-q', 'main')
    project.write(TASKS, project.read(TASKS).replace('[ ] T002 two', '[X] T002 deux'))
    commit(project)
    expect(git(project, 'merge', '--no-edit', 'work').status).toBe(1)
    expect(project.read(TASKS)).toContain(
      '<<<<<<< ours\n- [X] T002 deux\n=======\n- [X] T002 zwei\n>>>>>>> theirs\n',
    )
  })

  it.each([
    ['is not registered', ''],
    [
      'is no longer there',
      'node /nowhere/cli.js merge-driver %O %A %B %P || git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B',
    ],
  ])('is merged by git if the driver %s', (_, driver) => {
    const project = started()
    git(project, 'config', '--remove-section', 'merge.redgreen')
    if (driver !== '') git(project, 'config', 'merge.redgreen.driver', driver)
    onBranch(project, 'work', 'T004')
    project.prove('T002')
    commit(project)
    expect(git(project, 'merge', '--no-edit', 'work').status).toBe(0)
    onBranch(project, 'more', 'T003')
    project.write(TASKS, project.read(TASKS).replace('T003', 'T003 [P]'))
    commit(project)
    expect(git(project, 'merge', '--no-edit', 'more').status).toBe(1)
    expect(project.read(TASKS)).toMatch(
      /^<{7} .*\n- \[ \] T003 \[P\] three\n={7}\n- \[X\] T003 three\n>{7} /m,
    )
  })

  it('has a conflict without the driver', () => {
    const project = started({ init: false })
    onBranch(project, 'work', 'T003')
    project.prove('T002')
    commit(project)
    expect(git(project, 'merge', '--no-edit', 'work').status).toBe(1)
  })
})
