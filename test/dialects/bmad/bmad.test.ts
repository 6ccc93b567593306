import { describe, expect, test } from 'vitest'
import { bmad } from '../../../src/dialects/bmad/bmad.ts'
import { Unreadable } from '../../../src/dialects/dialect.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, states, task } from '../plan-queries.ts'

type Files = Record<string, string>

const DIR = '_bmad-output/implementation-artifacts'
const STORY = `${DIR}/1-1-theme.md`
const SPRINT = `${DIR}/sprint-status.yaml`
const AT = '2026-03-04T05:06:07.000Z'
const TASKS = `## Tasks / Subtasks

- [ ] Task 1: Remember the theme in src/theme.js (AC: #1, #2)
  - [x] 1.1 Write test/theme.test.js
  - [ ] 1.2 Save it
- [ ] **Task 2: Add the switch** (AC: 2)
`
const CRITERIA = `## Acceptance Criteria

1. The theme is remembered
   after a restart.
2. **Given** a page **When** it opens **Then** it has the theme

`

function story(status = 'ready-for-dev', body = CRITERIA + TASKS): string {
  return `# Story 1.1: Theme\n\nStatus: ${status}\n\n## Story\n\nAs a user, I want a theme.\n\n${body}\n## Dev Notes\n\n- None\n`
}

function sprint(...entries: string[]): string {
  return `# Kept\nlast_updated: 01-02-2026 03:04\n\ndevelopment_status:\n${entries.map(line => `  ${line}\n`).join('')}`
}

const FILES: Files = {
  [STORY]: story(),
  [SPRINT]: sprint('epic-1: backlog # first', '1-1-theme: ready-for-dev', '1-2-next: backlog'),
}

function planOf(files: Files): Plan {
  return bmad.read(memoryWorkspace(files), { id: '1-1-theme', dir: STORY, tasks: STORY })
}

function write(files: Files, edits: ReturnType<typeof bmad.finish>): Files {
  const changed = { ...files }
  for (const path of new Set(edits.map(edit => edit.path)))
    changed[path] = applied(
      files[path] ?? '',
      edits.filter(edit => edit.path === path),
    )
  return changed
}

