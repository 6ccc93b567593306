import type { Candidate } from '../../src/dialects/dialect.ts'

/** A workspace of one dialect with a text in every place where a plan has text of its author. */
export interface HostileWorkspace {
  dialect: string
  candidate: Candidate
  files: Record<string, string>
}

/** Builders of such workspaces, for each dialect and each form of its files. */
export const HOSTILE_WORKSPACES: Record<string, (text: string) => HostileWorkspace> = {
  'spec-kit with boxes': text => ({
    ...specKit(`# Tasks ${text}

## Phase 1: A ${text}
- [ ] T001 Write ${text}
  ${text}
  - [ ] ${text}
  depends on: ${text}
- [ ] T002 [P] Write ${text} src/b.js

${text}
## Dependencies
- ${text}
- T001 blocks ${text}

| Task | Depends on |
|${text}
| --- |${text}| --- |
| T002 | ${text} |
`),
  }),
  'spec-kit with headings': text =>
    specKit(`# Tasks

## Phase 1: A ${text}
### T001: Write ${text}
${text}
**Acceptance**: ${text}
- ${text}
### T002: Write ${text}
${text}
`),
  'spec-kit with bullets': text =>
    specKit(
      `# Tasks\n\n## Phase 1: A ${text}\n- **T001**: Write ${text}\n${text}\n- T002 ${text}\n`,
    ),
  'spec-kit without ids': text =>
    specKit(`# Tasks\n\n## 1. A ${text}\n- [ ] Write ${text}\n${text}\n- [ ] ${text}\n`),
  'spec-kit documents': text => {
    const workspace = specKit('# Tasks\n\n## Phase 1: A\n- [ ] T001 Write a\n- [ ] T002 Write b\n')
    const hook = `- command: ${JSON.stringify(text)}\n      prompt: ${JSON.stringify(text)}`
    return {
      ...workspace,
      files: {
        ...workspace.files,
        'specs/001-a/spec.md': `# Spec\n${text}\n## Requirements ${text}\n- ${text}\n`,
        'specs/001-a/plan.md': `# Plan\n${text}\n- ${text}\n`,
        'specs/001-a/quickstart.md': text,
        'specs/001-a/checklists/a.md': `- [ ] ${text}\n${text}\n`,
        '.specify/extensions.yml': `hooks:\n  before_implement:\n    ${hook}\n`,
      },
    }
  },
  'checklist with boxes': text =>
    checklist(`# Plan ${text}

${text}
## A ${text}
- [ ] Write ${text}
  ${text}
  - ${text}
  - [ ] ${text}
    1. [x] ${text} src/a.js
- [ ] T002: ${text}
${text}
## Acceptance criteria
- [ ] ${text}
| [ ] | ${text} |
[ ] ${text}
`),
  'checklist with stages': text =>
    checklist(`# Plan ${text}

## Stage 1: ${text}
**Goal**: ${text}
**Success Criteria**: ${text}
- [ ] ${text}
**Status**: ${text}
## Stage 2: ${text}
${text}
- ${text}
Status: ${text}
### Step 3 ${text}
`),
  'checklist with headings': text =>
    checklist(`# Plan ${text}

### Task 1: ${text}
**Files:**
- Create: ${text}
- Modify: \`src/a.js:${text}\`
- Test: \`tests/a.test.js\` ${text}

- [ ] **Step 1: ${text}**
${text}
Run: \`${text}\`
Expected: FAIL with "${text}"
Expected: FAIL ${text}
### Task 2 ${text}
- [ ] ${text}
**Acceptance criteria**: ${text}
- ${text}
### [ ] ${text}
`),
  kiro: text => numbered('kiro', '.kiro/specs/a', text),
  openspec: text => numbered('openspec', 'openspec/changes/a', text),
  'spec-workflow': text => numbered('spec-workflow', '.spec-workflow/specs/a', text),
  trae: text => ({
    dialect: 'trae',
    candidate: TRAE,
    files: {
      [TRAE.tasks]: `# Tasks ${text}

- [ ] Task 1: Write ${text}
  - [ ] SubTask 1.1: ${text}
  - **依赖**: Task ${text}
- [ ] ${text}
${text}
# Task Dependencies ${text}
- Task 2 depends on Task 1 ${text}
- ${text} → Task 1
`,
      [`${TRAE.dir}/checklist.md`]: `- [ ] ${text}\n`,
    },
  }),
  'specflow with boxes': text => ({
    dialect: 'specflow',
    candidate: SPECFLOW,
    files: {
      [SPECFLOW.tasks]: `---
status: ${text}
title: "a"
---
# Tasks ${text}

## Group 1: A ${text}
- [ ] **T-1.1** [T] Write ${text}
  - File: ${text}
  - **Depends on**: ${text}
- [ ] **T-1.2** Write ${text} (depends: T-1.1 ${text})
${text}

| Task | Status | ${text} | Completed |
|---|---|---|---|
| T-1.1 | ${text} | ${text} | ${text} |
| ${text} | ${text} |

## Summary
- Total: ${text}
`,
      [`${SPECFLOW.dir}/spec.md`]: `# Spec\n${text}\n`,
      [`${SPECFLOW.dir}/plan.md`]: `# Plan\n${text}\n`,
      '.maestro/outputs/LOOP_PROGRESS.md': `# Loop\n- **Feature**: ${text}\n## Task: ${text}\n${text}\n`,
    },
  }),
  'specflow with headings': text => ({
    dialect: 'specflow',
    candidate: SPECFLOW,
    files: {
      [SPECFLOW.tasks]: `# Tasks ${text}

## Group 1: A ${text}
### T-1.1: Write ${text}
- **File**: ${text} | **Status**: ${text}
- **Status:** ${text}
### T-1.2 Write ${text}
${text}
`,
      [`${SPECFLOW.dir}/spec.md`]: '# Spec\n',
      [`${SPECFLOW.dir}/plan.md`]: '# Plan\n',
    },
  }),
  backlog: text => ({
    dialect: 'backlog',
    candidate: BACKLOG,
    files: {
      'backlog/config.yml': `project_name: ${JSON.stringify(text)}\nstatuses: [To Do, ${JSON.stringify(text)}, Done]\n`,
      'backlog/tasks/task-1 - A.md': backlogFile(1, 'Write', text),
      'backlog/tasks/task-2 - A.md': backlogFile(2, JSON.stringify(text.slice(0, 1_000)), text),
      'backlog/tasks/task-3 - A.md': backlogFile(3, text, text),
    },
  }),
  bmad: text => ({
    dialect: 'bmad',
    candidate: BMAD,
    files: {
      [BMAD.tasks]: `# Story 1.1: ${text}

Status: ${text}

## Acceptance Criteria

1. ${text}
   ${text}
- ${text}

## Tasks / Subtasks

- [ ] Task 1: ${text} (AC: #1, ${text})
  - [ ] ${text}
### Task 2: ${text} (AC: ${text})
- [ ] ${text}
### Task 3 ${text}
- [ ] ${text} (AC: ${text}
${text}

## Dev Notes ${text}
- [ ] ${text}
`,
      '_bmad-output/implementation-artifacts/sprint-status.yaml': `last_updated: ${JSON.stringify(text)}
development_status:
  1-1-a: in-progress
  ${JSON.stringify(text)}: ${JSON.stringify(text)}
`,
      '_bmad/bmm/config.yaml': `implementation_artifacts: ${JSON.stringify(text)}\n`,
    },
  }),
  'task-master': text => ({
    dialect: 'task-master',
    candidate: TASK_MASTER,
    files: {
      [TASK_MASTER.tasks]: taskMaster(text),
      '.taskmaster/state.json': JSON.stringify({ currentTag: text }),
    },
  }),
  'json-plan': text => ({
    dialect: 'json-plan',
    candidate: JSON_PLAN,
    files: { [JSON_PLAN.tasks]: jsonPlan(text) },
  }),
  'json-plan with a broken end': text => ({
    dialect: 'json-plan',
    candidate: JSON_PLAN,
    files: {
      [JSON_PLAN.tasks]: `{"status": "APPROVED", "tasks": [{"id": 1, "passes": false}], "x": ${text}`,
    },
  }),
  'conductor with boxes': text => ({
    dialect: 'conductor',
    candidate: TRACK,
    files: {
      [TRACK.tasks]: `# Plan ${text}

## Phase 1: A ${text}
**Status**: ${text}
- [ ] Task: Write ${text}
  - [ ] Write tests ${text}
  ${text}
- [ ] Task 1.2: ${text}
- [ ] Task: Conductor - User Manual Verification '${text}'

## Phase 2: ${text}
${text}
- [ ] ${text}
`,
      'conductor/tracks.md': `# Tracks ${text}

- [ ] **Track: A** ${text}
*Link: [./tracks/a_20260101/](./tracks/a_20260101/)* ${text}
- [ ] **Track: ${text}**
${text}
`,
      [`${TRACK.dir}/spec.md`]: `# Spec ${text}\n## Acceptance Criteria ${text}\n- [ ] ${text}\n${text}\n`,
      [`${TRACK.dir}/metadata.json`]: JSON.stringify({ status: 'new', description: text }),
      'conductor/index.md': `# I\n- [${text}](./tracks.md) ${text}\n${text}\n`,
      'conductor/workflow.md': `# Workflow
## Quality Gates ${text}
- [ ] ${text}
- ${text}
## Guiding Principles
1. ${text}
- **${text}**: ${text}
## Definition of Done
1. ${text}
`,
    },
  }),
  'conductor with a table': text => ({
    dialect: 'conductor',
    candidate: STORAGE,
    files: {
      [STORAGE.tasks]: `# Plan

## Phase 1: A ${text}
**Status**: Planning ${text}
- [ ] Task: Write ${text}
${text}
- [ ] Task: Write b
`,
      'storage-conductor/tracks.md': `| Storage ID | Title | Status | ${text} | Updated |
|---|---|---|---|---|
| s-1 | ${text} | Planning | ${text} | ${text} |
| ${text} | ${text} | ${text} |

## Statistics
- **Planning**: ${text}
- ${text}: 1
`,
      [`${STORAGE.dir}/spec.md`]: `# Spec\n## Success Criteria ${text}\n- [ ] ${text}\n`,
      [`${STORAGE.dir}/metadata.json`]: `{"status": "Planning", "updated": ${JSON.stringify(text)}}`,
      'storage-conductor/workflow.md': `# W\n${text}\n`,
    },
  }),
}

