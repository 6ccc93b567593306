import path from 'node:path'
import type { CodeRemark } from '../../evidence/event-parts.ts'
import { changedLines } from '../../mutation/changed-lines.ts'
import type { ChangedFile } from '../../mutation/mutants.ts'
import { testAwareLines } from '../../mutation/test-aware.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { wordsOf } from '../../plan/task-words.ts'
import type { Context } from '../context/context.ts'
import { restoreTree } from '../testing/snapshots.ts'
import { expectationHelpers } from './expectation-helpers.ts'
import type { ProvenChange } from './proven-change.ts'

/**
 * Lines of the code of a task that know of its tests, up to a limit. Code that is written for tests, such as a helper, may; so may a task
 * that asks for it.
 */
export async function testAwareCode(
  context: Context,
  change: ProvenChange,
  sources: readonly ChangedFile[],
): Promise<CodeRemark[]> {
  if (ASKED.test(wordsOf(change.task))) return []
  const tree = await restoreTree(context, change.green)
  if (!tree) return []
  const isTest = (file: string) =>
    Object.hasOwn(tree.files, file) && (isTestFile(file) || isTestSupport(file))
  const own = sources.filter(({ file }) => !FOR_TESTS.test(file))
  const lines = own.flatMap(({ file, before, after }) => {
    const testFileAt = (name: string) => placesOf(file, name).find(isTest)
    const { lines } = changedLines(before, after)
    return testAwareLines(file, after, lines, testFileAt).map(line => ({ file, ...line }))
  })
  return [...lines, ...expectationHelpers(context, change, own, tree)].slice(0, MAX_LINES)
}

const MAX_LINES = 5

/** Words of a task about what happens in tests. */
const ASKED =
  /\b(?:test|testing) (?:modes?|environments?|runners?|doubles?|helpers?|util\w*|data)\b|\bNODE_ENV\b|\b(?:in|during|under|for) tests?\b|\b(?:mocks?|fakes?|fixtures?|matchers?|plugin)\b/i

/** Code for tests outside their folders. */
const FOR_TESTS =
  /(?:^|[/._-])(?:tests?|testing|test-?utils?|testkit|mocks?|fakes?|fixtures?|stubs?|stories|e2e|specs?|cypress|playwright|vitest|jest|pytest|rspec|phpunit|conftest)(?=[/._-])/i

/** Where a text in a source can lead to: beside it, or from the root. */
function placesOf(file: string, name: string): string[] {
  const folder = path.posix.dirname(file)
  return [path.posix.join(folder, name), path.posix.normalize(name)].flatMap(place =>
    ['', path.posix.extname(file)].map(extension => `${place}${extension}`),
  )
}
