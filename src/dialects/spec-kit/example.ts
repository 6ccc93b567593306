import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function specKitExample({ title, source, test }: ExampleTask): ExamplePlan {
  return {
    'specs/001-slug/spec.md': `# Feature: Slugs

A title becomes the last part of an address.

## Acceptance

- "Hello World" becomes "hello-world".
- An empty title is rejected.
`,
    'specs/001-slug/plan.md': `# Plan: Slugs

One function in \`${source}\`, without dependencies.
`,
    'specs/001-slug/tasks.md': `# Tasks: Slugs

## Phase 1: Core

- [ ] T001 ${title} in ${source}, with tests in ${test}
- [ ] T002 Reject an empty title in ${source}, with tests in ${test}
`,
  }
}
