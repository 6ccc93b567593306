import path from 'node:path'
import type { Outcome } from '../../evidence/outcome.ts'
import { isCode } from '../../plan/file-role.ts'
import { formatList } from '../../plan/format-list.ts'
import { loadedModules, missingModules } from './loaded-modules.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'
import { readableText } from './readable-text.ts'

interface Failed {
  testRunner: TestRunner
  /** The test files that ran. */
  files: readonly string[]
  outcome: Pick<Outcome, 'tests' | 'loadErrors'>
  /** The files before the code was written. */
  before: Tree | undefined
}

/**
 * A sentence if the code seems to be in another file than the one that the tests load: a new file has the name of one that they do
 * not find, or of one that has not changed. Empty if not.
 */
export async function otherPathHint(context: Context, failed: Failed): Promise<string> {
  const { testRunner, before } = failed
  if (!before) return ''
  const now = await takeTree(context.workspace)
  const written = changedPaths(before, now).filter(
    file => now.files[file] !== undefined && isCode(file) && !testRunner.isTest(file),
  )
  if (written.length === 0) return ''
  const missing = missingModules(failed.outcome, context.workspace.root)
  for (const { from, module } of missing) {
    const others = namesakes(module, written)
    if (others.length > 0)
      return `${from} does not find ${module}, and ${formatList(others, 3)} ${others.length === 1 ? 'is' : 'are'} new: put the code where the test loads it.`
  }
  return unchangedModule(context, failed, now, written)
}

/** The hint for a module that the tests find, such as an empty stub, while a file of the same name was written elsewhere. */
function unchangedModule(
  context: Context,
  { files, outcome, before }: Failed,
  now: Tree,
  written: readonly string[],
): string {
  const failing = new Set(
    outcome.tests.flatMap(test => (test.outcome === 'failed' ? test.file : [])),
  )
  for (const from of files.filter(file => failing.has(file)))
    for (const loaded of loadedModules(from, readableText(context, from), Object.keys(now.files))) {
      const isUnchanged = before?.files[loaded] === now.files[loaded]
      const others = isUnchanged ? namesakes(loaded, written) : []
      if (others.length > 0)
        return `${from} loads ${loaded}, which has not changed, but ${formatList(others, 3)} ${others.length === 1 ? 'was' : 'were'} written: put the code where the test loads it.`
    }
  return ''
}

function namesakes(module: string, written: readonly string[]): string[] {
  const name = stemOf(module)
  return written.filter(file => file !== module && stemOf(file) === name)
}

function stemOf(file: string): string {
  const { name, dir } = path.posix.parse(file)
  return name === 'index' || name === '__init__' ? path.posix.basename(dir) : name
}
