import type { FinishedTaskWork } from '../../dialects/dialect.ts'
import type { Counts } from '../../evidence/outcome.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths } from '../../store/tree.ts'
import { loadTree } from '../../store/saved-trees.ts'
import type { Context } from './context.ts'

/** What the ledger says about a finished task. The result is the same at any later time. */
export function workOf(context: Context, task: Task): FinishedTaskWork {
  const { start, red, green, suite, done } = context.histories.get(task.id) ?? {}
  const run = green ?? red
  const { created, modified } = filesBetween(context, start?.tree, done?.tree)
  const check =
    green && green.files && Object.keys(green.files).length === 0 ? describeCheck(green) : undefined
  return {
    tests: (run?.tests ?? []).map(({ id, file }) => ({ name: testName(id, file), file })),
    created,
    modified,
    ...(run && run.tests.length > 0 && { own: passedOfTotal(run.counts) }),
    ...(suite && { all: passedOfTotal(suite.counts) }),
    ...(check !== undefined && { check }),
    ...(done?.refactor !== undefined && { refactor: done.refactor }),
  }
}

/** Every file that finished tasks created or changed, sorted. */
export function changedFiles(works: readonly { work: FinishedTaskWork }[]): string[] {
  const files = works.flatMap(({ work: { created, modified } }) => [...created, ...modified])
  return [...new Set(files)].toSorted()
}

function describeCheck({ named, check }: { named: string[]; check?: string | undefined }): string {
  const files = named.length > 0 ? [`there is ${named.join(', ')}`] : []
  const command = check === undefined ? [] : [`the check ${check} passes`]
  return [...files, ...command].join('; ')
}

function passedOfTotal({ passed, failed, errored }: Counts): { passed: number; total: number } {
  return { passed, total: passed + failed + errored }
}

function testName(id: string, file: string): string {
  return id.startsWith(`${file} > `) ? id.slice(file.length + 3) : id
}

function filesBetween(
  { state, plan }: Context,
  from: string | undefined,
  to: string | undefined,
): { created: string[]; modified: string[] } {
  const before = from === undefined ? undefined : loadTree(state, from)
  const after = to === undefined ? undefined : loadTree(state, to)
  if (!before || !after) return { created: [], modified: [] }
  const documents = new Set(plan.documents.map(({ path }) => path))
  const changed = changedPaths(before, after).filter(
    file => !documents.has(file) && after.files[file],
  )
  return {
    created: changed.filter(file => before.files[file] === undefined),
    modified: changed.filter(file => before.files[file] !== undefined),
  }
}
