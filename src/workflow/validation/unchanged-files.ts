import { isCode, isConfigurationFile } from '../../plan/file-role.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { movedFiles } from '../guards/moved.ts'
import { gateOf, type Gate } from './gate.ts'

/**
 * A validation says something about the files that were there from its beginning to its end. `start`: before the tests;
 * `tested`: before the application; `end`: after it. What an application writes, such as its data, is no such file.
 */
export function unchangedFilesGate(
  context: Context,
  trees: { start: Tree; tested: Tree; end: Tree },
): Gate[] {
  const { start, tested, end } = trees
  const moved = [
    ...movedFiles(context, undefined, { before: start, after: tested }),
    ...movedFiles(context, undefined, { before: tested, after: end }).filter(
      file => decides(file) && tested.files[file] !== undefined,
    ),
  ]
  if (moved.length === 0) return []
  const findings = [...new Set(moved)].map(file => `${file} changed while the validation ran`)
  return [gateOf('files', 'Not the same from beginning to end', { findings })]
}

/** Code, tests and configuration; what a build writes is none of them. */
function decides(file: string): boolean {
  return !BUILT.test(file) && (isCode(file) || isConfigurationFile(file) || isTestFile(file))
}

const BUILT = /(^|\/)(dist|build|out|target|coverage|public|\.next|\.output)\//