/** What a hostile or a damaged text repeats. */
export const SHAPES: readonly string[] = [
  '[',
  '![',
  '[](',
  '[a](',
  '![a](',
  '[a]',
  '[ ] ',
  '[P] ',
  '[^',
  '(',
  ')',
  '(after ',
  '(a',
  '(depends on (',
  ' ',
  '\t',
  '\u00a0',
  '\u3000',
  '\u200b',
  '\r',
  '\u2028',
  '*',
  '**',
  '*a',
  ' *a',
  '_',
  '__',
  '__a',
  '~~',
  '`',
  '` ',
  '|',
  '| ',
  '<',
  '<!--',
  '<!-- ',
  '--> ',
  '<a ',
  '<details>',
  '&',
  '&amp;',
  '#',
  ' #',
  '# ',
  '> ',
  '- ',
  '-',
  '--',
  '1.',
  '\\',
  '"',
  "'",

  'a',
  'a ',
  'a/',
  'a.b',
  '../',
  'a://',
  '{',
  '{a,',
  ':',
  ', ',
  '=',
  '->',
  '→',
  'A-1 ',
  'T001 ',

  'T001,',
  'T001-T002 ',
  'depends on ',
  'blocks ',
  'tests ',
  'Status: ',
  '✅',
  ' ✅',
  '❌',
  '😀',
  '[checkpoint: ',
  'GET /a ',
  '$.a ',
  '(complete) ',
  '依赖',
  'a/参考、',
  '参考a/b，',
  '参考a，',
  'see a/b and ',
]

