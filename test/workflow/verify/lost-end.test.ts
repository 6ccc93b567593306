import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { stackProject, type Project } from '../../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'

async function workedOn(): Promise<{ project: Project; ledger: string }> {
  const project = stackProject(PLAN)
  const { call } = await connect(project.root)
  await call('next_task')
  project.write('one.txt', 'x')
  await call('record_green', { task: 'T001' })
  await call('mark_complete', { task: 'T001' })
  const [file = ''] = readdirSync(path.join(project.root, '.redgreen/ledger/001-stack'))
  return { project, ledger: `.redgreen/ledger/001-stack/${file}` }
}

async function findingsOf({ root }: Project): Promise<string[]> {
  const [verified] = await verify(callAt(root))
  return (verified?.findings ?? []).map(({ text }) => text)
}

function git({ root }: Project, ...args: string[]): void {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@localhost']
  execFileSync('git', ['-C', root, ...identity, ...args], { stdio: 'ignore' })
}

describe('a ledger whose end was cut off', () => {
  it('is a finding in the clone that recorded it', async () => {
    const { project, ledger } = await workedOn()
    expect(await findingsOf(project)).toEqual([])
    const lines = project.read(ledger).trimEnd().split('\n')
    project.write(ledger, `${lines.slice(0, -1).join('\n')}\n`)
    expect((await findingsOf(project)).join('\n')).toMatch(
      /1 event that this clone recorded is missing, first done of T001/,
    )
  })

  it('is none on another branch, which never had these events', async () => {
    const { project } = await workedOn()
    const before = ['.redgreen', 'one.txt', 'specs']
    git(project, 'add', 'package.json')
    git(project, 'commit', '-m', 'start')
    git(project, 'checkout', '-b', 'work')
    git(project, 'add', ...before)
    git(project, 'commit', '-m', 'work')
    git(project, 'checkout', '-')
    project.write('specs/001-stack/tasks.md', PLAN)
    project.write('specs/001-stack/spec.md', '# Stack\n')
    project.write('specs/001-stack/plan.md', '# Plan\n')
    git(project, 'checkout', '-b', 'other')
    expect((await findingsOf(project)).filter(text => text.includes('are missing'))).toEqual([])
  })
})
