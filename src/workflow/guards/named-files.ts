import { statSync } from 'node:fs'
import path from 'node:path'
import type { Task } from '../../plan/plan.ts'
import { takeTree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** Returns the files that the task names. Refuses if one of them is missing or empty. */
export async function refuseMissingFiles(context: Context, task: Task): Promise<string[]> {
  // A file that the task removes is missing when the task is done.
  const files = REMOVES.test(task.title) ? [] : task.files
  const absent = files.filter(file => !isPresent(context, file))
  const missing = absent.length > 0 ? await withoutNamesakes(context, absent) : []
  const [first] = missing
  if (first === undefined) return task.files
  throw new Refusal(
    'file_missing',
    missing.length > 1
      ? `${task.id} names ${missing.length} files that are missing or empty, first ${first}.`
      : `${task.id} names ${first}, which is missing or empty.`,
    `Nothing was recorded. Write what is missing and call the tool again. If the plan names the wrong file, ask a human to correct it or to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}

const REMOVES = /\b(remove|delete|drop|move|rename|replace|retire)\b/i

/** A name without a folder matches a file of that name in any folder. */
async function withoutNamesakes(context: Context, files: readonly string[]): Promise<string[]> {
  if (files.every(file => file.includes('/'))) return [...files]
  const tree = await takeTree(context.workspace)
  const namesakes = new Set(
    Object.keys(tree.files)
      .filter(file => isPresent(context, file))
      .map(file => path.posix.basename(file)),
  )
  return files.filter(file => file.includes('/') || !namesakes.has(file))
}

/** True for a file with content and for a folder with entries. */
function isPresent(context: Context, file: string): boolean {
  const relative = contain(context.workspace, file)
  const stat = statSync(absolute(context.workspace, relative), { throwIfNoEntry: false })
  if (!stat) return false
  return stat.isDirectory() ? context.reader.list(relative).length > 0 : stat.size > 0
}
