import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nextTask } from '../../src/workflow/next-task.ts'
import { callAt } from '../kit/call.ts'
import { makeProject, stackProject, TASKS } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n'

/** A plan of this many bytes with one task. */
function planOf(bytes: number): string {
  const line = `${'Words of a plan. '.repeat(60)}\n`
  const words = line.repeat(Math.floor((bytes - PLAN.length) / line.length))
  return `${PLAN}\n${words}`.slice(0, bytes).padEnd(bytes, 'x')
}

const tasks = (line: (at: number) => string) => Array.from({ length: 20_001 }, (_, at) => line(at))

/** For each workflow, a plan with one task too many. */
const MANY: Record<string, Record<string, string>> = {
  'spec-kit': { [TASKS]: tasks(at => `- [ ] T${at} Write a\n`).join('') },
  specflow: {
    '.specify/specs/f-1-a/spec.md': '# Spec\n',
    '.specify/specs/f-1-a/tasks.md': `## Group 1: A\n${tasks(at => `- [ ] **T-1.${at}** Write\n`).join('')}`,
  },
  'json-plan': {
    'docs/plans/2026-01-01-a.json': `{"status": "APPROVED", "tasks": [${tasks(at => `{"id": ${at}, "name": "a", "passes": false}`).join()}]}`,
  },
  conductor: {
    'conductor/tracks.md':
      '# Tracks\n\n- [ ] **Track: A**\n*Link: [./tracks/a_20260101/](./tracks/a_20260101/)*\n',
    'conductor/tracks/a_20260101/plan.md': `# Plan\n\n## Phase 1: A\n${tasks(() => '- [ ] Task: Write\n').join('')}`,
    'conductor/tracks/a_20260101/spec.md': '# Spec\n',
    'conductor/tracks/a_20260101/metadata.json': '{"status": "new"}\n',
  },
}

describe('a plan', () => {
  it('may have up to 4 MB', async () => {
    const most = 4 * 1024 * 1024
    const project = stackProject(planOf(most))
    await expect(nextTask(callAt(project.root), {})).resolves.toMatchObject({
      task: { id: 'T001' },
    })
    project.write(TASKS, planOf(most + 1))
    await expect(nextTask(callAt(project.root), {})).rejects.toThrow('a plan may have 4 MB')
    expect(fs.statSync(`${project.root}/${TASKS}`).size).toBe(most + 1)
  })

  it.each(Object.entries(MANY))('of %s may have up to 20,000 tasks', async (_, files) => {
    const project = makeProject(files, { git: false })
    await expect(nextTask(callAt(project.root), {})).rejects.toThrow('has 20001 tasks')
  })
})

describe('a network file system', () => {
  it('is reported when a feature is started, but a local disk is not', async () => {
    const project = stackProject(
      '## Setup\n- [ ] T001 [P] Create a.txt\n- [ ] T002 [P] Create b.txt\n',
    )
    const { statfsSync } = fs
    onTestFinished(() => answerWith(statfsSync))
    // The type of NFS, which cannot be mounted here.
    answerWith(() => ({ type: 0x6969 }))
    const messagesOf = ({ messages }: { messages: string[] }) => messages.join('\n')
    const call = callAt(project.root)
    expect(messagesOf(await nextTask(call, { task: 'T001' }))).toContain(
      'network file system (NFS)',
    )
    expect(messagesOf(await nextTask(call, { task: 'T002' }))).not.toContain('network')
    answerWith(statfsSync)
    const other = stackProject(PLAN)
    expect(messagesOf(await nextTask(callAt(other.root), {}))).not.toContain('network')
  })
})

function answerWith(statfsSync: typeof fs.statfsSync | (() => object)): void {
  Object.assign(fs, { statfsSync })
  syncBuiltinESMExports()
}
