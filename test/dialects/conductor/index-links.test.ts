import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { Unsupported } from '../../../src/dialects/dialect.ts'
import { applied, AT, differences, planOf, workspaceOf, type Files } from './fixture.ts'

const PLAN = '## Phase 1: A\n- [ ] Task: a\n'

describe('the registry of the first versions, .conductor/plan.md', () => {
  const files: Files = {
    '.conductor/plan.md':
      '# Tracks\n\n## [ ] Track: Tide table\n*Link: [./.conductor/tracks/tides_20251101/](./.conductor/tracks/tides_20251101/)*\n',
    '.conductor/tracks/tides_20251101/plan.md': PLAN,
    '.conductor/tracks/tides_20251101/spec.md': '# Spec\n',
  }

  test('names the active track and is updated', () => {
    expect(conductor.detect(workspaceOf(files))).toBe('.conductor/plan.md exists')
    const plan = planOf(files)
    expect(conductor.active(workspaceOf(files))).toMatchObject({
      evidence: '.conductor/plan.md:3 is the first that is not done',
    })
    expect(plan.problems).toEqual([])
    const [task] = plan.tasks
    const edits = task && conductor.start?.(workspaceOf(files), plan, task, AT)
    expect(differences(files, applied(files, edits ?? []))).toContain(
      'plan.md: ## [~] Track: Tide table',
    )
  })

  test('is not a registry without tracks, because other tools have a plan there', () => {
    const other = { '.conductor/plan.md': '# Plan\n\n- [ ] Write it\n' }
    expect(conductor.detect(workspaceOf(other))).toBeUndefined()
  })

  test('is not used if there is a tracks.md beside it', () => {
    const both = { ...files, '.conductor/tracks.md': '- [ ] **Track: B**\n' }
    expect(conductor.detect(workspaceOf(both))).toBe('.conductor/tracks.md exists')
  })
})

describe('the links of conductor/index.md', () => {
  const files: Files = {
    'conductor/index.md': [
      '# Project Context',
      '- [Product Definition](./about/vision.md)',
      '- [Tech Stack](./missing.md)',
      '- [**Workflow**](./about/how-we-work.md)',
      '- [Tracks Registry](./work/all.md)',
      '- [Tracks Directory](./work/)',
      '```',
      '- [Product Guidelines](./about/vision.md)',
      '```',
    ].join('\n'),
    'conductor/about/vision.md': '# Vision\n',
    'conductor/about/how-we-work.md': '- **Commit Frequency**: Commit after each task\n',
    'conductor/tech-stack.md': '# Stack\n',
    'conductor/work/all.md':
      '# Tracks\n\n- [ ] **Track: Tides**\n*Link: [./tides_20260301/](./tides_20260301/)*\n',
    'conductor/work/tides_20260301/plan.md': PLAN,
    'conductor/work/tides_20260301/spec.md': '# Spec\n',
    'conductor/work/moon_20260101/plan.md': PLAN,
  }

  test('lead to the registry, its tracks and the documents, with the default path for missing targets', () => {
    const plan = planOf(files)
    expect(conductor.active(workspaceOf(files))).toMatchObject({
      evidence: 'conductor/work/all.md:3 is the first that is not done',
    })
    expect(conductor.features(workspaceOf(files)).map(({ id }) => id)).toEqual([
      'moon_20260101',
      'tides_20260301',
    ])
    const paths = Object.fromEntries(plan.documents.map(({ name, path }) => [name, path]))
    expect(paths).toMatchObject({
      product: 'conductor/about/vision.md',
      'tech-stack': 'conductor/tech-stack.md',
      workflow: 'conductor/about/how-we-work.md',
    })
    expect(paths).not.toHaveProperty('product-guidelines')
  })

  test('are followed for the advice and for the edits', () => {
    const plan = planOf(files)
    const [task] = plan.tasks
    if (task === undefined) throw new Error('no task')
    const after = conductor.advice?.(workspaceOf(files), plan, task).after.join('\n')
    expect(after).toContain('asks for a commit after each task')
    const edits = conductor.start?.(workspaceOf(files), plan, task, AT) ?? []
    expect(edits.map(({ path }) => path)).toContain('conductor/work/all.md')
  })

  test('never lead out of the workspace, and an unreadable index is ignored', () => {
    const usual = {
      'conductor/tracks.md': '- [ ] **Track: A**\n*Link: [./tracks/a/](./tracks/a/)*\n',
      'conductor/tracks/a/plan.md': PLAN,
    }
    const out = { ...usual, 'conductor/index.md': '- [Tracks Registry](../../all.md)\n' }
    expect(conductor.active(workspaceOf(out))).toMatchObject({
      evidence: expect.stringContaining('conductor/tracks.md:1'),
    })
    const reader = workspaceOf(out)
    const read = (path: string) => {
      if (path.endsWith('index.md')) throw new Unsupported(path, 1, 'It is written in UTF-16.')
      return reader.read(path)
    }
    expect(conductor.active({ ...reader, read })).toHaveProperty('found')
  })
})
