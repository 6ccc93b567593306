import type { ExamplePlan, ExampleTask } from '../dialect.ts'

export function backlogExample({ title, source, test }: ExampleTask): ExamplePlan {
  return {
    'backlog/config.yml': `project_name: "Slugs"
default_status: "To Do"
statuses: ["To Do", "In Progress", "Done"]
labels: []
date_format: yyyy-mm-dd
task_prefix: "task"
`,
    'backlog/tasks/task-1 - Slug.md': taskFile(1, title, [], {
      description: `A title becomes the last part of an address: one function in ${source}, with tests in ${test}.`,
      criterion: '"Hello World" becomes "hello-world"',
    }),
    'backlog/tasks/task-2 - Empty-title.md': taskFile(2, 'Reject an empty title', ['TASK-1'], {
      description: `An empty title is an error, in ${source} with tests in ${test}.`,
      criterion: 'An empty title is rejected',
    }),
  }
}

function taskFile(
  number: number,
  title: string,
  dependencies: readonly string[],
  { description, criterion }: { description: string; criterion: string },
): string {
  const list =
    dependencies.length === 0
      ? 'dependencies: []'
      : ['dependencies:', ...dependencies.map(id => `  - ${id}`)].join('\n')
  return `---
id: TASK-${number}
title: ${title}
status: To Do
assignee: []
created_date: '2026-01-01 08:00'
labels: []
${list}
ordinal: ${number * 1000}
---

## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
${description}
<!-- SECTION:DESCRIPTION:END -->

## Acceptance Criteria
<!-- AC:BEGIN -->
- [ ] #1 ${criterion}
<!-- AC:END -->
`
}
