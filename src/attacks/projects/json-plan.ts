import type { Files } from './project.ts'

export const JSON_PLAN = 'docs/plans/2026-05-04-register.json'

/** A project with an approved JSON plan of one task that names a file and needs no test. */
export function jsonPlanProject(more: Files = {}): Files {
  const task = {
    id: 1,
    name: 'Document the whole register',
    description: 'What a register is, and how it counts.',
    dependencies: [],
    dod: ['notes.txt separates them'],
    files: ['notes.txt'],
    passes: false,
  }
  const plan = { title: 'Register', status: 'APPROVED', description: 'Finds.', tasks: [task] }
  return { [JSON_PLAN]: `${JSON.stringify(plan, undefined, 2)}\n`, ...more }
}
