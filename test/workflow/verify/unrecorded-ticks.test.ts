import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { verify, type Verified } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { projectAt, stackProject, TASKS, type Project } from '../../kit/project.ts'

const OPEN = '## Core\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'
const TICKED = OPEN.replaceAll('[ ]', '[X]')

function git(project: Project, ...args: string[]): void {
  const author = [
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@example.org',
    '-c',
    'core.autocrlf=false',
  ]
  execFileSync('git', ['-C', project.root, ...author, ...args], { stdio: 'pipe' })
}

function commit(project: Project, message: string): void {
  git(project, 'add', '.')
  git(project, 'commit', '-q', '-m', message)
}

/** A project that was set up with this plan in its first commit. */
function setUp(plan: string, more: Record<string, string> = {}): Project {
  const project = stackProject(plan, { 'redgreen.config.json': '{}\n', ...more })
  commit(project, 'Set up')
  return project
}

async function finish(project: Project, task: string, file: string): Promise<void> {
  const call = callAt(project.root)
  await nextTask(call, { task })
  project.write(file, `${task}\n`)
  await recordGreen(call, { task })
  await markComplete(call, { task })
}

function cloneOf(project: Project, ...options: string[]): Project {
  const root = path.join(temporaryFolder(), 'clone')
  execFileSync('git', ['clone', '-q', ...options, `file://${project.root}`, root], {
    stdio: 'pipe',
  })
  return projectAt(root)
}

/** What `verify` finds in a new clone, as in CI: the findings and the notes of all features. */
async function inClone(
  project: Project,
  ...options: string[]
): Promise<{ findings: string[]; notes: string[]; features: string[] }> {
  return summary(await verify(callAt(cloneOf(project, ...options).root)))
}

function summary(all: readonly Verified[]) {
  return {
    features: all.map(({ feature }) => feature),
    findings: all.flatMap(one => one.findings.map(({ text }) => text)),
    notes: all.flatMap(one => one.notes),
  }
}

const unrecorded = (task: string) => `${task} is ticked, and nothing was recorded on this plan.`

describe('a plan on which nothing was recorded', () => {
  it('is judged if git ignores the evidence, with the reason', async () => {
    const project = setUp(OPEN, { '.gitignore': '.redgreen\n' })
    await finish(project, 'T001', 'one.txt')
    project.write(TASKS, TICKED)
    commit(project, 'Tick')
    const { findings, notes } = await inClone(project)
    expect(findings).toEqual([unrecorded('T001'), unrecorded('T002')])
    expect(notes.join('\n')).toMatch(/Git ignores \.redgreen\/ledger[^]*redgreen waive --ticked/)
  })

  it('is judged without a file of settings, by the ignored folder alone', async () => {
    const project = stackProject(OPEN, { '.gitignore': 'node_modules\n.redgreen/\n' })
    commit(project, 'Set up')
    project.write(TASKS, TICKED)
    commit(project, 'Tick')
    expect((await inClone(project)).findings).toEqual([unrecorded('T001'), unrecorded('T002')])
  })

  it('is judged if it is another feature than the recorded one, also if a caller names it', async () => {
    const project = setUp(OPEN)
    await finish(project, 'T001', 'one.txt')
    project.write('specs/002-more/spec.md', '# More\n')
    project.write('specs/002-more/plan.md', '# More\n')
    project.write('specs/002-more/tasks.md', '## Core\n- [X] T001 Create three.txt\n')
    commit(project, 'Add a finished feature')
    expect(await inClone(project)).toMatchObject({
      features: ['001-stack', '002-more'],
      findings: [unrecorded('T001')],
    })
    const named = await verify({ ...callAt(project.root), feature: '002-more' })
    expect(summary(named).findings).toEqual([unrecorded('T001')])
  })

  it('is judged if it came with the first evidence', async () => {
    const project = stackProject(OPEN)
    commit(project, 'Begin')
    await finish(project, 'T001', 'one.txt')
    project.write('specs/002-more/spec.md', '# More\n')
    project.write('specs/002-more/plan.md', '# More\n')
    project.write('specs/002-more/tasks.md', '## Core\n- [X] T001 Create three.txt\n')
    commit(project, 'Prove T001, and add a finished feature')
    expect((await inClone(project)).findings).toEqual([unrecorded('T001')])
  })

  it('is judged under a new name, without the tasks that were proven under the old one', async () => {
    const project = setUp(OPEN)
    await finish(project, 'T001', 'one.txt')
    commit(project, 'Prove T001')
    git(project, 'mv', 'specs/001-stack', 'specs/001-stacks')
    project.write('specs/001-stacks/tasks.md', TICKED)
    commit(project, 'Rename')
    expect((await inClone(project)).findings).toEqual([unrecorded('T002')])
  })

  it('is judged if it copies a task that another plan, which is still there, has proven', async () => {
    const project = setUp(OPEN)
    await finish(project, 'T001', 'one.txt')
    project.write('specs/002-more/spec.md', '# More\n')
    project.write('specs/002-more/plan.md', '# More\n')
    project.write('specs/002-more/tasks.md', '## Core\n- [X] T001 Create one.txt\n')
    commit(project, 'Copy T001')
    expect((await inClone(project)).findings).toEqual([unrecorded('T001')])
  })

  it('is accepted under a new name if every task was proven', async () => {
    const project = setUp(OPEN)
    await finish(project, 'T001', 'one.txt')
    await finish(project, 'T002', 'two.txt')
    commit(project, 'Prove both')
    git(project, 'mv', 'specs/001-stack', 'specs/001-stacks')
    commit(project, 'Rename')
    expect((await inClone(project)).findings).toEqual([])
  })

  it('needs no evidence of boxes that were ticked before the project was set up', async () => {
    const project = stackProject(OPEN.replace('[ ] T001', '[X] T001'))
    commit(project, 'Begin without')
    project.write('redgreen.config.json', '{}\n')
    commit(project, 'Set up')
    project.write('README.md', '# Stack\n')
    commit(project, 'Go on')
    expect((await inClone(project)).findings).toEqual([])
    project.write(TASKS, TICKED)
    commit(project, 'Tick')
    expect((await inClone(project)).findings).toEqual([unrecorded('T002')])
  })

  it('is accepted in a project that does not use this server', async () => {
    const project = stackProject(OPEN)
    commit(project, 'Begin')
    project.write(TASKS, TICKED)
    commit(project, 'Tick')
    expect((await inClone(project)).findings).toEqual([])
  })

  it('is accepted in a shallow clone, which does not show when its boxes were ticked, with a note', async () => {
    const project = setUp(OPEN)
    project.write(TASKS, TICKED)
    commit(project, 'Tick')
    const { findings, notes } = await inClone(project, '--depth=1')
    const named = summary(
      await verify({ ...callAt(cloneOf(project, '--depth=1').root), feature: '001-stack' }),
    )
    expect([findings, named.findings]).toEqual([[], []])
    expect([...notes, ...named.notes].join('\n')).toContain('fetch-depth: 0')
  })
})