describe('a story', () => {
  test('has its outermost boxes as tasks, with their criteria and the boxes inside them', () => {
    const plan = planOf(FILES)
    expect(plan.feature.title).toBe('1.1: Theme')
    expect(plan.tasks).toMatchObject([
      {
        id: '1',
        title: 'Remember the theme in src/theme.js',
        files: ['src/theme.js', 'test/theme.test.js'],
        acceptance: [
          '1.1 Write test/theme.test.js',
          '1.2 Save it',
          '1 The theme is remembered after a restart.',
          '2 Given a page When it opens Then it has the theme',
        ],
        location: { path: STORY, line: 17 },
      },
      { id: '2', title: 'Add the switch' },
    ])
    expect(states(plan)).toEqual(['1 open+done+open', '2 open'])
    expect(plan.problems).toEqual([])
  })

  test.each([
    ['Add', 'Task 2: Remove', '3 buttons', '1 Add', '2 Remove', '3 3 buttons'],
    ['Task 3: Add', '**Task 9**: Remove', 'Fix', '3 Add', '9 Remove', '10 Fix'],
    ['Add', 'Task 1: Remove', 'Task 1.2: Fix', '2 Add', '1 Remove', '1.2 Fix'],
    ['Task 1: Add', 'Task 1a: Remove', 'Fix', '1 Add', '1a Remove', '2 Fix'],
    ['1.1 Add', '1.1b Remove', '2c. Fix', '1.1 Add', '1.1b Remove', '2c Fix'],
  ])('counts tasks without a number of their own: %s, %s, %s', (one, two, three, ...ids) => {
    const body = `## Tasks\n\n- [ ] ${one}\n- [ ] ${two}\n- [ ] ${three}\n`
    const { tasks } = planOf({ ...FILES, [STORY]: story('in-progress', body) })
    expect(tasks.map(({ id, title }) => `${id} ${title}`)).toEqual(ids)
  })

  test('drops what is struck out unless it is ticked, and leaves its box as it is', () => {
    const body =
      '## Tasks\n\n- [ ] Task 1: Add\n  - [ ] 1.1 Save\n  - [ ] ~~1.2 Load~~ — removed\n- [ ] ~~Task 2: Remove~~\n- [x] **~~Task 3: Fix~~** (not needed)\n'
    const files = { ...FILES, [STORY]: story('in-progress', body) }
    const plan = planOf(files)
    expect(states(plan)).toEqual(['1 open+open', '2 other', '3 done'])
    expect(plan.tasks[0]).toMatchObject({ acceptance: ['1.1 Save'] })
    const edits = bmad.finish(memoryWorkspace(files), plan, task(plan, '1'), AT)
    expect(edits.filter(({ path }) => path === STORY).map(({ line, to }) => [line, to])).toEqual([
      [expect.any(Number), '[x]'],
      [expect.any(Number), '[x]'],
    ])
  })

  test('has the boxes of a review as tasks, in a section of its own too', () => {
    const body =
      '## Tasks\n\n- [ ] Task 1: Add\n\n### Review Follow-ups (AI)\n\n- [ ] [AI-Review][High] Fix\n\n## Review Follow-ups (AI)\n\n- [ ] Sort\n'
    const { tasks, problems } = planOf({ ...FILES, [STORY]: story('in-progress', body) })
    expect(tasks.map(({ id, title }) => `${id} ${title}`)).toEqual(['1 Add', '2 Fix', '3 Sort'])
    expect(problems).toEqual([])
  })

  test('may divide its tasks by headings, which name criteria for all of them', () => {
    const body = `${CRITERIA}## Tasks\n\n### Task 1: Store (AC: #1)\n\n- [ ] 1.1 Save\n- [ ] 1.2 Load (AC: #2)\n\n### Task 2: Switch\n\n- [ ] Show\n`
    const { tasks, phases } = planOf({ ...FILES, [STORY]: story('in-progress', body) })
    expect(tasks).toMatchObject([
      { id: '1.1', acceptance: [expect.stringMatching(/^1 /)] },
      { id: '1.2', acceptance: [expect.stringMatching(/^2 /), expect.stringMatching(/^1 /)] },
      { id: '2', title: 'Show', acceptance: [] },
    ])
    expect(phases).toMatchObject([
      { name: 'Task 1: Store (AC: #1)', tasks: ['1.1', '1.2'] },
      { name: 'Task 2: Switch', tasks: ['2'] },
    ])
  })

  test('has a heading without a box as a task without a mark', () => {
    const body =
      '## Tasks\n\n### Backend\n\n#### Task 1: Store\n\n- In `src/store.js`\n\n#### Task 2: Switch\n\n- [ ] Show it\n'
    const files = { ...FILES, [STORY]: story('in-progress', body) }
    const plan = planOf(files)
    expect(states(plan)).toEqual(['1 ', '2 open'])
    expect(plan.tasks[0]).toMatchObject({ title: 'Store', files: ['src/store.js'] })
    expect(bmad.finish(memoryWorkspace(files), plan, task(plan, '1'), AT)).toEqual([])
    const ticked = { ...FILES, [STORY]: story('done', body.replace('Task 1', '✅ Task 1')) }
    expect(states(planOf(ticked))).toEqual(['1 done', '2 open'])
  })

  test.each([
    '- [ ] 1. Add (AC: 1)',
    '- [ ] **T1. Add** (ACs: #1)',
    '- [ ] Task 1 (AC: #1, #2): Add',
    '- [ ] **Task 1**: Add (AC: AC1 and AC2)',
    '- [ ] Task 1 — Add (AC: 1-2)',
  ])('reads a number and criteria in each form: %s', line => {
    const [read] = planOf({
      ...FILES,
      [STORY]: story('done', `${CRITERIA}## Tasks\n\n${line}\n`),
    }).tasks
    expect(read).toMatchObject({ id: '1', title: 'Add' })
    expect(read?.acceptance[0]).toBe('1 The theme is remembered after a restart.')
  })

  test('ticks a task with the boxes inside it, and nothing else', () => {
    const plan = planOf(FILES)
    const done = write(FILES, bmad.finish(memoryWorkspace(FILES), plan, task(plan, '1'), AT))
    const ticked = story().replace('[ ] Task 1', '[x] Task 1').replace('[ ] 1.2', '[x] 1.2')
    expect(done).toEqual({ ...FILES, [STORY]: ticked })
  })

  test('is in progress with its epic when its first task starts', () => {
    const plan = planOf(FILES)
    const reader = memoryWorkspace(FILES)
    const edits = bmad.start?.(reader, plan, task(plan, '1'), AT) ?? []
    expect(write(FILES, edits)).toEqual({
      ...FILES,
      [SPRINT]: `# Kept\nlast_updated: 03-04-2026 05:06\n\ndevelopment_status:\n  epic-1: in-progress # first\n  1-1-theme: in-progress\n  1-2-next: backlog\n`,
    })
  })

  test('waits for its review in both files after the validation', () => {
    const files = { ...FILES, [SPRINT]: sprint("1-1-theme: 'in-progress'") }
    const edits = bmad.finishFeature?.(memoryWorkspace(files), planOf(files), AT) ?? []
    const after = write(files, edits)
    expect(after[STORY]).toBe(story('review'))
    expect(after[SPRINT]).toContain("  1-1-theme: 'review'\n")
    const location = bmad.completionLocation?.(memoryWorkspace(after), planOf(after))
    expect(location).toEqual({ path: SPRINT, line: 5 })
    expect(bmad.completionLocation?.(memoryWorkspace(files), planOf(files))).toBeUndefined()
  })

  test('without a status file keeps its status in the story', () => {
    const files = { [STORY]: story() }
    const plan = planOf(files)
    const edits = bmad.start?.(memoryWorkspace(files), plan, task(plan, '1'), AT) ?? []
    expect(write(files, edits)).toEqual({ [STORY]: story('in-progress') })
  })
})