const TRAE = feature('.trae/specs/a')
const SPECFLOW = feature('.specify/specs/f-1-a')
const TRACK = {
  ...feature('conductor/tracks/a_20260101'),
  tasks: 'conductor/tracks/a_20260101/plan.md',
}
const STORAGE = {
  ...feature('storage-conductor/storages/s-1'),
  tasks: 'storage-conductor/storages/s-1/plan.md',
}
const STORY = '_bmad-output/implementation-artifacts/1-1-a.md'
const BMAD: Candidate = { id: '1-1-a', dir: STORY, tasks: STORY }
const BACKLOG: Candidate = { id: 'backlog', dir: 'backlog/tasks', tasks: 'backlog/tasks' }
const TASK_MASTER: Candidate = {
  id: 'master',
  dir: '.taskmaster/tasks/tasks.json#master',
  tasks: '.taskmaster/tasks/tasks.json',
}
const JSON_PLAN: Candidate = {
  id: '2026-01-01-a',
  dir: 'docs/plans/2026-01-01-a.json',
  tasks: 'docs/plans/2026-01-01-a.json',
}

function feature(dir: string): Candidate {
  return { id: dir.slice(dir.lastIndexOf('/') + 1), dir, tasks: `${dir}/tasks.md` }
}

function checklist(text: string): HostileWorkspace {
  const tasks = 'docs/superpowers/plans/2026-01-01-a.md'
  const candidate = { id: '2026-01-01-a', dir: tasks, tasks }
  return {
    dialect: 'checklist',
    candidate,
    files: { [tasks]: text, 'TODO.md': text },
  }
}

