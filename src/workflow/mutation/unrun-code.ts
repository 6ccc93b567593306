import path from 'node:path'
import { onlyReads } from '../../mutation/reading-tests.ts'
import { isCode, isConfigurationFile, isDocument, isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { wordsOf } from '../../plan/task-words.ts'
import type { Context } from '../context/context.ts'
import { ownChanges } from '../guards/moved.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import { readableText } from '../testing/readable-text.ts'
import { restoreTree } from '../testing/snapshots.ts'
import type { ChangedCode } from './changed-code.ts'
import type { ProvenChange } from './proven-change.ts'
import { passesWithout, type MutantRuns } from './try-mutants.ts'

/**
 * The code of a task, if its tests certainly run none of it: their text shows that they only read files, they pass without any of the
 * code, and what else the task changed is a manifest or a document that its words do not ask for. Tests of built output read what
 * the code wrote, which is another file.
 */
export async function unrunCode(
  context: Context,
  change: ProvenChange,
  { texts }: Pick<ChangedCode, 'texts'>,
  run: MutantRuns['run'],
): Promise<string[]> {
  if (!onlyRead(context, change)) return []
  if (!(await isBesideTheTask(context, change, texts))) return []
  for (const file of texts.keys()) if (!(await passesWithout(file, run))) return []
  return [...texts.keys()]
}

/**
 * The code that a task is about, if the task changed none of it and its tests only read files: what passes then is a manifest or a document
 * that its words do not ask for. Only a task of which the words say that the work is in a file, as in "size in src/stack.js", is plainly about it.
 */
export async function untouchedCode(context: Context, change: ProvenChange): Promise<string[]> {
  const { files, title } = change.task
  const code = files.filter(file => isCode(file) && isSource(file))
  const isInFile = code.some(file => title.includes(` in ${file}`))
  if (!isInFile || !onlyRead(context, change)) return []
  const changed = await otherChanges(context, change)
  const isBeside = changed?.every(file => isManifest(file) && !isNamed(change.task, file))
  return isBeside ? code : []
}

function onlyRead(context: Context, { green }: ProvenChange): boolean {
  return Object.keys(green.files).every(file => onlyReads(file, readableText(context, file)))
}

/** Did the task change nothing else that its tests may rightly be about? */
async function isBesideTheTask(
  context: Context,
  change: ProvenChange,
  texts: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { task } = change
  const others = (await otherChanges(context, change))?.filter(file => !texts.has(file))
  if (!others || others.length === 0) return others !== undefined
  const isAboutCode = task.files.some(file => texts.has(file))
  return isAboutCode && others.every(file => isManifest(file) && !isNamed(task, file))
}

/** What the task changed besides tests; `undefined` if that is not known. */
async function otherChanges(
  context: Context,
  { task, testRunner, before, green }: ProvenChange,
): Promise<string[] | undefined> {
  const [from, to] = [await restoreTree(context, before), await restoreTree(context, green)]
  if (!from || !to) return undefined
  return ownChanges(context, task, from, to).filter(file => !isTestCode(testRunner, file))
}

function isManifest(file: string): boolean {
  return isDocument(file) || isConfigurationFile(file)
}

/** Do the words of the task ask for this file, with or without its extension? */
function isNamed(task: Task, file: string): boolean {
  const [name = ''] = path.posix.basename(file).replace(/^\./, '').split('.')
  return wordsOf(task).toLowerCase().includes(name.toLowerCase())
}