describe('work begins on a story', () => {
  const readiness = (files: Files) => bmad.readiness?.(memoryWorkspace(files), planOf(files))

  test.each([
    ['backlog', false],
    ['drafted', true],
    ['ready-for-dev', true],
    ['in-progress', true],
    ['review', false],
    ['done', false],
    ['perhaps', false],
  ])('whose status is %s: %s', (status, ready) => {
    expect(readiness({ ...FILES, [SPRINT]: sprint(`1-1-theme: ${status}`) })).toMatchObject({
      ready,
    })
    expect(readiness({ [STORY]: story(status) })).toMatchObject({ ready })
  })

  test('not without a status', () => {
    const body = `# Story\n\n${TASKS}`
    expect(readiness({ [STORY]: body })).toMatchObject({ ready: false, fact: /no status/ })
  })

  test('whose status is in its front matter', () => {
    const text = `---\ntitle: Theme\nstatus: "ready-for-dev"\n---\n\n# Story\n\n${TASKS}`
    const files = { [STORY]: text }
    expect(readiness(files)).toMatchObject({ ready: true })
    const edits = bmad.finishFeature?.(memoryWorkspace(files), planOf(files), AT) ?? []
    expect(write(files, edits)[STORY]).toBe(text.replace('ready-for-dev', 'review'))
  })

  test('by the status file if the story itself says something else', () => {
    expect(readiness({ ...FILES, [STORY]: story('done') })).toMatchObject({ ready: true })
  })
})

