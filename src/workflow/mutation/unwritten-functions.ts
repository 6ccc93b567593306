import { namedFunctions, plainlyCalled } from '../../plan/named-functions.ts'
import type { EventOf } from '../../evidence/event.ts'
import { isCode } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { wordsOf } from '../../plan/task-words.ts'
import type { Context } from '../context/context.ts'
import { readableText } from '../testing/readable-text.ts'
import { restoreTree } from '../testing/snapshots.ts'
import { namesIn, shortName } from './function-names.ts'
import type { ProvenChange } from './proven-change.ts'

/**
 * Functions that the words of a task name and that do nothing or only fail, and those that they write like a call, as in `push()`, and that
 * are in no code. Another name can be right, and so can a function that does nothing, so it is named, and not refused.
 *
 * @param stubs names of the functions of the task that do nothing or only fail
 */
export async function unwrittenFunctions(
  context: Context,
  { task, green }: ProvenChange,
  stubs: readonly string[],
): Promise<string[]> {
  const words = wordsOf(task)
  const named = namedFunctions(task)
  const empty = FAILURE.test(words) ? [] : stubs.map(shortName).filter(name => named.has(name))
  return [...new Set([...empty, ...(await missingFunctions(context, task, green))])]
}

/** Those of the named functions that no code mentions. */
async function missingFunctions(
  context: Context,
  task: Task,
  green: EventOf<'green'>,
): Promise<string[]> {
  const missing = new Set(plainlyCalled(task))
  if (missing.size === 0 || REMOVAL.test(wordsOf(task)) || !task.files.every(isCode)) return []
  const tree = await restoreTree(context, green)
  const files = Object.keys(tree?.files ?? {}).filter(isCode)
  if (!tree || files.length > MAX_FILES) return []
  for (const file of files) {
    if (missing.size === 0) break
    for (const name of namesIn(readableText(context, file))) missing.delete(name)
  }
  return [...missing]
}

const MAX_FILES = 2000

/** Then a function that only fails, or that does nothing, may be what the task asks for. */
const FAILURE =
  /\b(?:throws?|rais\w+|rejects?|errors?|fails?|failures?|refus\w+|panics?|abort\w*|unsupported|no-?op|stubs?|empty|placeholder|nothing|skeleton|interface)\b/i

/** Then a function may be gone. */
const REMOVAL =
  /\b(?:remov\w+|renam\w+|replac\w+|delet\w+|drop\w*|deprecat\w+|migrat\w+|mov(?:e|es|ed|ing)|inlin\w+|extract\w*|convert\w*)\b/i
