/** A valid workspace of each kind, with the file of its tasks. */
export interface Kind {
  tasks: string
  text: string
  around: Record<string, string>
  /** The first id of the plan. */
  first: string
  /** What its list twice means if not in the same file, and the problem that it is. */
  twice?: { files: Record<string, string>; problem: RegExp }
}

const TRACK = 'conductor/tracks/a_20260101'
const STORAGE = 'storage-conductor/storages/s-1'
const NUMBERED = '# Plan\n\n## Tasks\n- [ ] 1. Write a\n- [ ] 2. Write b\n'
const SUPERPOWERS = 'docs/superpowers/plans/2026-01-01-a.md'
const PHASE = '# Plan\n\n## Phase 1: A\n- [ ] Task: Write a\n- [ ] Task: Write b\n'

/** Valid workspaces of each dialect. */
export const KINDS: Record<string, Kind> = {
  checklist: {
    tasks: SUPERPOWERS,
    text: '# Plan\n\n## Tasks\n- [ ] Write a\n- [ ] Write b\n',
    around: {},
    first: '1-write-a',
  },
  'spec-kit': {
    tasks: 'specs/001-a/tasks.md',
    text: '# Tasks\n\n## Phase 1: A\n- [ ] T001 Write a\n- [ ] T002 Write b\n',
    around: { 'specs/001-a/spec.md': '# Spec\n', 'specs/001-a/plan.md': '# Plan\n' },
    first: 'T001',
  },
  specflow: {
    tasks: '.specify/specs/f-1-a/tasks.md',
    text: '# Tasks\n\n## Group 1: A\n- [ ] **T-1.1** Write a\n- [ ] **T-1.2** Write b\n',
    around: {
      '.specify/specs/f-1-a/spec.md': '# Spec\n',
      '.specify/specs/f-1-a/plan.md': '# Plan\n',
    },
    first: 'T-1.1',
  },
  kiro: {
    tasks: '.kiro/specs/a/tasks.md',
    text: NUMBERED,
    around: {
      '.kiro/specs/a/requirements.md': '# Requirements\n',
      '.kiro/specs/a/design.md': '# Design\n',
    },
    first: '1',
  },
  openspec: {
    tasks: 'openspec/changes/a/tasks.md',
    text: NUMBERED,
    around: { 'openspec/changes/a/proposal.md': '# Why\n' },
    first: '1',
  },
  trae: {
    tasks: '.trae/specs/a/tasks.md',
    text: '# Tasks\n\n## A\n- [ ] Task 1: Write a\n- [ ] Task 2: Write b\n',
    around: { '.trae/specs/a/spec.md': '# Spec\n' },
    first: '1',
  },
  'spec-workflow': {
    tasks: '.spec-workflow/specs/a/tasks.md',
    text: NUMBERED,
    around: {
      '.spec-workflow/specs/a/requirements.md': '# Requirements\n',
      '.spec-workflow/specs/a/design.md': '# Design\n',
    },
    first: '1',
  },
  backlog: {
    tasks: 'backlog/tasks/task-1 - A.md',
    text: '---\nid: TASK-1\ntitle: Write a\nstatus: To Do\nlabels: [Write b]\n---\n',
    around: {},
    first: 'TASK-1',
    twice: {
      files: {
        'backlog/tasks/task-1 - B.md': '---\nid: TASK-1\ntitle: Write a\nstatus: Done\n---\n',
      },
      problem: /B\.md","line":3,.*TASK-1 is already used in backlog\/tasks\/task-1 - A\.md/,
    },
  },
  bmad: {
    tasks: 'docs/stories/1-1-a.md',
    text: '# Story\nStatus: in-progress\n## Tasks\n- [ ] Task 1: Write a\n- [ ] Task 2: Write b\n',
    around: {
      'docs/stories/sprint-status.yaml': 'development_status:\n  1-1-a: in-progress\n',
    },
    first: '1',
  },
  'task-master': {
    tasks: '.taskmaster/tasks/tasks.json',
    text: '{\n"master": {\n"tasks": [\n{"id": 1, "title": "a", "status": "pending"},\n{"id": 2, "title": "b", "status": "pending"}]\n}}\n',
    around: {},
    first: '1',
  },
  'json-plan': {
    tasks: 'docs/plans/2026-01-01-a.json',
    text: '{\n"status": "APPROVED",\n"tasks": [\n{"id": 1, "name": "a", "passes": false},\n{"id": 2, "name": "b", "passes": false}]\n}\n',
    around: {},
    first: '1',
  },
  'conductor with boxes': {
    tasks: `${TRACK}/plan.md`,
    text: PHASE,
    around: {
      'conductor/tracks.md':
        '# Tracks\n\n- [ ] **Track: A**\n*Link: [./tracks/a_20260101/](./tracks/a_20260101/)*\n',
      [`${TRACK}/spec.md`]: '# Spec\n',
      [`${TRACK}/metadata.json`]: '{"status": "new"}\n',
    },
    first: '1.1',
  },
  'conductor with a table': {
    tasks: `${STORAGE}/plan.md`,
    text: PHASE,
    around: {
      'storage-conductor/tracks.md':
        '| Storage ID | Title | Status |\n|---|---|---|\n| s-1 | A | Planning |\n',
      [`${STORAGE}/spec.md`]: '# Spec\n',
      [`${STORAGE}/metadata.json`]: '{"status": "Planning"}\n',
    },
    first: '1.1',
  },
}
