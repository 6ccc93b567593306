import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { makeProject } from '../kit/project.ts'

const CONFLICT = '<<<<<<< HEAD\nours\n||||||| base\n=======\ntheirs\n>>>>>>> other\n'
const TASKS = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'
const TRACK = '- [ ] **Track: Stack**\n*Link: [./tracks/stack/](./tracks/stack/)*\n'
const CONDUCTOR = {
  'conductor/tracks.md': `# Tracks\n\n---\n\n${TRACK}`,
  'conductor/workflow.md': '# Workflow\n',
  'conductor/tracks/stack/plan.md': '## Phase 1: Core\n- [ ] Task: Add size\n',
  'conductor/tracks/stack/metadata.json': '{"track_id":"stack","status":"new"}\n',
}
const PLAN = '{"title":"Stack","status":"APPROVED","tasks":[{"id":1,"name":"a","passes":false}]}\n'

describe('a merge conflict that nobody has resolved', () => {
  it.each<[string, Record<string, string>]>([
    ['specs/001-stack/tasks.md', { 'specs/001-stack/tasks.md': TASKS }],
    ['.specify/feature.json', { 'specs/001-stack/tasks.md': TASKS, '.specify/feature.json': '' }],
    [
      '.specify/specs/f-1-stack/tasks.md',
      { '.specify/specs/f-1-stack/tasks.md': '- [ ] T-1.1 a\n' },
    ],
    ['docs/plans/2026-01-01-stack.json', { 'docs/plans/2026-01-01-stack.json': PLAN }],
    ['conductor/tracks/stack/plan.md', CONDUCTOR],
    ['conductor/tracks/stack/metadata.json', CONDUCTOR],
    ['conductor/tracks.md', CONDUCTOR],
    ['conductor/workflow.md', CONDUCTOR],
  ])('in %s is refused with its line, and nothing is written', async (file, files) => {
    const text = files[file] ?? ''
    const project = makeProject({ ...files, [file]: `${text}${CONFLICT}` })
    execFileSync('git', ['-C', project.root, 'add', '-A'])
    const { call } = await connect(project.root)
    const answer = await call('next_task')
    expect(answer).toMatchObject({ code: 'conflict_markers' })
    expect(answer.text).toContain(`${file}, line ${text.split('\n').length}:`)
    expect(existsSync(path.join(project.root, '.redgreen/ledger'))).toBe(false)
    const changed = execFileSync('git', ['-C', project.root, 'diff', '--name-only'])
    expect(String(changed)).toBe('')
  })
})
