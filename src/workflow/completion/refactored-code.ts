import type { Refactoring } from '../../evidence/event-parts.ts'
import { isCode } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { withoutComments } from '../../plan/without-comments.ts'
import { changedLines, newNames, withoutMovedLines } from '../../plan/code-changes.ts'
import { readBytes } from '../../store/read-file.ts'
import type { Tree } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { ownChanges } from '../guards/moved.ts'
import { isTestCode } from '../testing/inline-tests.ts'
import { textInSnapshot } from '../testing/snapshots.ts'
import type { TestRunner } from '../testing/package-runner.ts'

/**
 * The code that a refactoring changed, with the number of its lines. New names that no test and no other code mentions are named:
 * no earlier test can have reached them.
 */
export async function refactoredCode(
  context: Context,
  testRunner: TestRunner,
  { task, start }: Pick<StartedTask, 'task' | 'start'>,
  { before, now }: { before: Tree; now: Tree },
): Promise<Refactoring['code']> {
  const changed = codeIn(context, testRunner, task, { before, now })
  const all = Object.keys(now.files).filter(isCode)
  const texts = all.length > MAX_FILES ? [] : all.map(file => textOf(context, file))
  const changes = []
  for (const file of changed) {
    const earlier = withoutNotes(file, (await textInSnapshot(context, start, file)) ?? '')
    const current = withoutNotes(file, textOf(context, file))
    changes.push({ file, earlier, ...changedLines(earlier, current) })
  }
  return withoutMovedLines(changes).map(({ file, earlier, added, removed }) => {
    const unseen = newNames(earlier, added).filter(name => mentions(texts, name) === 1)
    return {
      file,
      added: added.length,
      removed: removed.length,
      ...(unseen.length > 0 && { unseen: unseen.slice(0, MAX_NAMES) }),
    }
  })
}

function codeIn(
  context: Context,
  testRunner: TestRunner,
  task: Task,
  { before, now }: { before: Tree; now: Tree },
): string[] {
  return ownChanges(context, task, before, now)
    .filter(file => isCode(file) && !isTestCode(testRunner, file))
    .slice(0, MAX_NAMES)
}

function textOf({ workspace }: Context, file: string): string {
  return readBytes(absolute(workspace, file))?.toString('utf8') ?? ''
}

function withoutNotes(file: string, text: string): string {
  return withoutComments(file, text) ?? text
}

function mentions(texts: readonly string[], name: string): number {
  const word = new RegExp(
    String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`,
    'g',
  )
  return texts.reduce((sum, text) => sum + [...text.matchAll(word)].length, 0)
}

const MAX_FILES = 2000
const MAX_NAMES = 50
