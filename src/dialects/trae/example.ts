import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function traeExample({ title, source, test }: ExampleTask): ExamplePlan {
  const dir = '.trae/specs/slugs'
  return {
    [`${dir}/spec.md`]: `# Slugs Spec

## Why
A title becomes the last part of an address.

## ADDED Requirements
### Requirement: Slugs
The system SHALL make a slug of a title.

#### Scenario: Two words
- **WHEN** the title is "Hello World"
- **THEN** the slug is "hello-world"
`,
    [`${dir}/tasks.md`]: `# Tasks

- [ ] Task 1: ${title} in ${source}
  - [ ] SubTask 1.1: Write tests in ${test}
  - [ ] SubTask 1.2: Make them pass
- [ ] Task 2: Reject an empty title in ${source}

# Task Dependencies

- Task 2 depends on Task 1
`,
    [`${dir}/checklist.md`]: `# Checklist

- [ ] "Hello World" becomes "hello-world"
- [ ] An empty title is rejected
`,
  }
}