describe('the active story', () => {
  const other = { [`${DIR}/1-2-next.md`]: story() }
  const active = (...entries: string[]) => {
    const found = bmad.active(memoryWorkspace({ ...FILES, ...other, [SPRINT]: sprint(...entries) }))
    return 'found' in found ? `${found.found.id} ${found.isFinished ?? false}` : found
  }

  test('is the first in progress, else the first that is ready', () => {
    expect(active('1-1-theme: ready-for-dev', '1-2-next: in-progress')).toBe('1-2-next false')
    expect(active('1-2-next: ready-for-dev', '1-1-theme: ready-for-dev')).toBe('1-2-next false')
    expect(active('1-1-theme: review', '1-2-next: backlog')).toBe('1-1-theme true')
  })

  test.each([
    '2026-01-05-notes.md',
    '2026-1-5-notes.md',
    '01-05-2026-notes.md',
    '26-01-05-notes.md',
    '9-9-not-listed.md',
  ])('is none that the status file does not list: %s', note => {
    const notes = { [SPRINT]: sprint('1-1-theme: done'), [`${DIR}/${note}`]: '# Notes\n' }
    const found = bmad.active(memoryWorkspace({ ...FILES, ...notes }))
    expect(found).toMatchObject({ found: { id: '1-1-theme' }, isFinished: true })
    const listless = memoryWorkspace({ ...notes, [SPRINT]: sprint('epic-1: done') })
    expect(bmad.active(listless)).toHaveProperty('none')
  })

  test('is the last with a status, else the last, if there is no status file', () => {
    const config = { '_bmad/bmm/config.yaml': `implementation_artifacts: ${DIR}\n` }
    const lastOf = (files: Files) => bmad.active(memoryWorkspace({ ...config, ...files }))
    const note = `${DIR}/01-05-2026-notes.md`
    expect(lastOf({ [STORY]: story('done'), [note]: '# Notes\n' })).toMatchObject({
      found: { id: '1-1-theme' },
    })
    expect(lastOf({ [STORY]: TASKS })).toMatchObject({ found: { id: '1-1-theme' } })
  })

  test('does not exist before a story has a file', () => {
    const files = { [SPRINT]: sprint('1-1-theme: backlog') }
    expect(bmad.active(memoryWorkspace(files))).toMatchObject({
      none: 'No story is ready for development.',
    })
    const lost = { [SPRINT]: sprint('1-1-theme: ready-for-dev') }
    expect(bmad.active(memoryWorkspace(lost))).toMatchObject({
      none: expect.stringContaining('there is no file 1-1-theme.md'),
    })
  })
})

describe('the stories', () => {
  const dirs = (files: Files) => bmad.features(memoryWorkspace(files)).map(({ dir }) => dir)

  test('are not dated notes, and have numbers of up to three digits', () => {
    const notes = { [`${DIR}/2026-01-05-notes.md`]: '', [`${DIR}/100-12b-last.md`]: '' }
    expect(dirs({ ...FILES, ...notes })).toEqual([STORY, `${DIR}/100-12b-last.md`])
  })

  test('may belong to a part of an epic, or to none if the status file lists them', () => {
    const names = ['1a-2-split.md', 'fix-the-tree.md', 'epic-1-retrospective.md', 'notes.md']
    const files = Object.fromEntries(names.map(name => [`${DIR}/${name}`, story()]))
    const list = sprint(
      'epic-1-retrospective: done',
      'fix-the-tree: in-progress',
      'epic-1a: backlog',
    )
    expect(dirs({ ...files, [SPRINT]: list })).toEqual([
      `${DIR}/1a-2-split.md`,
      `${DIR}/fix-the-tree.md`,
    ])
    const reader = memoryWorkspace({ ...files, [SPRINT]: list })
    expect(bmad.active(reader)).toMatchObject({ found: { id: 'fix-the-tree' } })
  })

  test.each<[string, Files, string]>([
    ['beside the status file', FILES, STORY],
    [
      'where the configuration says',
      {
        '_bmad/bmm/config.yaml': 'implementation_artifacts: "{project-root}/plans/sprint"\n',
        'plans/sprint/2-1-a.md': '',
      },
      'plans/sprint/2-1-a.md',
    ],
    [
      'where the status file says',
      {
        'docs/sprint-status.yaml': 'story_location: docs/all\ndevelopment_status: {}\n',
        'docs/all/2-1-a.md': '',
      },
      'docs/all/2-1-a.md',
    ],
    [
      'in a project',
      { 'apps/web/docs/stories/sprint-status.yaml': '', 'apps/web/docs/stories/2-1-a.md': '' },
      'apps/web/docs/stories/2-1-a.md',
    ],
  ])('are found %s', (_, files, dir) => {
    expect(dirs(files)).toEqual([dir])
  })

  test('are sorted by number, and other documents are none', () => {
    const names = [
      '1-10-b.md',
      '1-2-a.md',
      '1-2-a-context.xml',
      'epic-1-retrospective.md',
      'notes.md',
    ]
    const files = Object.fromEntries(names.map(name => [`${DIR}/${name}`, '']))
    expect(dirs({ ...files, [SPRINT]: '' })).toEqual([`${DIR}/1-2-a.md`, `${DIR}/1-10-b.md`])
  })

  test('can be named by their path', () => {
    const reader = memoryWorkspace({ 'old/1-1-a.md': '', 'old/a.md': '' })
    expect(bmad.featureIn?.(reader, 'old/1-1-a.md')).toMatchObject({ id: '1-1-a' })
    expect(bmad.featureIn?.(reader, 'old/a.md')).toBeUndefined()
  })
})