function numbered(dialect: string, dir: string, text: string): HostileWorkspace {
  const candidate = feature(dir)
  const approvals = dir.replace('/specs/', '/approvals/')
  return {
    dialect,
    candidate,
    files: {
      [candidate.tasks]: `# Implementation Plan ${text}

## 1. A ${text}
- [ ] 1. Write ${text}
  ${text}
  - [ ] ${text}
  - [ ]* 1.1 ${text}
    - _Requirements: ${text}_
    - _Depends: ${text}_
  - [-] **1.2**: ${text} src/b.js
- [x]\\* 1.3 ${text}
    - _${text}: ${text}_
- [ ] ${text}
#### [ ] 1.3 ${text}
`,
      [`${dir}/requirements.md`]: `### Requirement 1: ${text}\n#### Acceptance ${text}\n1. ${text}\n${text}\n`,
      [`${dir}/design.md`]: text,
      [`${dir}/proposal.md`]: text,
      [`${dir}/specs/a/spec.md`]: `## ADDED ${text}\n### Requirement: ${text}\n#### Scenario: ${text}\n- ${text}\n`,
      [`${dir}/spec.json`]: JSON.stringify({
        approvals: { tasks: { approved: false } },
        name: text,
      }),
      [`${approvals}/approval_1.json`]: JSON.stringify({ filePath: text, status: text }),
    },
  }
}

function specKit(tasks: string): HostileWorkspace {
  const candidate = feature('specs/001-a')
  return {
    dialect: 'spec-kit',
    candidate,
    files: {
      [candidate.tasks]: tasks,
      'specs/001-a/spec.md': '# Spec\n',
      'specs/001-a/plan.md': '# Plan\n',
    },
  }
}

function backlogFile(number: number, title: string, text: string): string {
  return `---
id: TASK-${number}
title: ${title}
status: To Do
created_date: '2026-01-01 08:00'
dependencies: [TASK-2]
---

## Description
<!-- SECTION:DESCRIPTION:BEGIN -->
${text}
<!-- SECTION:DESCRIPTION:END -->

## Acceptance Criteria ${text}
<!-- AC:BEGIN -->
- [ ] #1 ${text}
  ${text}
<!-- AC:END -->
- [ ] #2 ${text}

## Implementation Plan
${text}
`
}

function taskMaster(text: string): string {
  const task = {
    title: `Write ${text}`,
    description: text,
    details: text,
    testStrategy: text,
    acceptanceCriteria: [text],
    files: [text],
    dependencies: [text, 1],
  }
  const subtasks = [
    { id: text, ...task, status: text },
    { id: 2, ...task },
  ]
  return JSON.stringify({
    [text]: { tasks: [] },
    master: {
      tasks: [
        { id: 1, ...task, subtasks },
        { id: text, status: text },
      ],
    },
  })
}

function jsonPlan(text: string): string {
  const steps = [text, `POST /a ${text}`, `click ${text}`, `fill ${text}`, `type ${text}`]
  const more = [`see ${text}`, `GET /a → 200 ${text}`, `goto /${text}`, `set a with "${text}`]
  return JSON.stringify({
    title: text,
    status: 'APPROVED',
    tech_stack: [text],
    production_validation: {
      startup: text,
      health_check: text,
      endpoints: [text, `GET /a → 200 ${text}`, `POST /a ${text}`],
      user_flows: [{ name: text, steps: [...steps, ...more] }],
    },
    tasks: [
      {
        id: 1,
        name: `Write ${text}`,
        description: text,
        dod: [text, text],
        files: [text],
        category: text,
        passes: false,
      },
      { id: 2, name: text, description: `GET ${text}`, dependencies: [text, 1], passes: false },
    ],
  })
}
