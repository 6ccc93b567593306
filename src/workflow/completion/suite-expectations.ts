import type { SuiteExpectations } from '../../evidence/suite.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import type { Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { loadTree } from '../../store/saved-trees.ts'
import type { Context } from '../context/context.ts'
import { testHash } from '../testing/inline-tests.ts'
import { findTestRunner } from '../testing/test-runner.ts'

/**
 * Which tests may fail (pending tests, and the new tests of other tasks in progress), and which must not be missing. Other tasks may be
 * started, or get their RED, while the suite runs: `later` is the context after it.
 */
export function expectationsFor(
  context: Context,
  task: Task | undefined,
  later: Context,
): SuiteExpectations {
  const contexts = [context, later]
  return {
    pending: context.pendingTests,
    inProgress: new Set(contexts.flatMap(context => redTestsOfOthers(context, task))),
    startedFiles: new Set(contexts.flatMap(context => startedTestFiles(context, task))),
    baseline: new Set(
      context.ledger.events.flatMap(event => (event.kind === 'baseline' ? event.failing : [])),
    ),
    proven: provenTests(context.ledger.events),
    hash: file => testHash(context, findTestRunner(context, file), file) ?? 'absent',
  }
}

/**
 * Ids of red tests of other tasks. A test file that is older than its task is not included: it may have passed before, and then its failure
 * is a regression.
 */
function redTestsOfOthers({ histories, state }: Context, task: Task | undefined): string[] {
  const others = [...histories].filter(([id, { stage }]) => id !== task?.id && stage === 'red')
  return others.flatMap(([, { start, red }]) => {
    const atStart = start && loadTree(state, start.tree)
    const isNew = (file: string) => atStart && atStart.files[file] === undefined
    const failed = red?.tests?.filter(test => isNew(test.file) && test.outcome === 'failed') ?? []
    return failed.map(test => test.id)
  })
}

/** Test files that other tasks name and that somebody is writing: the tasks are started and have no RED yet. */
function startedTestFiles(context: Context, task: Task | undefined): string[] {
  const { plan, state, histories, leases } = context
  return plan.tasks.flatMap(({ id, files }) => {
    const { stage, start } = histories.get(id) ?? {}
    if (id === task?.id || stage !== 'todo' || !start || !leases.has(id)) return []
    const atStart = loadTree(state, start.tree)
    return files.filter(
      file => isTestFile(file) && atStart?.files[file] === undefined && !task?.files.includes(file),
    )
  })
}
