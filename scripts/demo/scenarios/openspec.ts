import { numberedScenario } from './numbered-list.ts'

/** Eggtimer, planned with OpenSpec: the scenarios of the spec deltas are the acceptance criteria. */
export const openspec = numberedScenario({
  example: 'openspec',
  feature: 'openspec~changes~add-cooking-times',
  path: 'openspec/changes/add-cooking-times/tasks.md',
  tasks: ['1.1', '1.2', '2.1'],
})
