import type { Dialect } from '../dialect.ts'
import { finishNumbered, reopenNumbered, startNumbered } from '../numbered-list/marking.ts'
import { featuresAt } from '../numbered-list/place.ts'
import { approvalOf } from './approvals.ts'
import { kiroExample } from './example.ts'
import { PLACE, readPlan } from './read.ts'

/** The dialect of Kiro and of cc-sdd, which writes the same folder: `.kiro/specs/name/tasks.md` with `- [ ] 1.2 …`. */
export const kiro: Dialect = {
  name: 'kiro',
  title: 'Kiro',
  folders: /\.kiro\/specs/,
  planFiles: ['**/.kiro/specs/**/tasks.md'],
  example: kiroExample,
  requires: [
    { name: 'requirements', remedy: 'in Kiro, or with /kiro-spec-requirements of cc-sdd' },
    { name: 'design', remedy: 'in Kiro, or with /kiro-spec-design of cc-sdd' },
  ],
  ...featuresAt({
    noun: 'feature',
    place: PLACE,
    remedy: 'Let Kiro write the tasks first, or run /kiro-spec-tasks of cc-sdd.',
  }),
  read: readPlan,
  readiness: (reader, plan) => approvalOf(reader, plan.feature.dir),
  // cc-sdd knows no mark for a task in progress.
  start: (reader, plan, task) =>
    reader.exists(`${plan.feature.dir}/spec.json`) ? [] : startNumbered(task),
  finish: (_reader, plan, task) => finishNumbered(plan, task),
  reopen: reopenNumbered,
}
