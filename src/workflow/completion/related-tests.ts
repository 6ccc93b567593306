import path from 'node:path'
import { lastEvent } from '../../evidence/event.ts'
import { judgeSuite } from '../../evidence/suite.ts'
import { isCode } from '../../plan/file-role.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { usesIn } from '../../runner/test-script/package-script.ts'
import { selectsTests } from '../../runner/test-script/test-selection.ts'
import { changedPaths, takeTree } from '../../store/tree.ts'
import { toSlashes } from '../../store/workspace.ts'
import { runBaseline } from '../checkout/baseline.ts'
import type { Context } from '../context/context.ts'
import { reloadFiles } from '../context/reload-context.ts'
import { Refusal, type Block } from '../context/refusal.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { restoreTree } from '../testing/snapshots.ts'
import { runRelatedAt } from '../testing/test-run.ts'
import { outputOf } from '../testing/verdict-refusal.ts'
import { expectationsFor } from './suite-expectations.ts'
import { recordSuite } from './record-suite.ts'

/** If the full suite took less time, related tests are not run first. */
const LONG_SUITE_MS = 30_000

/** The related tests may take at most this share of the time of the full suite. */
const MAX_SHARE = 0.25

/**
 * If the full suite takes long, runs the tests that load what the task changed before it. Refuses if one fails that should pass; every
 * other result is left to the full suite.
 */
export async function passRelated(
  context: Context,
  task: Task,
  testRunner: TestRunner,
): Promise<void> {
  const { events } = context.ledger
  const durationMs = lastEvent(events, 'suite', ({ ran }) => ran === 'full')?.run.durationMs ?? 0
  if (durationMs < LONG_SUITE_MS || !mayFindRelated(testRunner)) return
  const before = await takeTree(context.workspace)
  const related = await changedSources(context, task, testRunner, before)
  if (related.length === 0) return
  context.call.note('running the tests that load what the task changed')
  const { root } = context.workspace
  const timeoutMs = Math.round(durationMs * MAX_SHARE)
  const result = await runRelatedAt(context, testRunner, root, { related, timeoutMs })
  const after = await takeTree(context.workspace)
  if (changedPaths(before, after).length > 0) return
  const expectations = expectationsFor(context, task, reloadFiles(context))
  // The other tests are not missing, because they were not requested.
  const verdict = judgeSuite(result.outcome, { ...expectations, proven: new Map() })
  if ('proves' in verdict || verdict.failing.length === 0) return
  const { outcome } = result
  const known = new Set(
    await runBaseline(context, testRunner, { outcome, failing: verdict.failing }),
  )
  const failing = verdict.failing.filter(id => !known.has(id))
  if (failing.length === 0) return
  await recordSuite(
    context,
    task,
    'related',
    { ...verdict, failing },
    { ...result, after, moved: [] },
  )
  throw relatedFails(context, task, { failing, durationMs, output: outputOf(context, result.run) })
}

/** A script that selects tests has a suite that is smaller than what the runner finds, and Jest looks for related tests in all of them. */
function mayFindRelated({ framework, package: own }: TestRunner): boolean {
  const uses = usesIn(own.folder, framework.name)
  return framework.findsRelated === true && uses.length < 2 && !uses.some(selectsTests)
}

/** Code of the package that changed since the task was started, and that exists. */
async function changedSources(
  context: Context,
  task: Task,
  { package: own }: TestRunner,
  now: Awaited<ReturnType<typeof takeTree>>,
): Promise<string[]> {
  const start = context.histories.get(task.id)?.start
  const before = start && (await restoreTree(context, start))
  if (!before) return []
  const folder = toSlashes(path.relative(context.workspace.root, own.folder))
  const isOwn = (file: string) => folder === '' || file.startsWith(`${folder}/`)
  return changedPaths(before, now).filter(
    file => now.files[file] !== undefined && isCode(file) && !isTestFile(file) && isOwn(file),
  )
}

const MAX_LISTED = 3

function relatedFails(
  context: Context,
  { id }: Task,
  { failing, durationMs, output }: { failing: string[]; durationMs: number; output: Block },
): Refusal {
  const names = formatList(
    failing.map(test => `"${test}"`),
    MAX_LISTED,
  )
  return new Refusal(
    'suite_fails',
    `${countOf(failing.length, 'failure')} in the tests that load what ${id} changed: ${names}. The full suite was not run, because it takes ${Math.round(durationMs / 1000)} s.`,
    `${id} was not marked.`,
    `Fix the code, then ${context.call.frontend.describeStep('mark_complete', { task: id })} again.`,
    output,
  )
}
