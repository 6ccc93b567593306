import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function openspecExample({ title, source, test }: ExampleTask): ExamplePlan {
  const dir = 'openspec/changes/add-slugs'
  return {
    [`${dir}/proposal.md`]: `## Why

A title becomes the last part of an address.

## What Changes

- One function in \`${source}\`, without dependencies.
`,
    [`${dir}/specs/slugs/spec.md`]: `## ADDED Requirements

### Requirement: Slugs

The system SHALL convert a title to a slug.

#### Scenario: Title in lower case with dashes

- **WHEN** the title is "Hello World"
- **THEN** the slug is "hello-world"

#### Scenario: Empty title

- **WHEN** the title is empty
- **THEN** it is rejected
`,
    [`${dir}/tasks.md`]: `## 1. Core

- [ ] 1.1 ${title} in ${source}, with tests in ${test}
- [ ] 1.2 Reject an empty title in ${source}, with tests in ${test}
`,
  }
}