describe('problems name the file and the line', () => {
  test.each<[string, Files, string, number, RegExp]>([
    [
      'a story without an entry',
      { [SPRINT]: sprint('epic-1: backlog') },
      SPRINT,
      1,
      /no status of 1-1-theme/,
    ],
    [
      'an entry without a story',
      { [SPRINT]: sprint('1-1-theme: ready-for-dev', '1-3-lost: review') },
      SPRINT,
      6,
      /1-3-lost is review in .*, line 6, but there is no file 1-3-lost\.md/,
    ],
    [
      'an unknown status',
      { [SPRINT]: sprint('1-1-theme: perhaps') },
      SPRINT,
      5,
      /"perhaps", which BMAD does not know/,
    ],
    [
      'an entry without a status',
      { [SPRINT]: sprint('1-1-theme: done', '1-2-next: [a]') },
      SPRINT,
      6,
      /has no status/,
    ],
    [
      'an unknown status in the story',
      { [STORY]: story('perhaps') },
      STORY,
      3,
      /The story has the status "perhaps"/,
    ],
    [
      'a criterion that does not exist',
      { [STORY]: story('done', `${CRITERIA}## Tasks\n\n- [ ] Task 1: Add (AC: #7)\n`) },
      STORY,
      17,
      /criteria 7, which the story does not have/,
    ],
    [
      'a number twice',
      { [STORY]: story('done', '## Tasks\n\n- [ ] Task 1: Add\n- [ ] Task 1: Sort\n') },
      STORY,
      12,
      /1#2/,
    ],
    [
      'a box in no section of tasks',
      { [STORY]: `${story()}\n## Later\n\n- [ ] Task 9: Remove\n` },
      STORY,
      28,
      /nothing there is read as a task/,
    ],
  ])('%s', (_, files, path, line, message) => {
    const { problems } = planOf({ ...FILES, ...files })
    expect(problems).toMatchObject([{ path, line, text: expect.stringMatching(message) }])
  })

  test.each<[string, Files, string, number]>([
    ['a status file that does not parse', { [SPRINT]: 'development_status:\n  a: [\n' }, SPRINT, 3],
    ['a status file with an entry twice', { [SPRINT]: sprint('a: done', 'a: done') }, SPRINT, 6],
    ['a status file without statuses', { [SPRINT]: 'a: b\n' }, SPRINT, 1],
    ['a story without tasks', { [STORY]: story('done', '## Tasks\n\nNone.\n') }, STORY, 1],
    [
      'a story in which a code block hides them',
      { [STORY]: story('done', `\`\`\`\n${TASKS}`) },
      STORY,
      9,
    ],
  ])('%s is refused', (_, files, path, line) => {
    const error = refusal({ ...FILES, ...files })
    expect([error.path, error.line]).toEqual([path, line])
  })
})

function refusal(files: Files): Unreadable {
  try {
    planOf(files)
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
  throw new Error('it was read')
}
