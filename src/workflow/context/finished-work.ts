import type { FinishedTaskWork } from '../../dialects/dialect.ts'
import type { Counts } from '../../evidence/outcome.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, loadTree } from '../../store/tree.ts'
import type { Context } from './context.ts'

/** What was witnessed of a finished task, read from the ledger: the same whenever it is asked. */
export function workOf(context: Context, task: Task): FinishedTaskWork {
  const { start, red, green, suite, done } = context.histories.get(task.id) ?? {}
  const seen = green ?? red
  const { created, modified } = filesBetween(context, start?.tree, done?.tree)
  const check =
    green && green.files && Object.keys(green.files).length === 0 ? checkOf(green) : undefined
  return {
    tests: (seen?.tests ?? []).map(({ id, file }) => ({ name: nameOf(id, file), file })),
    created,
    modified,
    ...(seen && seen.tests.length > 0 && { own: fraction(seen.counts) }),
    ...(suite && { all: fraction(suite.counts) }),
    ...(check !== undefined && { check }),
    ...(done?.refactor !== undefined && { refactor: done.refactor }),
  }
}

/** Every file that finished tasks created or changed. */
export function changedFiles(works: readonly { work: FinishedTaskWork }[]): string[] {
  const files = works.flatMap(({ work: { created, modified } }) => [...created, ...modified])
  return [...new Set(files)].toSorted()
}

function checkOf({ named, check }: { named: string[]; check?: string | undefined }): string {
  const files = named.length > 0 ? [`there is ${named.join(', ')}`] : []
  const command = check === undefined ? [] : [`the check ${check} passes`]
  return [...files, ...command].join('; ')
}

function fraction({ passed, failed, errored }: Counts): { passed: number; total: number } {
  return { passed, total: passed + failed + errored }
}

function nameOf(id: string, file: string): string {
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
  const own = new Set(plan.documents.map(({ path }) => path))
  const changed = changedPaths(before, after).filter(file => !own.has(file) && after.files[file])
  return {
    created: changed.filter(file => before.files[file] === undefined),
    modified: changed.filter(file => before.files[file] !== undefined),
  }
}
