import type { ChangedFile } from '../../mutation/mutants.ts'
import { isCode, isSource } from '../../plan/file-role.ts'
import { isToolOutput } from '../../plan/tool-output.ts'
import type { Context } from '../context/context.ts'
import { ownChanges } from '../guards/moved.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import { restoreTree, textInSnapshot } from '../testing/snapshots.ts'
import { markedFiles } from './marked-files.ts'
import type { ProvenChange } from './proven-change.ts'

/** The code that a task wrote or changed, without tests and generated files; `undefined` if git does not have one of the versions. */
export async function changedSources(
  context: Context,
  { task, testRunner, before: earlier, green }: ProvenChange,
): Promise<ChangedFile[] | undefined> {
  const [from, to] = [await restoreTree(context, earlier), await restoreTree(context, green)]
  if (!from || !to || earlier.snapshot === undefined || green.snapshot === undefined)
    return undefined
  const files = ownChanges(context, task, from, to).filter(
    file =>
      to.files[file] !== undefined &&
      isCode(file) &&
      isSource(file) &&
      !isTestCode(testRunner, file) &&
      !isToolOutput(file),
  )
  const before = await markedFiles(context, earlier, files)
  const now = await markedFiles(context, green, files)
  const changed: ChangedFile[] = []
  for (const file of files) {
    const after = await textInSnapshot(context, green, file)
    if (after === undefined) continue
    const text =
      from.files[file] === undefined ? undefined : await textInSnapshot(context, earlier, file)
    const marked = before.has(file) ? 'before' : now.has(file) ? 'now' : undefined
    changed.push({ file, before: text, after, isCovered: task.kind === 'cover', marked })
  }
  return changed
}
