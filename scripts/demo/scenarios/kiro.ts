import { numberedScenario } from './numbered-list.ts'

/** Eggtimer, planned with Kiro: sub-tasks tick their task, and an optional task stays open. */
export const kiro = numberedScenario({
  example: 'kiro',
  feature: 'kiro~specs~cooking-times',
  path: '.kiro/specs/cooking-times/tasks.md',
  tasks: ['1.1', '1.2', '2'],
})
