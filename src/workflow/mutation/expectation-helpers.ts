import path from 'node:path'
import type { CodeRemark } from '../../evidence/event-parts.ts'
import { changedLines } from '../../mutation/changed-lines.ts'
import type { ChangedFile } from '../../mutation/mutants.ts'
import { isCode } from '../../plan/file-role.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import { readableText } from '../testing/readable-text.ts'
import type { ProvenChange } from './proven-change.ts'
import { isNamed } from './function-names.ts'

/**
 * Files among the sources that assert something and that only tests name: helpers of tests in another place than usual. A change of them
 * changes what tests expect, which nobody sees from a run.
 */
export function expectationHelpers(
  context: Context,
  { testRunner }: ProvenChange,
  sources: readonly ChangedFile[],
  tree: Tree,
): CodeRemark[] {
  return sources
    .filter(({ before, after }) => ASSERTS.test(before ?? '') || ASSERTS.test(after))
    .filter(({ file }) => isUsedByTestsOnly(context, file, { testRunner, tree }))
    .map(({ file, before, after }) => {
      const { lines, gaps } = changedLines(before, after)
      const line = Math.min(...lines, ...gaps) + 1
      return { file, line, what: 'changes what tests expect, because only they use it' }
    })
}

/** A library of assertions, or an assertion of Python. */
const ASSERTS =
  /['"](?:node:)?(?:assert|power-assert|chai|should|expect)(?:\/strict)?['"]|^[ \t]+assert[ (]/m

function isUsedByTestsOnly(
  context: Context,
  file: string,
  { testRunner, tree }: Pick<ProvenChange, 'testRunner'> & { tree: Tree },
): boolean {
  const others = Object.keys(tree.files).filter(other => other !== file && isCode(other))
  if (others.length > MAX_FILES) return false
  const name = path.posix.basename(file).replace(/\.\w+$/, '')
  const users = others.filter(other => isNamed([readableText(context, other)], name))
  return users.length > 0 && users.every(other => isTestCode(testRunner, other))
}

const MAX_FILES = 2000
