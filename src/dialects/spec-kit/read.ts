import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Plan } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { longLineProblems, rowsOf } from '../markdown.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { featureDocuments, missingFeatureDocuments } from '../task-list/feature-documents.ts'
import { classified } from '../task-list/classified.ts'
import { parseTasks } from '../task-list/parse-tasks.ts'
import { planSource, refuseTooMany } from '../task-list/plan-source.ts'
import { planTitle } from '../task-list/plan-title.ts'
import { taskEntries } from '../task-list/task-entries.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { hookProblems } from './hooks.ts'
import { storyScenarios } from './story-scenarios.ts'

/** Reads the tasks.md of a feature and the documents beside it. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const path = candidate.tasks
  const source = planSource(reader, path, REMEDY)
  const rows = rowsOf(source)
  const entries = taskEntries(rows)
  const hidden = unclosedBlockProblem(source, rows, path)
  if (entries.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The file has no tasks. ${REMEDY}`,
    )
  refuseTooMany(path, entries.length)
  const { parsed, problems } = parseTasks(rows, entries, path)
  const { tasks, phases } = classified(parsed)
  const title = planTitle(rows) ?? candidate.id
  return {
    feature: { id: candidate.id, title, dialect: 'spec-kit', dir: candidate.dir },
    phases,
    tasks,
    documents: featureDocuments(reader, candidate),
    scenarios: storyScenarios(textOrEmpty(reader, `${candidate.dir}/spec.md`)),
    problems: [
      ...blockAllTasks(hidden, tasks),
      ...longLineProblems(rows, path),
      ...missingFeatureDocuments(reader, candidate),
      ...problems,
      ...dependencyProblems(tasks),
      ...hookProblems(reader),
    ],
  }
}

const REMEDY = 'Write the tasks as "- [ ] T001 …", or run /speckit.tasks.'
