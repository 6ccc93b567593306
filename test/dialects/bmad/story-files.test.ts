import { describe, expect, test } from 'vitest'
import { bmad } from '../../../src/dialects/bmad/bmad.ts'
import type { Candidate } from '../../../src/dialects/dialect.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, states, task } from '../plan-queries.ts'

type Files = Record<string, string>

const AT = '2026-03-04T05:06:07.000Z'

/** A story as BMAD v4 writes it: the status has a section, and there is no file with statuses. */
function story(status: string): string {
  return `# Story 1.2: Theme\n\n<!-- Powered by BMAD™ Core -->\n\n## Status\n\n${status}\n\n## Acceptance Criteria\n\n1. It is remembered.\n2. It has a switch.\n\n## Tasks / Subtasks\n\n- [ ] **Task 1: Remember it** (AC: 1)\n  - [ ] In \`src/theme.js\`\n- [ ] **Task 2: Add the switch** (AC: 2)\n\n## Dev Notes\n\n- [Source: docs/stories/1.1.story.md]\n`
}

const at = (path: string): Candidate => ({
  id: path.replace(/^.*\/|\.md$/g, ''),
  dir: path,
  tasks: path,
})

const STORY = 'docs/stories/1.2.story.md'
const active = (files: Files) => bmad.active(memoryWorkspace(files))

describe('a story of BMAD v4', () => {
  test.each([
    'docs/stories/1.2.story.md',
    'docs/stories/1.2.theme.md',
    'docs/stories/1.2.theme-and-switch.story.md',
    'docs/stories/12.10a.story.md',
  ])('is found by its name: %s', path => {
    const files = { [path]: story('Approved') }
    expect(bmad.detect(memoryWorkspace(files))).toBe(`${path} exists`)
    expect(bmad.features(memoryWorkspace(files))).toEqual([at(path)])
    expect(active(files)).toMatchObject({ found: at(path) })
    expect(bmad.featureIn?.(memoryWorkspace(files), path)).toEqual(at(path))
  })

  test('is found where the configuration says that stories are', () => {
    const files = {
      '.bmad-core/core-config.yaml': 'qa:\n  qaLocation: docs/qa\ndevStoryLocation: work/stories\n',
      'work/stories/2.1.story.md': story('Approved'),
    }
    expect(active(files)).toMatchObject({ found: { id: '2.1.story' } })
  })

  test.each([
    'docs/stories/1.2.md',
    'docs/stories/notes.md',
    'docs/stories/2026.01.05.md',
    'docs/1.2.story.md',
  ])('is no other document: %s', path => {
    expect(bmad.detect(memoryWorkspace({ [path]: story('Approved') }))).toBeUndefined()
  })

  test('has its tasks with their criteria', () => {
    const plan = bmad.read(memoryWorkspace({ [STORY]: story('Approved') }), at(STORY))
    expect(plan.tasks).toMatchObject([
      { id: '1', title: 'Remember it', acceptance: ['In src/theme.js', '1 It is remembered.'] },
      { id: '2', title: 'Add the switch' },
    ])
    expect(states(plan)).toEqual(['1 open+open', '2 open'])
    expect(plan.problems).toEqual([])
  })

  test.each([
    ['Approved', true],
    ['**Approved**', true],
    ['Ready for Development', true],
    ['InProgress', true],
    ['In Progress', true],
    ['Draft', false],
    ['Review', false],
    ['Ready for Review', false],
    ['Done', false],
  ])('may be worked on by its status: %s', (status, ready) => {
    const files = { [STORY]: story(status) }
    const plan = bmad.read(memoryWorkspace(files), at(STORY))
    expect(bmad.readiness?.(memoryWorkspace(files), plan)).toMatchObject({ ready })
    expect(plan.problems).toEqual([])
  })

  test('in draft waits for the human who approves it', () => {
    const files = { [STORY]: story('Draft'), 'docs/stories/1.1.story.md': story('Done') }
    expect(active(files)).toMatchObject({ found: { id: '1.2.story' } })
    const plan = bmad.read(memoryWorkspace(files), at(STORY))
    expect(bmad.readiness?.(memoryWorkspace(files), plan)).toMatchObject({
      ready: false,
      remedy: expect.stringContaining('set its status to Approved'),
    })
  })

  test('is chosen by its status and its number, and finished stories are over', () => {
    const stories = (...all: [name: string, status: string][]) =>
      Object.fromEntries(
        all.map(([name, status]) => [`docs/stories/${name}.story.md`, story(status)]),
      )
    expect(
      active(stories(['1.1', 'Done'], ['1.2', 'Approved'], ['1.10', 'Approved'])),
    ).toMatchObject({ found: { id: '1.2.story' } })
    expect(active(stories(['1.2', 'Approved'], ['1.10', 'InProgress']))).toMatchObject({
      found: { id: '1.10.story' },
    })
    expect(active(stories(['1.1', 'Done'], ['1.2', 'Done']))).toMatchObject({ isFinished: true })
  })

  test('gets the words of BMAD v4 as its status, and only its marks change', () => {
    const files = { [STORY]: story('Approved') }
    const reader = memoryWorkspace(files)
    const plan = bmad.read(reader, at(STORY))
    const started = applied(
      files[STORY] ?? '',
      bmad.start?.(reader, plan, task(plan, '1'), AT) ?? [],
    )
    expect(started).toBe(story('InProgress'))
    const later = memoryWorkspace({ [STORY]: started })
    const current = bmad.read(later, at(STORY))
    expect(applied(started, bmad.finish(later, current, task(current, '2'), AT))).toBe(
      started.replace('[ ] **Task 2', '[x] **Task 2'),
    )
    expect(applied(started, bmad.finishFeature?.(later, current, AT) ?? [])).toBe(
      story('Ready for Review'),
    )
  })
})
