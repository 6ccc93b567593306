import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function bmadExample({ title, source, test }: ExampleTask): ExamplePlan {
  const dir = '_bmad-output/implementation-artifacts'
  return {
    [`${dir}/sprint-status.yaml`]: `generated: 01-01-2026 08:00
last_updated: 01-01-2026 08:00
project: Slugs
tracking_system: file-system
story_location: "{project-root}/${dir}"

development_status:
  epic-1: backlog
  1-1-slugs: ready-for-dev
  epic-1-retrospective: optional
`,
    [`${dir}/1-1-slugs.md`]: `# Story 1.1: Slugs

Status: ready-for-dev

## Story

As an author,
I want a title to become the last part of an address,
so that links can be read.

## Acceptance Criteria

1. "Hello World" becomes "hello-world".
2. An empty title is rejected.

## Tasks / Subtasks

- [ ] Task 1: ${title} (AC: #1)
  - [ ] One function in ${source}, with tests in ${test}
- [ ] Task 2: Reject an empty title (AC: #2)
  - [ ] In ${source}, with tests in ${test}

## Dev Notes

- No dependencies.
`,
  }
}
