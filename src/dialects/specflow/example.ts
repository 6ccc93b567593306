import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function specflowExample({ title, source, test }: ExampleTask): ExamplePlan {
  const folder = '.specify/specs/f-1-slugs'
  return {
    '.maestro/CURRENT_FEATURE.md': `# Current Feature

- **Feature ID:** F-1
- **Feature Name:** Slugs
- **Phase:** tasks
`,
    [`${folder}/spec.md`]: '# Slugs\n\nA title becomes the last part of an address.\n',
    [`${folder}/plan.md`]: `# Plan\n\nOne function in \`${source}\`, without dependencies.\n`,
    [`${folder}/tasks.md`]: `---
feature: "Slugs"
plan: "./plan.md"
status: "pending"
total_tasks: 2
completed: 0
---

# Tasks: Slugs

### Group 1: Core

- [ ] **T-1.1** ${title} [T]
  - File: \`${source}\`
  - Test: \`${test}\`
  - Acceptance: "Hello World" becomes "hello-world"

- [ ] **T-1.2** Reject an empty title [T] (depends: T-1.1)
  - File: \`${source}\`
  - Test: \`${test}\`
`,
  }
}
