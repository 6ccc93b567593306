import { statSync } from 'node:fs'
import path from 'node:path'
import type { Task } from '../../plan/plan.ts'
import { takeTree } from '../../store/tree.ts'
import { absolute, contain } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** Every file that the task names is there and is not empty; returns them. */
export async function refuseMissingFiles(context: Context, task: Task): Promise<string[]> {
  // What a task takes away is not there when it is done.
  const files = TAKES_AWAY.test(task.title) ? [] : task.files
  const unseen = files.filter(file => !isThere(context, file))
  const missing = unseen.length > 0 ? await withoutNamesakes(context, unseen) : []
  if (missing.length === 0) return task.files
  const [first] = missing
  const what = missing.length > 1 ? `${missing.length} files that it names, first ${first}` : first
  throw new Refusal(
    'file_missing',
    `${task.id} names ${what}, but ${missing.length > 1 ? 'they are' : 'it is'} missing or empty.`,
    `${task.id} was not taken as done. Write what is missing, then call the same step again; when the plan names the wrong file, a person corrects it, or waives the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}

const TAKES_AWAY = /\b(remove|delete|drop|move|rename|replace|retire)\b/i

/** A bare name means a file of that name wherever it lies. */
async function withoutNamesakes(context: Context, files: readonly string[]): Promise<string[]> {
  if (files.every(file => file.includes('/'))) return [...files]
  const tree = await takeTree(context.workspace)
  const namesakes = new Set(
    Object.keys(tree.files)
      .filter(file => isThere(context, file))
      .map(file => path.posix.basename(file)),
  )
  return files.filter(file => file.includes('/') || !namesakes.has(file))
}

function isThere(context: Context, file: string): boolean {
  const relative = contain(context.workspace, file)
  const stat = statSync(absolute(context.workspace, relative), { throwIfNoEntry: false })
  if (!stat) return false
  return stat.isDirectory() ? context.reader.list(relative).length > 0 : stat.size > 0
}
