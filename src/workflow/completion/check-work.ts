import type { Reverified } from '../../evidence/event-parts.ts'
import type { CheckConfiguration } from '../../evidence/check-configuration.ts'
import type { CheckKind } from '../../runner/known-checks.ts'
import { takeTree } from '../../store/tree.ts'
import { saveTree, loadTree } from '../../store/saved-trees.ts'
import type { Context } from '../context/context.ts'
import { suiteOfRefactoring } from './suite-result.ts'
import { requireLintAndTypes, type PassedCheck } from './lint-and-types.ts'
import { refuseLoosenedConfiguration } from './loosened-configuration.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { refuseMoved } from '../guards/moved.ts'
import type { SuiteResult } from './suite.ts'
import { changedCode, refuseUntestedChange } from './untested-change.ts'
import { refuseBrokenTests, refuseWeakenedTests } from './weakened-tests.ts'
import { refuseWeakTests } from './weak-tests.ts'
import { testRunnerOf, findTestRunner } from '../testing/test-runner.ts'
import { currentCheckConfiguration } from '../testing/check-configuration.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { suiteOfTask } from './task-suite.ts'

interface CheckedWork {
  suite?: SuiteResult
  accepted: Partial<Record<CheckKind, PassedCheck>>
  reverified: Reverified[]
  judges: CheckConfiguration
  tree: string
}

/**
 * Checks that linter and type checker accept the work, that no test was weakened, that the suite passes, that each change has a test, and
 * that no file changed meanwhile.
 */
export async function checkWork(context: Context, started: StartedTask): Promise<CheckedWork> {
  const { task, status } = started
  const proof = status.history.green ?? status.history.red
  const testRunner =
    proof && Object.keys(proof.files).length > 0 ? testRunnerOf(context, proof) : undefined
  // Fast checks run first, and before the suite, because full runs are limited.
  const accepted = await requireLintAndTypes(context, started)
  await refuseLoosenedConfiguration(context, task)
  await refuseWeakTests(context, started)
  const reverified = await refuseWeakenedTests(context, task)
  const forSuite = await suiteRunner(context, started, testRunner)
  const suite = forSuite
    ? await suiteOfTask(context, started, forSuite)
    : suiteOfRefactoring(status.history.green)
  // Runs after the suite, because the suite reports deleted tests of earlier tasks.
  await refuseBrokenTests(context, started)
  const after = await takeTree(context.workspace)
  await refuseUntestedChange(context, started, after)
  saveTree(context.state, after)
  if (suite) {
    const before = loadTree(context.state, suite.tree)
    if (!before) throw new Error('The tree of the suite that just ran is missing.')
    refuseMoved(context, task, { before, after })
  }
  const judges = await currentCheckConfiguration(context, after)
  return { ...(suite && { suite }), accepted, reverified, judges, tree: after.hash }
}

/** The test runner for the suite, if the task may have broken tests: it builds something, or it changed code and there are tests. */
async function suiteRunner(
  context: Context,
  started: StartedTask,
  own: TestRunner | undefined,
): Promise<TestRunner | undefined> {
  const { kind } = started.task
  // The GREEN of a refactoring is a full suite on these files.
  if (kind === 'refactor') return undefined
  if (kind === 'build' || kind === 'cover') return own
  const now = await takeTree(context.workspace)
  if ((await changedCode(context, started, now)).length === 0) return undefined
  const testRunner = findTestRunner(context)
  const hasTests = Object.keys(now.files).some(file => testRunner?.isTest(file))
  return hasTests ? testRunner : undefined
}
