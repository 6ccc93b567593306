import { decidesValidation } from '../../plan/file-role.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { movedFiles } from '../guards/moved.ts'
import { gateOf, type Gate } from './gate.ts'

/**
 * Fails if files changed during the validation. Files that the application writes, such as its data, do not count.
 *
 * @param trees `start`: before the tests; `tested`: after them, before the application; `end`: after the application
 */
export function unchangedFilesGate(
  context: Context,
  { start, tested, end }: { start: Tree; tested: Tree; end: Tree },
): Gate[] {
  const changed = [
    ...movedFiles(context, undefined, { before: start, after: tested }),
    ...movedFiles(context, undefined, { before: tested, after: end }).filter(
      file => decidesValidation(file) && tested.files[file] !== undefined,
    ),
  ]
  if (changed.length === 0) return []
  const findings = [...new Set(changed)].map(file => `${file} changed during the validation`)
  return [gateOf('files', 'files changed during the validation', { findings })]
}
