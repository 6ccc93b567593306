import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function specWorkflowExample({ title, source, test }: ExampleTask): ExamplePlan {
  const dir = '.spec-workflow/specs/slugs'
  return {
    [`${dir}/requirements.md`]: `# Requirements Document

### Requirement 1

**User Story:** As an author, I want a title to become the last part of an address.

#### Acceptance Criteria

1. WHEN the title is "Hello World" THEN the slug SHALL be "hello-world".
2. IF the title is empty THEN the function SHALL reject it.
`,
    [`${dir}/design.md`]: `# Design Document

One function in \`${source}\`, without dependencies.
`,
    [`${dir}/tasks.md`]: `# Tasks Document

- [ ] 1. ${title} in ${source}
  - File: ${source}, ${test}
  - _Requirements: 1.1_
- [ ] 2. Reject an empty title in ${source}
  - File: ${source}, ${test}
  - _Requirements: 1.2_
`,
  }
}
