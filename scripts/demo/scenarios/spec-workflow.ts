import { numberedScenario } from './numbered-list.ts'

/** Eggtimer, planned with spec-workflow: a human approves the plan first. */
export const specWorkflow = numberedScenario({
  example: 'spec-workflow',
  feature: 'spec-workflow~specs~cooking-times',
  approval: true,
  path: '.spec-workflow/specs/cooking-times/tasks.md',
  tasks: ['1', '1.1', '2'],
})
